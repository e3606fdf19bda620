package io.opendts.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.QueryResult;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Compares two servers by plain queries, without the code that the product compares with. */
record Sides(TestServer source, TestServer target) {

    /** One by one, in memory. */
    private static final long ROWS_COMPARED_MAX = 200_000;

    /** The same rows in both, doubled rows of keyless tables counted; values as the server prints their bytes. */
    void haveEqualRows(String database) {
        List<String> tables = tables(source, database);
        assertThat(tables(target, database)).as("tables of " + database).isEqualTo(tables);
        try (MySqlConnection from = source.open(); MySqlConnection to = target.open()) {
            for (String table : tables) {
                if (source.server().version() == target.server().version() && large(from, database, table)) {
                    assertThat(checksum(to, database, table)).as("checksum of " + table).isEqualTo(checksum(from, database, table));
                    continue;
                }
                String query = "SELECT " + String.join(", ", columns(from, database, table)) + " FROM "
                        + TestServer.quoted(database) + "." + TestServer.quoted(table);
                Map<String, Integer> wanted = multiset(from, query);
                Map<String, Integer> found = multiset(to, query);
                Map<String, Integer> surplus = minus(found, wanted);
                Map<String, Integer> missing = minus(wanted, found);
                assertThat(missing).as("rows that %s lacks on %s (surplus there: %s)", table, target, sample(surplus)).isEmpty();
                assertThat(surplus).as("rows of %s that only %s has", table, target).isEmpty();
            }
        }
    }

    private static boolean large(MySqlConnection connection, String database, String table) {
        return Long.parseLong(TestServer.rows(connection, "SELECT COUNT(*) FROM " + TestServer.quoted(database) + "."
                + TestServer.quoted(table)).getFirst().getFirst()) > ROWS_COMPARED_MAX;
    }

    /** The server's own, of each row: the sum does not depend on their order. */
    private static String checksum(MySqlConnection connection, String database, String table) {
        return TestServer.rows(connection, "CHECKSUM TABLE " + TestServer.quoted(database) + "." + TestServer.quoted(table))
                .getFirst().get(1);
    }

    private static String sample(Map<String, Integer> rows) {
        return rows.keySet().stream().limit(3).toList().toString();
    }

    private static Map<String, Integer> minus(Map<String, Integer> rows, Map<String, Integer> without) {
        Map<String, Integer> left = new HashMap<>(rows);
        without.forEach((row, count) -> left.computeIfPresent(row, (_, now) -> now > count ? now - count : null));
        return left;
    }

    static List<String> tables(TestServer server, String database) {
        return server.rows("SELECT TABLE_NAME FROM information_schema.TABLES WHERE TABLE_TYPE = 'BASE TABLE' AND TABLE_SCHEMA = "
                + TestServer.literal(database)).stream().map(List::getFirst).sorted().toList();
    }

    /** JSON is text of the server's own making, and FLOAT is printed in its own way: the two families differ in both. */
    private List<String> columns(MySqlConnection from, String database, String table) {
        boolean oneFamily = source.mariaDb() == target.mariaDb();
        return TestServer.rows(from, "SELECT COLUMN_NAME, DATA_TYPE FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = "
                        + TestServer.literal(database) + " AND TABLE_NAME = " + TestServer.literal(table) + " ORDER BY ORDINAL_POSITION")
                .stream().filter(c -> oneFamily || !List.of("json", "float", "double").contains(c.get(1).toLowerCase(Locale.ROOT)))
                .map(c -> readable(TestServer.quoted(c.getFirst()), c.get(1).toLowerCase(Locale.ROOT))).toList();
    }

    /** Long values by length and hash: a result is limited. */
    private static String readable(String column, String type) {
        return type.startsWith("long") ? "CONCAT(LENGTH(" + column + "), ' ', SHA2(" + column + ", 256))" : column;
    }

    private static Map<String, Integer> multiset(MySqlConnection connection, String query) {
        Map<String, Integer> rows = new HashMap<>();
        connection.execute("SET SESSION character_set_results = NULL");
        QueryResult result = connection.query(query);
        connection.execute("SET SESSION character_set_results = utf8mb4");
        for (byte[][] values : result.rows()) {
            StringBuilder row = new StringBuilder();
            for (byte[] value : values) {
                row.append(value == null ? "NULL" : printable(value)).append('|');
            }
            rows.merge(row.toString(), 1, Integer::sum);
        }
        return rows;
    }

    private static String printable(byte[] value) {
        if (value.length > 256) {
            return value.length + " bytes, hash " + java.util.Arrays.hashCode(value);
        }
        for (byte b : value) {
            if (b < ' ' || b == 127) {
                return "x" + HexFormat.of().formatHex(value);
            }
        }
        return new String(value, StandardCharsets.US_ASCII);
    }

