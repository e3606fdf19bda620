package io.opendts.engines.mysql.apply;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.engines.mysql.wire.MySqlWireException;
import io.opendts.engines.mysql.wire.OkResult;
import io.opendts.model.Checkpoint;
import io.opendts.model.Chunk;
import io.opendts.model.ColumnKind;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Row;
import io.opendts.spi.ChunkRead;
import io.opendts.spi.OutOfStepException;
import io.opendts.spi.RowFeed;
import io.opendts.spi.RowSink;
import io.opendts.spi.Target.Load;
import io.opendts.spi.Target.LoadBehind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Loads chunks, each in one transaction together with the record that it is there: a chunk is copied exactly once, whatever
 * dies, and of two workers on one chunk the later one fails on the record's key and takes the other's. Safe for many threads.
 */
public final class Loader {

    static final int TRIES_PER_CHUNK = 8;
    static final int MAX_PAUSE_MILLIS = 5_000;
    /** Of a chunk's rows kept for statements; a chunk with more goes by statements alone. */
    private static final long INEXACT_BYTES_MAX = 16L << 20;
    private static final int DUPLICATE = 1062;
    /**
     * Of a worker in the middle of a chunk. One that hangs longer, or whose machine is gone without a word, holds locks on rows that
     * another worker wants to load: the server itself then ends its session.
     */
    private static final int SILENCE_SECONDS_MAX = 60;

    private final Supplier<MySqlConnection> connections;
    private final Progress progress;
    /** Set once the target has refused LOAD DATA LOCAL. */
    private volatile boolean localInfileOff;

    /** @param connections opened with loadLocal */
    public Loader(Supplier<MySqlConnection> connections, Progress progress) {
        this.connections = connections;
        this.progress = progress;
    }

    public ChunkRead load(Chunk chunk, Relation relation, RowFeed feed) {
        return load(List.of(new Load(chunk, relation, feed)), false).getFirst();
    }

    /** Only while the checkpoints stand, which no other session can move meanwhile: its rows are of a moment behind them. */
    public List<ChunkRead> load(List<LoadBehind> loads, Checkpoint standing, int partitions) {
        return tried(byStatements -> attempt(loads, byStatements, standing, partitions));
    }

    /**
     * All of it is tried again where the target was busy; the feeds are then asked anew.
     *
     * @param keep whether a row that is in the way stays, and the source's is left out
     */
    public List<ChunkRead> load(List<Load> loads, boolean keep) {
        return tried(byStatements -> attempt(loads, keep, byStatements));
    }

    /** @param attempt told whether rows must go by statements */
    private <T> T tried(Function<Boolean, T> attempt) {
        boolean byStatements = false;
        for (int tries = 1; ; tries++) {
            try {
                return attempt.apply(byStatements || localInfileOff);
            } catch (LocalInfileOff e) {
                localInfileOff = true;
            } catch (TooManyInexact e) {
                byStatements = true;
            } catch (DtsException e) {
                if (e.code() != ErrorCode.TARGET_BUSY || tries >= TRIES_PER_CHUNK) {
                    throw e;
                }
                pause(Math.min(MAX_PAUSE_MILLIS, 100 << tries));
            }
        }
    }

    /** Nothing was read yet when it is thrown. */
    private static final class LocalInfileOff extends RuntimeException {
        private LocalInfileOff(Throwable cause) {
            super("LOAD DATA LOCAL is off", cause);
        }
    }

    /** Rows that a file cannot bring, see {@link JsonLiteral}: they follow by statements, in the same transaction. */
    private static final class Inexact implements RowSink {
        private final List<Row> rows = new ArrayList<>();
        private long size;

        @Override
        public void row(byte[] buffer, int offset, int length) {
            size += length;
            if (size > INEXACT_BYTES_MAX) {
                throw new TooManyInexact();
            }
            rows.add(Row.copyOf(buffer, offset, length));
        }
    }

    private static final class TooManyInexact extends RuntimeException {
        private TooManyInexact() {
            super("more than " + INEXACT_BYTES_MAX + " bytes of rows need statements");
        }
    }

    private List<ChunkRead> attempt(List<Load> loads, boolean keep, boolean byStatements) {
        try (MySqlConnection connection = connections.get()) {
            Optional<List<ChunkRead>> recorded = recorded(connection, loads.stream().map(Load::chunk).toList());
            if (recorded.isPresent()) {
                return recorded.get();
            }
            begin(connection);
            return loadAndRecord(connection, loads, keep, byStatements);
        } catch (MySqlWireException e) {
            throw TargetErrors.of(doing(loads.getFirst().chunk(), loads.getFirst().relation(), loads.size()), e);
        }
    }

    private List<ChunkRead> attempt(List<LoadBehind> loads, boolean byStatements, Checkpoint standing, int partitions) {
        LoadBehind first = loads.getFirst();
        try (MySqlConnection connection = connections.get()) {
            Optional<List<ChunkRead>> recorded = recorded(connection, loads.stream().map(LoadBehind::chunk).toList());
            if (recorded.isPresent()) {
                return recorded.get();
            }
            begin(connection);
            Position behind = holdAll(connection, first, standing, partitions);
            return loadAndRecord(connection, loads.stream().map(load -> new Load(load.chunk(), load.relation(), load.feed().apply(behind)))
                    .toList(), false, byStatements);
        } catch (MySqlWireException e) {
            throw TargetErrors.of(doing(first.chunk(), first.relation(), loads.size()), e);
        }
    }

    private static void begin(MySqlConnection connection) {
        WriteSession.prepare(connection, WriteSession.LENIENT);
        connection.execute("SET SESSION net_read_timeout=" + SILENCE_SECONDS_MAX + ",wait_timeout=" + SILENCE_SECONDS_MAX);
        connection.execute("BEGIN");
    }

