package io.opendts.engines.mysql.copy;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.QueryResult;
import io.opendts.engines.mysql.wire.SqlBytes;
import io.opendts.model.Chunk;
import io.opendts.model.Column;
import io.opendts.model.Route;
import io.opendts.model.Table;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Cuts a table into chunks from what the server knows already, never by counting: an EXPLAIN of a key range makes it dive
 * into the index and answer with an estimate, at some 0.2 ms. Ranges are halved until each is small; holes in the key cost
 * one dive each, since an empty half is never looked into again. Safe for many threads: each call opens a session.
 */
public final class ChunkPlanner {

    /** Bounds the dives (about two a chunk) and the rows of the state store. Beyond it, chunks grow instead. */
    static final int MAX_CHUNKS_PER_TABLE = 20_000;
    /** A range that cannot be halved (one value of a composite key's first column) and holds more than this is walked. */
    private static final int WALK_ABOVE_TIMES_ROWS_PER_CHUNK = 4;
    private static final int MAX_BLIND_HALVINGS = 4;

    private final Supplier<MySqlConnection> connections;

    public ChunkPlanner(Supplier<MySqlConnection> connections) {
        this.connections = connections;
    }

    /** Half-open, estimated. */
    private record Piece(BigInteger from, BigInteger to, long rows) {}

    public List<Chunk> split(Table table, Route route, long rowsPerChunk) {
        List<Column> carried = route.carried(table);
        Optional<KeyRange> key = KeyRange.of(table, carried);
        if (key.isEmpty() || !key.get().integerLead() && !key.get().walkable()) {
            return List.of(whole(table));
        }
        if (!key.get().integerLead()) {
            return List.of(walk(table));
        }
        return SourceErrors.guarded("splitting " + table.id(), () -> {
            try (MySqlConnection connection = connections.get()) {
                ReadSession.prepare(connection);
                return ranges(connection, table, key.get(), ChunkSize.rows(table, rowsPerChunk));
            }
        });
    }

    /** From the beginning to the end, one chunk telling of the next; in one piece where the key cannot be walked along. */
    public static Chunk walk(Table table, Route route) {
        boolean walkable = KeyRange.of(table, route.carried(table)).filter(KeyRange::walkable).isPresent();
        return walkable ? walk(table) : whole(table);
    }

    private static Chunk whole(Table table) {
        return new Chunk(table.id(), 0, Chunk.Kind.WHOLE, "", "");
    }

    private static Chunk walk(Table table) {
        return new Chunk(table.id(), 0, Chunk.Kind.WALK, "", "");
    }

    private static List<Chunk> ranges(MySqlConnection connection, Table table, KeyRange key, long rowsPerChunk) {
        Dives dives = new Dives(connection, table, key);
        QueryResult ends = connection.query("SELECT MIN(" + dives.column + "),MAX(" + dives.column + ") FROM " + dives.from);
        if (ends.text(0, 0) == null) {
            return List.of(new Chunk(table.id(), 0, Chunk.Kind.RANGE, "", ""));
        }
        BigInteger from = new BigInteger(ends.text(0, 0));
        BigInteger to = new BigInteger(ends.text(0, 1)).add(BigInteger.ONE);
        Piece all = new Piece(from, to, dives.rows(from, to));
        long wanted = Math.max(rowsPerChunk, all.rows / (MAX_CHUNKS_PER_TABLE / 2));
        List<Piece> pieces = new ArrayList<>();
        halve(dives, all, wanted, pieces, 0);
        boolean lumpy = pieces.stream().anyMatch(piece -> piece.rows > wanted * WALK_ABOVE_TIMES_ROWS_PER_CHUNK);
        if (lumpy && key.columns().size() > 1 && key.walkable()) {
            return List.of(walk(table));
        }
        return chunks(table, pieces, wanted);
    }

    /**
     * Depth at most 65, since each halving takes one bit off the width.
     *
     * @param blind how often in a row both halves were said to hold as much as the whole: the server does not look into the key, as where
     *              another one has taken its name since, and would have each single value made a chunk that reads the whole table
     */
    private static void halve(Dives dives, Piece piece, long wanted, List<Piece> pieces, int blind) {
        BigInteger width = piece.to.subtract(piece.from);
        if (piece.rows <= wanted || width.equals(BigInteger.ONE) || pieces.size() >= MAX_CHUNKS_PER_TABLE || blind >= MAX_BLIND_HALVINGS) {
            pieces.add(piece);
            return;
        }
        BigInteger middle = piece.from.add(width.shiftRight(1));
        Piece lower = new Piece(piece.from, middle, dives.rows(piece.from, middle));
        Piece upper = new Piece(middle, piece.to, dives.rows(middle, piece.to));
        int blindNow = lower.rows >= piece.rows && upper.rows >= piece.rows ? blind + 1 : 0;
        halve(dives, lower, wanted, pieces, blindNow);
        halve(dives, upper, wanted, pieces, blindNow);
    }

    /** Neighbours are joined while they fit: halving leaves pieces of between half a chunk and nothing. */
    private static List<Chunk> chunks(Table table, List<Piece> pieces, long wanted) {
        List<Chunk> chunks = new ArrayList<>();
        String lower = "";
        long rows = 0;
        for (Piece piece : pieces) {
            if (rows > 0 && rows + piece.rows > wanted) {
                String bound = piece.from.toString();
                chunks.add(new Chunk(table.id(), chunks.size(), Chunk.Kind.RANGE, lower, bound));
                lower = bound;
                rows = 0;
            }
            rows += piece.rows;
        }
        chunks.add(new Chunk(table.id(), chunks.size(), Chunk.Kind.RANGE, lower, ""));
        return List.copyOf(chunks);
    }

    /** Estimates of one table's key ranges. */
    private static final class Dives {
        private final MySqlConnection connection;
        private final String column;
        private final String from;

        private Dives(MySqlConnection connection, Table table, KeyRange key) {
            this.connection = connection;
            this.column = SqlBytes.quoted(key.columns().getFirst().name());
            // USE, not FORCE: with a forced index MySQL 9 does not dive, and answers 1 for any range
            this.from = SqlBytes.quoted(table.id().database()) + "." + SqlBytes.quoted(table.id().name())
                    + " USE INDEX (" + SqlBytes.quoted(key.name()) + ")";
        }

        /** FORMAT=TRADITIONAL: MySQL 9 may be set to trees. A NULL stands for "no matching row". */
        private long rows(BigInteger lower, BigInteger upper) {
            QueryResult plan = connection.query("EXPLAIN FORMAT=TRADITIONAL SELECT 1 FROM " + from + " WHERE " + column + " >= " + lower
                    + " AND " + column + " < " + upper);
            String rows = plan.size() == 0 ? null : plan.text(0, "rows");
            return rows == null ? 0 : Long.parseLong(rows);
        }
    }
}
