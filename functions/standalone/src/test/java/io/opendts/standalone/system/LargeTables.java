package io.opendts.standalone.system;

import io.opendts.standalone.system.LargeSchema.LargeTable;
import io.opendts.standalone.system.SampleTypes.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Makes the tables of a {@link LargeSchema}: kinds of keys, columns, partitions and options go round at different paces. */
final class LargeTables {

    private static final int KEYS = 12;
    private static final int MAX_DEPTH = 1;

    private final String server;
    private final boolean mariaDb;
    private final Random random;
    private final List<Type> types;
    /** Names of tables that others may refer to, and how many steps their own references go. */
    private final List<String> parents = new ArrayList<>();
    private final List<Integer> depths = new ArrayList<>();
    private int nextType;

    LargeTables(String server, Random random) {
        this.server = server;
        this.mariaDb = server.startsWith("mariadb");
        this.random = random;
        this.types = SampleTypes.all(server);
    }

    /** One table in the making. */
    private static final class Draft {
        private final List<String> parts = new ArrayList<>();
        private final List<String> keys = new ArrayList<>();
        private final List<String> columns = new ArrayList<>();
        private final List<Type> columnTypes = new ArrayList<>();
        private final List<Integer> changing = new ArrayList<>();

        private void column(String name, Type type, boolean changes) {
            parts.add(name + " " + type.sql());
            if (changes) {
                changing.add(columns.size());
            }
            columns.add(name);
            columnTypes.add(type);
        }
    }

    LargeTable table(int number) {
        Draft draft = new Draft();
        int kind = number % KEYS;
        boolean numbered = kind < 3;
        boolean partitioned = numbered && number % 4 == 1 || kind == 9 && number % 8 == 1;
        key(draft, kind, number);
        for (int i = 0; i < 5; i++) {
            draft.column("c" + i, type(partitioned), true);
        }
        draft.column("n", new Type("INT", r -> "" + r.nextInt(50)), true);
        draft.column("s", new Type("VARCHAR(40)", r -> "'" + SampleTypes.word(r) + "'"), true);
        computed(draft, number, partitioned);
        String name = TestServer.quoted(LargeSchema.DATABASES.get(number % LargeSchema.DATABASES.size())) + "."
                + TestServer.quoted("t" + number + List.of("", " with blanks", "`'\"", "ß中").get(number / 4 % 4));
        if (!partitioned) {
            secondary(draft, number);
            references(draft, number, name, numbered);
        }
        draft.parts.addAll(draft.keys);
        String create = "CREATE TABLE " + name + " (" + String.join(", ", draft.parts) + ")" + options(number, partitioned)
                + (partitioned ? partitions(number) : "");
        return new LargeTable(name, create, draft.columns, draft.columnTypes, draft.changing, numbered);
    }

    /** Partitioned tables take no shapes. */
    private Type type(boolean partitioned) {
        Type type = types.get(nextType++ % types.size());
        return partitioned && type.literal().apply(random).startsWith("ST_") ? type(true) : type;
    }

    /** Primary keys of many types, unique keys alone, and none at all. */
    private void key(Draft draft, int kind, int number) {
        Type text = new Type("VARCHAR(30) NOT NULL", r -> "'k#'");
        Type whole = new Type("INT NOT NULL", r -> "#");
        switch (kind) {
            case 0, 1 -> draft.column("id", new Type("BIGINT UNSIGNED NOT NULL AUTO_INCREMENT", r -> "#"), false);
            case 2 -> draft.column("id", new Type("BIGINT UNSIGNED NOT NULL", r -> "#"), false);
            case 3 -> {
                draft.column("`key`", text, true);
                draft.column("id", whole, false);
            }
            case 4 -> draft.column("id", new Type("VARBINARY(10) NOT NULL", r -> "UNHEX(LPAD(HEX(#), 8, '0'))"), true);
            case 5 -> draft.column("id", new Type("DECIMAL(20,5) NOT NULL", r -> "#.00001"), true);
            case 6 -> draft.column("id", new Type("DATETIME(6) NOT NULL", r -> "'2020-01-01' + INTERVAL # SECOND"), true);
            case 7 -> draft.column("id", text, true);
            case 8 -> draft.column("id", new Type("INT", r -> "#"), true);
            case 9, 10 -> draft.column("id", new Type("INT", r -> "# % 7"), true);
            default -> draft.column("base", whole, true);
        }
        switch (kind) {
            case 3 -> draft.keys.add("PRIMARY KEY (`key`(5), id DESC)".replace("(5)", number % 24 == 3 ? "" : "(30)"));
            case 7 -> draft.keys.add("UNIQUE KEY only_key (id)");
            case 8 -> draft.keys.add("UNIQUE KEY may_be_null (id)");
            case 9, 10 -> draft.keys.add("KEY (id)");
            case 11 -> {
                draft.parts.add("made_key INT AS (base * 2) STORED" + (mariaDb ? "" : " NOT NULL"));
                draft.keys.add(mariaDb ? "UNIQUE KEY (made_key)" : "PRIMARY KEY (made_key)");
            }
            default -> draft.keys.add("PRIMARY KEY (id)");
        }
    }

