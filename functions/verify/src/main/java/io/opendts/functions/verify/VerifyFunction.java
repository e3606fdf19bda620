package io.opendts.functions.verify;

import io.opendts.functions.verify.RowDifference.Kind;
import io.opendts.model.Catalog;
import io.opendts.model.Chunk;
import io.opendts.model.Route;
import io.opendts.model.Row;
import io.opendts.model.Table;
import io.opendts.spi.Digester;
import io.opendts.spi.Digester.Digest;
import io.opendts.spi.Selector;
import io.opendts.spi.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Compares source and target exactly: checksums of chunks where the data is, and where those differ the rows themselves, byte by
 * byte. Reads only. Stateless.
 */
public final class VerifyFunction {

    /** Rows of a chunk are held in memory on both sides when its checksums differ. */
    private static final long ROWS_PER_CHUNK = 20_000;

    /** Of a table without a key, so many distinct differing rows are told apart; beyond that only their number is known. */
    private static final int KEYLESS_DISTINCT_MAX = 200_000;

    /** Stands for all rows past the limit: a difference of its own. */
    private static final Row BEYOND_LIMIT = Row.wrap(new byte[0]);

    /** How often a chunk that differs is looked at again, and how long apart: the task may be about to mend it. */
    public record Patience(int attempts, long pauseMillis) {

        /** Under load a difference may be a change on its way: such chunks are looked at again for about five seconds. */
        public static final Patience UNDER_LOAD = new Patience(10, 500);
    }

    /** @param rows compared on the source */
    public record Compared(int tables, long rows, long differences) {}

    private final Source source;
    private final Source target;
    private final Patience patience;

    /** @param target the target's server, seen as a source */
    public VerifyFunction(Source source, Source target, Patience patience) {
        this.source = source;
        this.target = target;
        this.patience = patience;
    }

    /** Compares everything that the task selects; differences are told one by one. */
    public Compared compare(Selector selector, Consumer<RowDifference> found) throws InterruptedException {
        Catalog left = source.describe(selector);
        TargetTables right = TargetTables.read(target, left, selector);
        long rows = 0;
        long differences = 0;
        for (Table table : left.tables()) {
            Route route = selector.route(table).orElseThrow();
            Optional<TablePair> pair = right.of(route.target()).flatMap(t -> TablePair.of(source, table, route, target, t));
            if (pair.isEmpty()) {
                found.accept(new RowDifference(route.target(), null, Kind.TABLE_MISSING, null, null, null));
                differences++;
                continue;
            }
            Compared one = compare(pair.get(), found);
            rows += one.rows();
            differences += one.differences();
        }
        return new Compared(left.tables().size(), rows, differences);
    }

    Compared compare(TablePair pair, Consumer<RowDifference> found) throws InterruptedException {
        List<Chunk> chunks = new ArrayList<>(split(pair));
        long rows = 0;
        long differences = 0;
        for (int i = 0; i < chunks.size(); i++) {
            ComparedChunk one = compare(pair, chunks.get(i), found);
            rows += one.rows();
            differences += one.differences();
            one.next().ifPresent(chunks::add);
        }
        return new Compared(1, rows, differences);
    }

    List<Chunk> split(TablePair pair) {
        return source.split(pair.source().table(), pair.source().route(), ROWS_PER_CHUNK);
    }

    /** @param next the chunk that follows in a walk */
    record ComparedChunk(long rows, long differences, Optional<Chunk> next) {}

    ComparedChunk compare(TablePair pair, Chunk chunk, Consumer<RowDifference> found) throws InterruptedException {
        Optional<Chunk> next = chunk.kind() == Chunk.Kind.WALK ? walkOn(pair.source(), chunk) : Optional.empty();
        Chunk bounded = chunk.kind() == Chunk.Kind.WALK
                ? new Chunk(chunk.table(), chunk.number(), chunk.kind(), chunk.lower(), next.map(Chunk::lower).orElse(""))
                : chunk;
        Digest expected = digest(pair.source(), bounded);
        long differences = expected.equals(digest(pair.target(), bounded)) ? 0 : settle(pair, bounded, found);
        return new ComparedChunk(expected.rows(), differences, next);
    }

    /** Reads rows until they are equal or patience ends; then tells what differs. */
    private long settle(TablePair pair, Chunk chunk, Consumer<RowDifference> found) throws InterruptedException {
        for (int attempt = 1; ; attempt++) {
            List<RowDifference> differences = pair.layout().keyless() ? keyless(pair, chunk) : keyed(pair, chunk);
            if (differences.isEmpty() || attempt >= patience.attempts()) {
                differences.forEach(found);
                return differences.size();
            }
            Thread.sleep(patience.pauseMillis());
        }
    }

    private List<RowDifference> keyed(TablePair pair, Chunk chunk) {
        int[] identity = pair.source().relation().identity().stream().mapToInt(Integer::intValue).toArray();
        Map<Row, Row> expected = new HashMap<>();
        read(pair.source(), chunk, row -> expected.put(row.project(identity), row));
        List<RowDifference> differences = new ArrayList<>();
        read(pair.target(), chunk, row -> {
            Row key = row.project(identity);
            Row wanted = expected.remove(key);
            if (wanted == null) {
                differences.add(difference(pair, Kind.SURPLUS, key, null, row));
            } else if (!wanted.equals(row)) {
                differences.add(difference(pair, Kind.DIFFERENT, key, wanted, row));
            }
        });
        expected.forEach((key, row) -> differences.add(difference(pair, Kind.MISSING, key, row, null)));
        return differences;
    }

    /** Counts equal rows against each other; what is left over on one side differs. */
    private List<RowDifference> keyless(TablePair pair, Chunk chunk) {
        Map<Row, Integer> balance = new HashMap<>();
        read(pair.source(), chunk, row -> count(balance, row, 1));
        read(pair.target(), chunk, row -> count(balance, row, -1));
        List<RowDifference> differences = new ArrayList<>();
        balance.forEach((row, count) -> {
            for (int i = 0; i < Math.abs(count); i++) {
                differences.add(count > 0
                        ? difference(pair, Kind.MISSING, row, row, null)
                        : difference(pair, Kind.SURPLUS, row, null, row));
            }
        });
        return differences;
    }

    /** Rows in balance are forgotten, so memory holds only what differs so far. */
    private static void count(Map<Row, Integer> balance, Row row, int by) {
        if (balance.size() < KEYLESS_DISTINCT_MAX || balance.containsKey(row)) {
            balance.merge(row, by, (old, more) -> old + more == 0 ? null : Integer.valueOf(old + more));
        } else {
            balance.merge(BEYOND_LIMIT, 1, Integer::sum);
        }
    }

    private static RowDifference difference(TablePair pair, Kind kind, Row key, Row expected, Row found) {
        return new RowDifference(pair.target().table().id(), pair.layout(), kind, key, expected, found);
    }

    private static Optional<Chunk> walkOn(Side side, Chunk chunk) {
        return side.server().read(chunk, side.table(), side.route(), side.relation(), ROWS_PER_CHUNK, (_, _, _) -> { }).next();
    }

    private static void read(Side side, Chunk chunk, Consumer<Row> rows) {
        side.server().read(chunk, side.table(), side.route(), side.relation(), Long.MAX_VALUE,
                (buffer, offset, length) -> rows.accept(Row.copyOf(buffer, offset, length)));
    }

    private static Digest digest(Side side, Chunk chunk) {
        return ((Digester) side.server()).digest(chunk, side.table(), side.relation(), side.route().filter());
    }
}
