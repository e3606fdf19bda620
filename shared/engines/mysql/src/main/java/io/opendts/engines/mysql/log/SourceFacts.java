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
import io.opendts.model.TableId;
import java.util.List;
import java.util.Optional;

/**
 * What the meaning of a logged statement depends on and the log does not tell.
 *
 * @param settings for a session of its own at each question: they are rare
 */
record SourceFacts(ConnectSettings settings) {

    /** @param connection stays open */
    static SourceServer server(MySqlConnection connection) {
        SqlSession session = WireSession.reading(connection, _ -> { });
        List<String> row = session.query("SELECT VERSION(), @@GLOBAL.explicit_defaults_for_timestamp").getFirst();
        return new SourceServer(ServerVersion.parse(row.get(0)), row.get(1).equals("1"), CatalogReader.logsCascades(session));
    }

    /** The defaults of a database as they are now. */
    Optional<TableDefaults> database(String name) {
        return ask("SELECT DEFAULT_CHARACTER_SET_NAME, DEFAULT_COLLATION_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = "
                + SqlNames.literal(name)).map(row -> new TableDefaults(row.get(0), row.get(1)));
    }

    /** By the number of a collation. */
    Optional<TableDefaults> collation(int number) {
        return ask("SELECT CHARACTER_SET_NAME, COLLATION_NAME FROM information_schema.COLLATIONS WHERE CHARACTER_SET_NAME IS NOT NULL"
                + " AND ID = " + number).map(row -> new TableDefaults(row.get(0), row.get(1)));
    }

    /** Whether what has this name now is a table, and no view or sequence; empty where nothing has it. */
    Optional<Boolean> isTable(TableId name) {
        return ask("SELECT TABLE_TYPE FROM information_schema.TABLES WHERE TABLE_SCHEMA = " + SqlNames.literal(name.database())
                + " AND TABLE_NAME = " + SqlNames.literal(name.name()))
                .map(row -> !row.getFirst().equals("VIEW") && !row.getFirst().equals("SEQUENCE"));
    }

    /** Of a time zone by its name at that second, as {@code +01:00}. */
    String offset(String zone, long unixSeconds) {
        String utc = "FROM_UNIXTIME(" + unixSeconds + ")";
        String minutes = ask("SELECT TIMESTAMPDIFF(MINUTE, " + utc + ", CONVERT_TZ(" + utc + ", '+00:00', " + SqlNames.literal(zone) + "))")
                .map(List::getFirst).orElseThrow();
        int total = Integer.parseInt(minutes);
        return "%s%02d:%02d".formatted(total < 0 ? "-" : "+", Math.abs(total) / 60, Math.abs(total) % 60);
    }

    /** In UTC. The first row. */
    private Optional<List<String>> ask(String query) {
        try (SqlSession session = WireSession.reading(MySqlConnection.open(settings), MySqlConnection::close)) {
            session.execute("SET SESSION time_zone = '+00:00'");
            return session.query(query).stream().findFirst();
        }
    }
}
