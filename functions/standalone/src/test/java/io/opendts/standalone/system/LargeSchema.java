package io.opendts.standalone.system;

import io.opendts.standalone.system.SampleTypes.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A schema of some hundred tables over several databases in which every kind of column, key, foreign key, partition, option,
 * view, routine, trigger and event occurs beside every other. The same server and seed give the same schema.
 */
final class LargeSchema {

    static final List<String> DATABASES = List.of("big shop", "big`stock", "big_log", "bigÄrchiv");

    private static final int ROWS_PER_TABLE = 24;

    /**
     * @param columns those that are written, with their types; those of the key are among them
     * @param changing the ones of {@code columns} that an update may change
     * @param numbered whether its key is one whole number, which others may refer to
     */
    record LargeTable(String name, String create, List<String> columns, List<Type> types, List<Integer> changing, boolean numbered) {

        String insert(Random random, int rows, int firstKey) {
            StringBuilder sql = new StringBuilder("INSERT INTO " + name + " (" + String.join(",", columns) + ") VALUES ");
            for (int row = 0; row < rows; row++) {
                sql.append(row == 0 ? "(" : ",(");
                for (int i = 0; i < columns.size(); i++) {
                    String value = value(i, random, firstKey + row);
                    sql.append(i == 0 ? "" : ",").append(value);
                }
                sql.append(')');
            }
            return sql.toString();
        }

        /** A key's literal asks for a number by the mark {@code #}; others may be NULL. */
        private String value(int i, Random random, int key) {
            String literal = types.get(i).literal().apply(random);
            if (literal.contains("#")) {
                return literal.replace("#", Integer.toString(key));
            }
            return random.nextInt(8) == 0 && !types.get(i).sql().contains("NOT NULL") ? "NULL" : literal;
        }

        String update(Random random) {
            int i = changing.get(random.nextInt(changing.size()));
            return "UPDATE " + name + " SET " + columns.get(i) + " = " + value(i, random, 1000 + random.nextInt(9000))
                    + " ORDER BY RAND() LIMIT " + (1 + random.nextInt(3));
        }

        String delete() {
            return "DELETE FROM " + name + " ORDER BY RAND() LIMIT 1";
        }
    }

    private final List<String> statements = new ArrayList<>();
    private final List<LargeTable> tables = new ArrayList<>();

    private LargeSchema() {}

    static LargeSchema of(String server, int tables, long seed) {
        LargeSchema schema = new LargeSchema();
        Random random = new Random(seed);
        schema.statements.add("SET NAMES utf8mb4");
        schema.statements.add("SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION'");
        for (int i = 0; i < DATABASES.size(); i++) {
            schema.statements.add("CREATE DATABASE " + TestServer.quoted(DATABASES.get(i)) + " CHARACTER SET "
                    + List.of("utf8mb4", "latin1 COLLATE latin1_german1_ci", "utf8mb4 COLLATE utf8mb4_bin", "gbk").get(i));
        }
        LargeTables maker = new LargeTables(server, random);
        for (int i = 0; i < tables; i++) {
            LargeTable table = maker.table(i);
            schema.tables.add(table);
            schema.statements.add(table.create());
        }
        for (int i = 0; i < tables; i++) {
            schema.fill(schema.tables.get(i), random);
        }
        schema.statements.addAll(new LargeObjects(server, schema.tables).statements());
        return schema;
    }

    /** Rows of which some refer to others; a row more than once in tables that take it. */
    private void fill(LargeTable table, Random random) {
        statements.add(table.insert(random, ROWS_PER_TABLE, 1));
    }

    List<String> statements() {
        return statements;
    }

    List<LargeTable> tables() {
        return tables;
    }
}
