package io.opendts.standalone.system;

import io.opendts.standalone.system.LargeSchema.LargeTable;
import java.util.ArrayList;
import java.util.List;

/** Views, routines, triggers, events and sequences over the tables of a {@link LargeSchema}. */
final class LargeObjects {

    private final boolean mariaDb;
    private final List<LargeTable> tables;
    private final List<String> statements = new ArrayList<>();

    LargeObjects(String server, List<LargeTable> tables) {
        this.mariaDb = server.startsWith("mariadb");
        this.tables = tables;
    }

    List<String> statements() {
        String audit = name(0, "audit");
        statements.add("CREATE TABLE " + audit + " (id INT AUTO_INCREMENT PRIMARY KEY, what VARCHAR(50), at DATETIME(6))");
        for (int i = 0; i < tables.size(); i++) {
            if (i % 10 == 0) {
                routines(i);
            }
            if (i % 4 == 0) {
                views(i);
            }
            if (i % 9 == 0) {
                triggers(i, audit);
            }
            if (i % 30 == 0) {
                events(i, audit);
            }
            if (mariaDb && i % 50 == 0) {
                String sequence = name(i, "seq" + i);
                statements.add("CREATE SEQUENCE " + sequence + " START WITH " + i + 7 + " INCREMENT BY " + (i / 50 + 1) + " CACHE 5");
                statements.add("DO NEXT VALUE FOR " + sequence);
            }
        }
        return statements;
    }

    private static String name(int i, String name) {
        return TestServer.quoted(LargeSchema.DATABASES.get(i % LargeSchema.DATABASES.size())) + "." + TestServer.quoted(name);
    }

    /** Later names sort before earlier ones: in the order of names every view would stand on one that is not there yet. */
    private static String view(int i) {
        return name(i / 4, "v" + (1000 - i));
    }

    /** Three of five stand on others, four steps deep at most: each step doubles what the server opens. */
    private void views(int i) {
        String table = tables.get(i).name();
        String inner = "CREATE VIEW " + view(i) + " AS SELECT n, s, CONCAT('it''s ', s) AS t FROM " + table + " WHERE n < 40";
        boolean nested = i / 4 % 5 >= 2;
        if (nested) {
            statements.add("CREATE " + (i % 3 == 0 ? "ALGORITHM = TEMPTABLE SQL SECURITY INVOKER " : "") + "VIEW " + view(i)
                    + " AS SELECT a.n, b.s, (SELECT COUNT(*) FROM " + view(i - 8) + ") AS many FROM " + view(i - 4) + " a JOIN " + table
                    + " b ON a.n = b.n LEFT JOIN " + tables.get(i - 1).name() + " c ON c.n = b.n");
        } else {
            statements.add(inner + (i == 0 ? " WITH CASCADED CHECK OPTION" : ""));
        }
    }

    private void routines(int i) {
        statements.add("SET SESSION sql_mode = '" + (i % 20 == 0 ? "ANSI_QUOTES,PIPES_AS_CONCAT" : "STRICT_ALL_TABLES") + "'");
        statements.add("CREATE FUNCTION " + name(i, "f" + i) + "(a INT, b VARCHAR(20) CHARACTER SET latin1) RETURNS VARCHAR(60)"
                + " CHARACTER SET utf8mb4 DETERMINISTIC COMMENT 'it''s' RETURN CONCAT(a, b, '; -- \\\\ ä')");
        statements.add("CREATE PROCEDURE " + name(i, "p ` " + i) + "(IN a INT, OUT b INT, INOUT c DECIMAL(5,2)) READS SQL DATA SQL SECURITY"
                + " INVOKER BEGIN /* a comment; */ DECLARE done INT DEFAULT 0; SELECT COUNT(*) INTO b FROM " + tables.get(i).name()
                + " WHERE n = a; SET c = c + 1; END");
        statements.add("SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION'");
    }

    /** They fire on the source while the load runs; what they do is in the log, and must not be done again. */
    private void triggers(int i, String audit) {
        String table = tables.get(i).name();
        String database = TestServer.quoted(LargeSchema.DATABASES.get(i % LargeSchema.DATABASES.size()));
        statements.add("CREATE TRIGGER " + database + ".z_first" + i + " BEFORE UPDATE ON " + table
                + " FOR EACH ROW SET NEW.s = LEFT(CONCAT('<', NEW.s), 40)");
        statements.add("CREATE TRIGGER " + database + ".a_second" + i + " BEFORE UPDATE ON " + table + " FOR EACH ROW FOLLOWS z_first" + i
                + " BEGIN SET NEW.n = (NEW.n + 1) % 50; END");
        statements.add("CREATE TRIGGER " + database + ".after" + i + " AFTER DELETE ON " + table + " FOR EACH ROW INSERT INTO " + audit
                + " (what, at) VALUES (CONCAT('deleted ', OLD.n), NOW(6))");
    }

    /** What an event was made under must outlast that it is made disabled, and enabled later. */
    private void events(int i, String audit) {
        boolean odd = i % 60 == 30;
        statements.add("SET SESSION collation_connection = " + (odd ? "utf8mb4_bin" : "utf8mb4_unicode_ci"));
        if (odd) {
            statements.add("SET SESSION sql_mode = 'ANSI_QUOTES,PIPES_AS_CONCAT', time_zone = '+05:30'");
        }
        statements.add("CREATE EVENT " + name(i, "e" + i) + " ON SCHEDULE EVERY 1 DAY STARTS '2035-01-01 00:00:00'"
                + (i % 60 == 0 ? " ON COMPLETION PRESERVE DISABLE" : " ENABLE") + " COMMENT 'it''s' DO DELETE FROM " + audit
                + " WHERE id < 0" + (odd ? " AND \"what\" = 'a' || 'b'" : ""));
        statements.add("SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION', time_zone = '+00:00'");
        statements.add("SET NAMES utf8mb4");
    }
}
