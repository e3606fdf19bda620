package io.opendts.standalone.system;

import io.opendts.engines.mysql.wire.MySqlConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What SHOW CREATE tells of every object of a database, the numbers that tables and sequences give next included. */
final class Definitions {

    private Definitions() {}

    /** One text for each object that is not the same on both sides. */
    static List<String> differences(TestServer source, TestServer target, String database) {
        Map<String, String> wanted = of(source, database);
        Map<String, String> found = of(target, database);
        return Stream.concat(wanted.keySet().stream(), found.keySet().stream()).distinct()
                .filter(name -> !Objects.equals(wanted.get(name), found.get(name)))
                .map(name -> name + ": " + wanted.get(name) + "\non the target: " + found.get(name)).toList();
    }

    private static Map<String, String> of(TestServer server, String database) {
        try (MySqlConnection connection = server.open()) {
            return of(connection, database);
        }
    }

    private static Map<String, String> of(MySqlConnection server, String database) {
        String is = " = " + TestServer.literal(database);
        Map<String, String> found = new TreeMap<>();
        found.put("database", TestServer.rows(server, "SHOW CREATE DATABASE " + TestServer.quoted(database)).getFirst().get(1));
        TestServer.rows(server, "SELECT TABLE_NAME, TABLE_TYPE FROM information_schema.TABLES WHERE TABLE_SCHEMA" + is).forEach(row ->
                found.put("table " + row.getFirst(), tableLike(server, row.get(1), database, row.getFirst())));
        TestServer.rows(server, "SELECT ROUTINE_TYPE, ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA" + is)
                .forEach(row ->
                found.put(String.join(" ", row), show(server, row.getFirst(), database, row.get(1), 2)));
        TestServer.rows(server, "SELECT TRIGGER_NAME, ACTION_ORDER FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA" + is)
                .forEach(row -> found.put("trigger " + row.getFirst(), row.get(1) + " " + trigger(server, database, row.getFirst())));
        TestServer.rows(server, "SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA" + is).forEach(row ->
                found.put("event " + row.getFirst(), show(server, "EVENT", database, row.getFirst(), 3)));
        return found;
    }

    /** SHOW CREATE SEQUENCE tells how it was made: how far it has come is its only row. */
    private static String tableLike(MySqlConnection server, String type, String database, String name) {
        return switch (type) {
            case "VIEW" -> show(server, "VIEW", database, name, 1);
            case "SEQUENCE" -> show(server, "SEQUENCE", database, name, 1) + TestServer.rows(server, "SELECT * FROM "
                    + TestServer.quoted(database) + "." + TestServer.quoted(name));
            default -> show(server, "TABLE", database, name, 1).lines().map(Definitions::check).collect(Collectors.joining("\n"));
        };
    }

    /**
     * MySQL 9.7 writes the literals of a check anew by any ALTER TABLE, plain ones in the character set of the column that they are
     * compared with ({@code _utf8mb4'x'} becomes {@code _latin1'x'}): keys that are added after the load do it too.
     */
    private static String check(String line) {
        return line.startsWith("  CONSTRAINT ") && line.contains(" CHECK ") ? line.replaceAll("\\b_\\w+(?='\\p{ASCII}*')", "") : line;
    }

    /**
     * The place among the triggers of a table is compared by its number, not by the one that it was said to follow. MySQL 5.7 and
     * MariaDB keep a trigger's own name as it was written, with or without quotes: each trigger is asked for by that name anyway.
     */
    private static String trigger(MySqlConnection server, String database, String name) {
        return show(server, "TRIGGER", database, name, 2).replaceAll("(?i)\\s+(FOLLOWS|PRECEDES)\\s+\\S+", "")
                .replaceAll("\\s+", " ").replaceFirst("TRIGGER `" + Pattern.quote(name) + "`", Matcher.quoteReplacement("TRIGGER " + name));
    }

    /** With the mode, time zone, character sets and collations under which it was made, where the server tells them. */
    private static String show(MySqlConnection server, String kind, String database, String name, int textAt) {
        String object = TestServer.quoted(database) + "." + TestServer.quoted(name);
        List<String> row = new ArrayList<>(TestServer.rows(server, "SHOW CREATE " + kind + " " + object).getFirst());
        String text = Sides.collated(row.remove(textAt)).replace(TestServer.quoted(database) + ".", "");
        if (kind.equals("TRIGGER")) {
            row.removeLast(); // the time at which it was made
        }
        return text + " under " + row.subList(1, row.size());
    }
}