    private List<ChunkRead> loadAndRecord(MySqlConnection connection, List<Load> loads, boolean keep, boolean byStatements) {
        List<ChunkRead> reads = new ArrayList<>();
        for (Load load : loads) {
            ChunkRead read = rows(connection, load, keep, byStatements);
            reads.add(read);
            try {
                connection.execute(progress.record(load.chunk(), read));
            } catch (MySqlServerError e) {
                if (e.errno() != DUPLICATE) {
                    throw e;
                }
                connection.execute("ROLLBACK");
                return recorded(connection, loads.stream().map(Load::chunk).toList()).orElseThrow(() -> e);
            }
        }
        connection.execute("COMMIT");
        return reads;
    }

    /** @return where the partition stands that is furthest: all have the same batches, under the same numbers */
    private Position holdAll(MySqlConnection connection, LoadBehind load, Checkpoint standing, int partitions) {
        if (connection.execute(progress.hold(standing)).affectedRows() != 1) {
            throw Progress.elsewhere(null);
        }
        Collection<Checkpoint> others = progress.holdOthers(connection, partitions);
        if (others.size() < partitions - 1) {
            throw new OutOfStepException(load.chunk().table());
        }
        return Stream.concat(Stream.of(standing), others.stream()).max(Comparator.comparingLong(Checkpoint::sequence)).orElseThrow()
                .position();
    }

    private static String doing(Load load) {
        return doing(load.chunk(), load.relation(), 1);
    }

    private static String doing(Chunk chunk, Relation relation, int tables) {
        return "loading chunk " + chunk.number() + " of " + chunk.table() + " into " + relation.target()
                + (tables == 1 ? "" : " together with " + (tables - 1) + " more tables");
    }

    /** All of them were recorded by one transaction, so the first one tells. */
    private Optional<List<ChunkRead>> recorded(MySqlConnection connection, List<Chunk> chunks) {
        return progress.recorded(connection, chunks.getFirst())
                .map(_ -> chunks.stream().map(chunk -> progress.recorded(connection, chunk).orElseThrow()).toList());
    }

    private ChunkRead rows(MySqlConnection connection, Load load, boolean keep, boolean byStatements) {
        Relation relation = load.relation();
        boolean documents = relation.columns().stream().anyMatch(c -> c.kind() == ColumnKind.JSON);
        JsonForm json = documents ? JsonForm.of(connection) : JsonForm.TEXT;
        return byStatements || refusedByLoad(connection, relation) ? insert(connection, relation, keep, json, load.feed(), doing(load))
                : loadData(connection, relation, keep, json, load.feed(), doing(load));
    }

    /** MySQL 8.0 takes a GEOMETRY NOT NULL that a LOAD DATA brings for one without a value (error 1364, met on 8.0.15). */
    private static boolean refusedByLoad(MySqlConnection connection, Relation relation) {
        return connection.serverVersion().startsWith("8.0.")
                && relation.columns().stream().anyMatch(c -> c.kind() == ColumnKind.GEOMETRY && !c.nullable());
    }

    private ChunkRead loadData(MySqlConnection connection, Relation relation, boolean keep, JsonForm json, RowFeed feed, String doing) {
        Inexact inexact = new Inexact();
        ChunkRead[] read = new ChunkRead[1];
        long[] emptyEnums = new long[1];
        OkResult ok;
        try {
            ok = connection.loadLocal(RowFile.statement(relation, keep), sink -> {
                RowFile file = new RowFile(relation, json, sink, inexact);
                read[0] = feed.feed(own(file, doing));
                file.flush();
                emptyEnums[0] = file.emptyEnums();
            });
        } catch (MySqlServerError e) {
            if (read[0] == null && refusesLocalInfile(e.errno())) {
                throw new LocalInfileOff(e);
            }
            throw e;
        }
        long kept = keep ? ok.infoNumber("Skipped") : 0;
        Warnings.inspect(connection, relation, ok, emptyEnums[0], kept);
        long records = ok.infoNumber("Records");
        if (records + inexact.rows.size() != read[0].rows() || ok.infoNumber("Skipped") > kept) {
            throw TargetErrors.refused(doing + ": " + read[0].rows() + " rows were sent, the target took " + ok.info(), null);
        }
        if (!inexact.rows.isEmpty()) {
            InsertSink statements = new InsertSink(connection, relation, keep, json, StatementLimit.of(connection));
            inexact.rows.forEach(row -> statements.row(row.buffer(), row.offset(), row.size()));
            statements.finish();
        }
        return read[0];
    }

    private ChunkRead insert(MySqlConnection connection, Relation relation, boolean keep, JsonForm json, RowFeed feed, String doing) {
        InsertSink sink = new InsertSink(connection, relation, keep, json, StatementLimit.of(connection));
        ChunkRead read = feed.feed(own(sink, doing));
        sink.finish();
        return read;
    }

    /** The feed's own connection fails with the same kinds of exceptions: what happens on ours is named before it gets there. */
    private static RowSink own(RowSink sink, String doing) {
        return (buffer, offset, length) -> {
            try {
                sink.row(buffer, offset, length);
            } catch (MySqlWireException e) {
                throw TargetErrors.of(doing, e);
            }
        };
    }

    /** Not allowed command; local infile disabled (MySQL 8, MariaDB); refused by the client side of the protocol. */
    private static boolean refusesLocalInfile(int errno) {
        return errno == 1148 || errno == 3948 || errno == 4166 || errno == 2068;
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DtsException(ErrorCode.TARGET_BUSY, "interrupted while waiting for the target", "it is tried again", e);
        }
    }
}
