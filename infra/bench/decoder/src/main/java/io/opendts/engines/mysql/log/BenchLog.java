package io.opendts.engines.mysql.log;

import io.opendts.engines.mysql.schema.CatalogReader;
import io.opendts.engines.mysql.schema.WireSession;
import io.opendts.engines.mysql.wire.ConnectSettings;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.model.Change;
import io.opendts.model.Endpoint;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Secret;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.LookUps.Look;
import io.opendts.spi.Relations;
import io.opendts.spi.Selector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The source whose log is measured, as system properties name it, and its tables. */
record BenchLog(ConnectSettings settings, String file, Map<TableId, Relations.Known> tables) implements Relations {

    static final String HOST = "dts.bench.host";
    static final String PORT = "dts.bench.port";
    static final String USER = "dts.bench.user";
    static final String DATABASE = "dts.bench.database";
    /** Name of the log file that is read, and its place on this machine. */
    static final String FILE = "dts.bench.file";
    static final String PATH = "dts.bench.path";
    private static final String PASSWORD_VARIABLE = "DTS_BENCH_PASSWORD";

    BenchLog {
        tables = Map.copyOf(tables);
    }

    static BenchLog open() {
        ConnectSettings settings = ConnectSettings.of(System.getProperty(HOST), Integer.getInteger(PORT), System.getProperty(USER),
                new Secret(System.getenv(PASSWORD_VARIABLE)))
                .withTls(new Endpoint.Tls(Endpoint.TlsMode.DISABLED, Optional.empty(), Optional.empty(), Optional.empty()));
        String database = System.getProperty(DATABASE);
        Map<TableId, Known> tables = new HashMap<>();
        List<Table> found = new CatalogReader(() -> WireSession.reading(MySqlConnection.open(settings), MySqlConnection::close))
                .describe(Selector.databases(name -> name.equals(database) ? Optional.of(name) : Optional.empty())).tables();
        for (Table table : found) {
            Route route = Route.same(table.id());
            tables.put(table.id(), new Known(table, route, Relation.of(tables.size() + 1, table, route, false)));
        }
        return new BenchLog(settings, System.getProperty(FILE), tables);
    }

    MySqlPosition beginning() {
        return MySqlPosition.parse(new Position(file + ":4"));
    }

    LogDecoder decoder() {
        try (MySqlConnection connection = MySqlConnection.open(settings)) {
            LookedUpTables lookedUp = new LookedUpTables(this, NOTHING);
            TableHistory history = new TableHistory(this, SourceFacts.server(connection), new SourceFacts(settings), lookedUp);
            return new LogDecoder(this, beginning(), null, new Labels(settings), history, lookedUp);
        }
    }

    /** The log tells everything. */
    static final SourceCatalog NOTHING = new SourceCatalog() {
        @Override
        public Look look(TableId table) {
            throw new IllegalStateException("the log does not tell of " + table);
        }

        @Override
        public List<Numbered> numbered(TableId table) {
            throw new IllegalStateException("the log does not tell of " + table);
        }
    };

    static boolean isRow(Change change) {
        return switch (change) {
            case Change.Insert _, Change.Update _, Change.Delete _ -> true;
            case Change.Begin _, Change.End _, Change.Truncate _, Change.Ddl _ -> false;
        };
    }

    @Override
    public Optional<Known> of(TableId table) {
        return Optional.ofNullable(tables.get(table));
    }

    @Override
    public boolean followsSchema(TableId table) {
        return tables.containsKey(table);
    }

    @Override
    public List<String> databases() {
        return List.of(System.getProperty(DATABASE));
    }
}
