package io.opendts.standalone.system;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What SHOW CREATE tells of every object of a database, the numbers that tables and sequences give next included. */
final class Definitions {

    private Definitions() {}

    static Map<String, String> of(TestServer server, String database) {
        String is = " = " + TestServer.literal(database);
        Map<String, String> found = new TreeMap<>();
        found.put("database", server.rows("SHOW CREATE DATABASE " + TestServer.quoted(database)).getFirst().get(1));
        server.rows("SELECT TABLE_NAME, TABLE_TYPE FROM information_schema.TABLES WHERE TABLE_SCHEMA" + is).forEach(row ->
                found.put("table " + row.getFirst(),
                        show(server, row.get(1).equals("VIEW") ? "VIEW" : "TABLE", database, row.getFirst(), 1)));
        server.rows("SELECT ROUTINE_TYPE, ROUTINE_NAME FROM information_schema.ROUTINES WHERE ROUTINE_SCHEMA" + is).forEach(row ->
                found.put(String.join(" ", row), show(server, row.getFirst(), database, row.get(1), 2)));
        server.rows("SELECT TRIGGER_NAME, ACTION_ORDER FROM information_schema.TRIGGERS WHERE TRIGGER_SCHEMA" + is).forEach(row ->
                found.put("trigger " + row.getFirst(), row.get(1) + " " + show(server, "TRIGGER", database, row.getFirst(), 2)
                        .replaceAll("(?i)\\s+(FOLLOWS|PRECEDES)\\s+\\S+", "").replaceAll("\\s+", " ")));
        server.rows("SELECT EVENT_NAME FROM information_schema.EVENTS WHERE EVENT_SCHEMA" + is).forEach(row ->
                found.put("event " + row.getFirst(), show(server, "EVENT", database, row.getFirst(), 3)));
        return found;
    }

    /** With the mode and character sets under which it was made, where the server tells them. */
    private static String show(TestServer server, String kind, String database, String name, int textAt) {
        String object = TestServer.quoted(database) + "." + TestServer.quoted(name);
        List<String> row = server.rows("SHOW CREATE " + kind + " " + object).getFirst();
        String mode = textAt == 1 ? "" : " under " + row.get(1);
        return row.get(textAt).replace("`" + database + "`.", "") + mode;
    }
}
