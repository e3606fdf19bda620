package io.opendts.standalone.system;

import io.opendts.engines.mysql.wire.ConnectSettings;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.QueryResult;
import io.opendts.model.Endpoint;
import io.opendts.model.Secret;
import io.opendts.testkit.DatabaseServer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One real server, and what tests do to it behind the product's back. */
record TestServer(String name, DatabaseServer server) {

    /** The heap tests insert millions of rows by one statement: a server may be silent for as long. */
    private static final int READ_TIMEOUT_MILLIS = 300_000;
    private static final Endpoint.Tls NO_TLS =
            new Endpoint.Tls(Endpoint.TlsMode.DISABLED, Optional.empty(), Optional.empty(), Optional.empty());

    /** Without TLS: with it, most of a test's processor time went into handshakes of these many short sessions. */
    MySqlConnection open() {
        MySqlConnection connection = MySqlConnection.open(ConnectSettings
                .of(server.host(), server.port(), server.user(), new Secret(server.password())).withTls(NO_TLS)
                .withTimeouts(10_000, READ_TIMEOUT_MILLIS));
        connection.execute("SET SESSION time_zone = '+00:00', sql_select_limit = 18446744073709551615, sql_safe_updates = 0,"
                + " group_concat_max_len = 1048576, completion_type = NO_CHAIN");
        return connection;
    }

    /** All in one session. */
    void run(List<String> statements) {
        try (MySqlConnection connection = open()) {
            for (String statement : statements) {
                try {
                    connection.execute(statement);
                } catch (RuntimeException refused) {
                    String start = statement.length() > 200 ? statement.substring(0, 200) + "..." : statement;
                    throw new IllegalStateException(name + " refused: " + start, refused);
                }
            }
        }
    }

    void run(String... statements) {
        run(List.of(statements));
    }

    /** The first column of the first row; "NULL" for SQL's NULL, empty without a row. */
    String one(String query) {
        List<List<String>> rows = rows(query);
        return rows.isEmpty() ? "" : rows.getFirst().getFirst();
    }

    List<List<String>> rows(String query) {
        try (MySqlConnection connection = open()) {
            return rows(connection, query);
        }
    }

    /** For many queries: opening a session takes longer than most of them. */
    static List<List<String>> rows(MySqlConnection connection, String query) {
        QueryResult result = connection.query(query);
        List<List<String>> rows = new ArrayList<>();
        for (byte[][] values : result.rows()) {
            List<String> row = new ArrayList<>();
            for (byte[] value : values) {
                row.add(value == null ? "NULL" : new String(value, StandardCharsets.UTF_8));
            }
            rows.add(row);
        }
        return rows;
    }

    /** Whatever earlier tests have left, the progress of their tasks and their accounts included. */
    void clear() {
        List<String> drops = new ArrayList<>(List.of("SET SESSION foreign_key_checks = 0"));
        for (List<String> row : rows("SELECT SCHEMA_NAME FROM information_schema.SCHEMATA WHERE SCHEMA_NAME NOT IN"
                + " ('mysql', 'sys', 'information_schema', 'performance_schema')")) {
            drops.add("DROP DATABASE " + quoted(row.getFirst()));
        }
        for (List<String> row : rows("SELECT User FROM mysql.user WHERE Host = '%' AND User <> 'root'")) {
            drops.add("DROP USER " + literal(row.getFirst()) + "@'%'");
        }
        run(drops);
    }

    int port() {
        return server.port();
    }

    boolean mariaDb() {
        return name.startsWith("mariadb");
    }

    @Override
    public String toString() {
        return name;
    }

    static String quoted(String identifier) {
        return "`" + identifier.replace("`", "``") + "`";
    }

    static String literal(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'";
    }
}
