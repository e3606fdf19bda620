package io.opendts.standalone.system;

import io.opendts.engines.mysql.wire.MySqlConnection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
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
                found.put("table " + row.getFirst(),
                        show(server, row.get(1).equals("VIEW") ? "VIEW" : "TABLE", database, row.getFirst(), 1)));
        TestServer.rows(server, "SELECT ROUTINE_TYPE, ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA" + is)
                .forEach(row ->
                found.put(String.join(" ", row), show(server, row.getFirst(), database, row.get(1), 2)));
        TestServer.rows(server, "SELECT TRIGGER_NAME, ACTION_ORDER FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA" + is)
                .forEach(row ->
                found.put("trigger " + row.getFirst(), row.get(1) + " " + show(server, "TRIGGER", database, row.getFirst(), 2)
                        .replaceAll("(?i)\\s+(FOLLOWS|PRECEDES)\\s+\\S+", "").replaceAll("\\s+", " ")));
        TestServer.rows(server, "SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA" + is).forEach(row ->
                found.put("event " + row.getFirst(), show(server, "EVENT", database, row.getFirst(), 3)));
        return found;
    }

    /** With the mode and character sets under which it was made, where the server tells them. */
    private static String show(MySqlConnection server, String kind, String database, String name, int textAt) {
        String object = TestServer.quoted(database) + "." + TestServer.quoted(name);
        List<String> row = TestServer.rows(server, "SHOW CREATE " + kind + " " + object).getFirst();
        String mode = textAt == 1 ? "" : " under " + row.get(1);
        return Sides.collated(row.get(textAt)).replace("`" + database + "`.", "") + mode;
    }
}
