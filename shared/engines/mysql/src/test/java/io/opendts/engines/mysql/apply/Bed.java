package io.opendts.engines.mysql.apply;

import io.opendts.engines.mysql.TestServers;
import io.opendts.engines.mysql.copy.ChunkPlanner;
import io.opendts.engines.mysql.copy.ChunkReader;
import io.opendts.engines.mysql.copy.RowDigester;
import io.opendts.engines.mysql.schema.CatalogReader;
import io.opendts.engines.mysql.schema.WireSession;
import io.opendts.engines.mysql.wire.ConnectSettings;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.model.Chunk;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Row;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.ChunkRead;
import io.opendts.spi.Selector;
import io.opendts.testkit.ServerVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One real server, with databases of its own for a test: everything the data path needs, and statements to look behind it. */
public final class Bed {

    public final Progress progress;
    private final ConnectSettings settings;

    public Bed(ServerVersion server, String task) {
        this.settings = TestServers.root(server).withFoundRows(true).withLoadLocal(true).withMultiStatements(true);
        this.progress = new Progress(this::open, task);
    }

    public MySqlConnection open() {
        return MySqlConnection.open(settings);
    }

    public void run(String... statements) {
        try (MySqlConnection connection = open()) {
            connection.execute("SET SESSION sql_mode='NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES'");
            for (String statement : statements) {
                connection.execute(statement);
            }
        }
    }

    public String one(String query) {
        try (MySqlConnection connection = open()) {
            return connection.query(query).text(0, 0);
        }
    }

    public Table table(String database, String name) {
        return new CatalogReader(() -> WireSession.reading(open(), MySqlConnection::close))
                .describe(Selector.databases(d -> d.equals(database) ? Optional.of(d) : Optional.empty()))
                .tables().stream().filter(t -> t.id().name().equals(name)).findFirst().orElseThrow();
    }

    public ChunkReader reader() {
        return new ChunkReader(this::open);
    }

    public ChunkPlanner planner() {
        return new ChunkPlanner(this::open);
    }

    public RowDigester digester() {
        return new RowDigester(this::open);
    }

    public Loader loader() {
        return new Loader(this::open, progress);
    }

    public MySqlApplier applier(boolean foreignKeys) {
        return new MySqlApplier(this::open, progress, foreignKeys);
    }

    /** The same table under another database's name. */
    public static Relation relation(int id, Table table, String database) {
        return Relation.of(id, table, route(table, database), false);
    }

    public static Route route(Table table, String database) {
        Route same = Route.same(table.id());
        return new Route(table.id(), new TableId(database, table.id().name()), same.excluded(), same.renames(), same.filter(),
                same.operations());
    }

    /** All rows, chunk by chunk, walks followed to their end. */
    public List<Row> rows(Table table, long rowsPerChunk) {
        Relation relation = relation(1, table, table.id().database());
        List<Row> rows = new ArrayList<>();
        for (Chunk planned : planner().split(table, Route.same(table.id()), rowsPerChunk)) {
            Optional<Chunk> chunk = Optional.of(planned);
            while (chunk.isPresent()) {
                ChunkRead read = reader().read(chunk.get(), table, Route.same(table.id()), relation, rowsPerChunk,
                        (buffer, offset, length) -> rows.add(Row.copyOf(buffer, offset, length)));
                chunk = read.next();
            }
        }
        return rows;
    }

    /** Copies a table to another server, with {@code rowsPerChunk}. */
    public List<ChunkRead> copy(Table table, Bed target, String database, long rowsPerChunk) {
        Route route = route(table, database);
        Relation relation = relation(1, table, database);
        List<ChunkRead> reads = new ArrayList<>();
        for (Chunk planned : planner().split(table, route, rowsPerChunk)) {
            Optional<Chunk> chunk = Optional.of(planned);
            while (chunk.isPresent()) {
                Chunk now = chunk.get();
                ChunkRead read = target.loader().load(now, relation,
                        sink -> reader().read(now, table, route, relation, rowsPerChunk, sink));
                reads.add(read);
                chunk = read.next();
            }
        }
        return reads;
    }
}