    /** What the server itself puts into rows. */
    private void computed(Draft draft, int number, boolean partitioned) {
        switch (number % 5) {
            case 0 -> draft.parts.add("g VARCHAR(60) AS (CONCAT(s, '-', n)) VIRTUAL");
            case 1 -> draft.parts.add("g INT AS (n + 1) STORED COMMENT 'it''s made'");
            case 2 -> draft.parts.add("at TIMESTAMP(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3) ON UPDATE CURRENT_TIMESTAMP(3)");
            case 3 -> draft.parts.add("d INT NOT NULL DEFAULT -7, e VARCHAR(20) DEFAULT 'it''s \\\\ \"'");
            default -> draft.parts.add("dt DATETIME DEFAULT CURRENT_TIMESTAMP");
        }
        if (number % 5 < 2 && !partitioned) {
            draft.keys.add("KEY made (g)");
        }
        if (number % 6 == 2 && (server.equals("mysql97") || mariaDb)) {
            draft.parts.add("hidden INT " + (mariaDb ? "INVISIBLE DEFAULT 5" : "DEFAULT 5 INVISIBLE"));
        }
        if (number % 6 == 4 && !server.equals("mysql57")) {
            draft.parts.add("x VARCHAR(60) DEFAULT (CONCAT('a', 'b\\\\', 1 + 2))");
        }
        if (number % 9 == 4) {
            draft.parts.add("CONSTRAINT " + TestServer.quoted("small " + number) + " CHECK (n < 1000 OR s <> 'it''s')");
        }
        if (number % 9 == 5 && server.equals("mysql97")) {
            draft.parts.add("CONSTRAINT not_enforced_" + number + " CHECK (n < 0) NOT ENFORCED");
        }
    }

    private void secondary(Draft draft, int number) {
        switch (number % 7) {
            case 0 -> draft.keys.add("KEY backwards (n DESC, s(5))");
            case 1 -> draft.keys.add("UNIQUE KEY often_null (n, s)");
            case 2 -> {
                // each is a dozen tables inside the server
                if (number % 4 == 2) {
                    draft.keys.add("FULLTEXT KEY words (s)" + (number % 8 == 2 && !mariaDb ? " WITH PARSER ngram" : ""));
                }
            }
            case 3 -> {
                draft.column("spot", new Type("POINT NOT NULL", r -> "ST_GeomFromText('POINT(" + r.nextInt(90) + " 1)')"), true);
                draft.keys.add("SPATIAL KEY place (spot) COMMENT 'wh''ere'");
            }
            case 4 -> draft.keys.add("KEY unseen (n) " + (mariaDb ? "IGNORED" : server.equals("mysql57") ? "" : "INVISIBLE"));
            case 5 -> {
                if (server.equals("mysql80") || server.equals("mysql97")) {
                    draft.keys.add("KEY computed ((n * 2), (LOWER(s)))");
                }
            }
            default -> draft.keys.add("KEY twice (s, n), KEY " + TestServer.quoted("odd ` key") + " (n) USING BTREE");
        }
    }

    /** To an earlier table, which refers to none, or to itself: what two cascades in a row do while a copy runs is not exact yet. */
    private void references(Draft draft, int number, String name, boolean numbered) {
        int depth = 0;
        if (!parents.isEmpty() && number % 3 != 1) {
            int at = random.nextInt(parents.size());
            for (int tries = 0; depths.get(at) >= MAX_DEPTH && tries < 20; tries++) {
                at = random.nextInt(parents.size());
            }
            if (depths.get(at) < MAX_DEPTH) {
                depth = depths.get(at) + 1;
                String actions = List.of(" ON DELETE CASCADE", " ON DELETE SET NULL ON UPDATE CASCADE", "",
                        " ON DELETE CASCADE ON UPDATE CASCADE", " ON DELETE RESTRICT").get(number % 5);
                draft.column("parent", new Type("BIGINT UNSIGNED", r -> "" + (1 + r.nextInt(24))), true);
                draft.keys.add("CONSTRAINT " + TestServer.quoted("fk ` " + number) + " FOREIGN KEY (parent) REFERENCES " + parents.get(at)
                        + " (id)" + actions);
            }
        }
        if (numbered && number % 8 == 0) {
            draft.column("self", new Type("BIGINT UNSIGNED", r -> "1"), true);
            draft.keys.add("CONSTRAINT self_" + number + " FOREIGN KEY (self) REFERENCES " + name + " (id) ON DELETE SET NULL");
        }
        if (numbered) {
            parents.add(name);
            depths.add(depth);
        }
    }

    private String options(int number, boolean partitioned) {
        return " ENGINE = InnoDB" + switch (number % 8) {
            case 0 -> " COMMENT = 'tab\\t ''quoted'' \\\\ ä'";
            case 1 -> " ROW_FORMAT = DYNAMIC STATS_PERSISTENT = 1 STATS_SAMPLE_PAGES = 9";
            case 2 -> " CHARACTER SET utf8mb4 COLLATE utf8mb4_unicode_ci AUTO_INCREMENT = 5000";
            case 3 -> " CHARACTER SET latin1";
            case 4 -> partitioned ? "" : " ROW_FORMAT = COMPRESSED KEY_BLOCK_SIZE = 8";
            case 5 -> " AVG_ROW_LENGTH = 100 MAX_ROWS = 100000 STATS_AUTO_RECALC = 0";
            case 6 -> " ROW_FORMAT = REDUNDANT";
            default -> "";
        };
    }

    private String partitions(int number) {
        if (number % KEYS == 9) {
            return " PARTITION BY LIST (id % 3) (PARTITION `a b` VALUES IN (0, NULL) COMMENT = 'it''s', PARTITION c VALUES IN (1, 2))";
        }
        return switch (number / 4 % 5) {
            case 0 -> " PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN MAXVALUE)";
            case 1 -> " PARTITION BY LINEAR HASH (id) PARTITIONS 3";
            case 2 -> " PARTITION BY LINEAR KEY (id) PARTITIONS 2";
            case 3 -> " PARTITION BY RANGE COLUMNS (id) (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN (MAXVALUE))";
            default -> " PARTITION BY RANGE (id) SUBPARTITION BY HASH (id) SUBPARTITIONS 2"
                    + " (PARTITION p0 VALUES LESS THAN (10), PARTITION p1 VALUES LESS THAN MAXVALUE)";
        };
    }
}
