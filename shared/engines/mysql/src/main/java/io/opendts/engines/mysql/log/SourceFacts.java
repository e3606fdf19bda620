package io.opendts.engines.mysql.log;

import io.opendts.engines.mysql.ddl.SourceServer;
import io.opendts.engines.mysql.ddl.TableDefaults;
import io.opendts.engines.mysql.schema.CatalogReader;
import io.opendts.engines.mysql.schema.ServerVersion;
import io.opendts.engines.mysql.schema.SqlNames;
import io.opendts.engines.mysql.schema.SqlSession;
import io.opendts.engines.mysql.schema.WireSession;
import io.opendts.engines.mysql.wire.ConnectSettings;
import io.opendts.engines.mysql.wire.MySqlConnection;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** What the meaning of a logged statement depends on and the log does not tell. */
final class SourceFacts {

    private SourceFacts() {}

    /** @param connection stays open */
    static SourceServer server(MySqlConnection connection) {
        SqlSession session = WireSession.reading(connection, _ -> { });
        List<String> row = session.query("SELECT VERSION(), @@GLOBAL.explicit_defaults_for_timestamp").getFirst();
        return new SourceServer(ServerVersion.parse(row.get(0)), row.get(1).equals("1"), CatalogReader.logsCascades(session));
    }

    /**
     * The defaults of a database as they are now. Statements that change them are not followed, so until the next of these they are
     * what they were.
     */
    static Function<String, Optional<TableDefaults>> databases(ConnectSettings settings) {
        return name -> {
            try (SqlSession session = WireSession.reading(MySqlConnection.open(settings), MySqlConnection::close)) {
                return session.query("SELECT DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA"
                                + " WHERE SCHEMA_NAME = " + SqlNames.literal(name)).stream().findFirst()
                        .map(row -> new TableDefaults(row.get(0), row.get(1)));
            }
        };
    }
}