    /** The same tables, columns, keys, foreign keys and views; between like servers, to the letter of SHOW CREATE TABLE. */
    void haveEqualSchemas(String database, boolean toTheLetter) {
        if (toTheLetter) {
            assertThat(createTables(target, database)).isEqualTo(createTables(source, database));
        }
        assertThat(facts(target, database)).isEqualTo(facts(source, database));
    }

    private static Map<String, String> createTables(TestServer server, String database) {
        Map<String, String> result = new TreeMap<>();
        for (String table : tables(server, database)) {
            String text = server.rows("SHOW CREATE TABLE " + TestServer.quoted(database) + "." + TestServer.quoted(table))
                    .getFirst().get(1);
            result.put(table, unquotedPartitions(collated(text.replaceAll(" AUTO_INCREMENT=\\d+", ""))));
        }
        return result;
    }

    /** MySQL 8.0 prints a character set beside its collation only where it was written there. */
    static String collated(String text) {
        return text.replaceAll("CHARACTER SET \\w+ COLLATE", "COLLATE");
    }

    /** MySQL 5.7 prints names in this clause as they were written, with or without quotes. */
    private static String unquotedPartitions(String text) {
        int from = text.indexOf("PARTITION BY");
        return from < 0 ? text : text.substring(0, from) + text.substring(from).replace("`", "");
    }

    private static Map<String, List<String>> facts(TestServer server, String database) {
        String in = " WHERE TABLE_SCHEMA = " + TestServer.literal(database);
        // what type and nullability a view's column has is each server's own reckoning
        String views = "SELECT TABLE_NAME FROM information_schema.VIEWS" + in;
        Map<String, List<String>> facts = new TreeMap<>();
        facts.put("columns", lines(server, "SELECT TABLE_NAME, COLUMN_NAME, ORDINAL_POSITION, COLUMN_TYPE, IS_NULLABLE, CHARACTER_SET_NAME"
                + " FROM information_schema.COLUMNS" + in + " AND TABLE_NAME NOT IN (" + views + ")"));
        facts.put("view columns", lines(server, "SELECT TABLE_NAME, COLUMN_NAME, ORDINAL_POSITION FROM information_schema.COLUMNS" + in
                + " AND TABLE_NAME IN (" + views + ")"));
        facts.put("keys", lines(server, "SELECT TABLE_NAME, INDEX_NAME, NON_UNIQUE, SEQ_IN_INDEX, COLUMN_NAME, SUB_PART, INDEX_TYPE"
                + " FROM information_schema.STATISTICS" + in));
        facts.put("references", lines(server, "SELECT TABLE_NAME, COLUMN_NAME, REFERENCED_TABLE_NAME, REFERENCED_COLUMN_NAME"
                + " FROM information_schema.KEY_COLUMN_USAGE" + in + " AND REFERENCED_TABLE_NAME IS NOT NULL"));
        facts.put("rules", lines(server, "SELECT TABLE_NAME, CONSTRAINT_NAME, UPDATE_RULE, DELETE_RULE FROM"
                + " information_schema.REFERENTIAL_CONSTRAINTS WHERE CONSTRAINT_SCHEMA = " + TestServer.literal(database)));
        facts.put("views", lines(server, "SELECT TABLE_NAME FROM information_schema.VIEWS" + in));
        facts.put("partitions", lines(server, "SELECT TABLE_NAME, PARTITION_NAME, PARTITION_METHOD FROM information_schema.PARTITIONS"
                + in + " AND PARTITION_NAME IS NOT NULL"));
        facts.put("routines", lines(server, "SELECT ROUTINE_NAME, ROUTINE_TYPE FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA = "
                + TestServer.literal(database)));
        facts.put("parameters", lines(server, "SELECT SPECIFIC_NAME, PARAMETER_NAME, ORDINAL_POSITION FROM information_schema.PARAMETERS"
                + " WHERE PARAMETER_NAME IS NOT NULL AND SPECIFIC_SCHEMA = " + TestServer.literal(database)));
        return facts;
    }

    /** Widths of whole numbers are shown by some servers only; RESTRICT is NO ACTION, utf8 is utf8mb3, MariaDB's JSON is a text. */
    private static List<String> lines(TestServer server, String query) {
        List<String> lines = new ArrayList<>();
        for (List<String> row : server.rows(query)) {
            lines.add(String.join(" ", row).replaceAll("\\b((?:tiny|small|medium|big)?int|year)\\(\\d+\\)", "$1")
                    .replace("RESTRICT", "NO ACTION").replaceAll("\\butf8\\b", "utf8mb3")
                    .replaceAll(" json (YES|NO) NULL$", " longtext $1 utf8mb4"));
        }
        lines.sort(null);
        return lines;
    }
}
