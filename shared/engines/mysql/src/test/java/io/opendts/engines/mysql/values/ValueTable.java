package io.opendts.engines.mysql.values;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Cases packed as the columns c0, c1 ... of one table, their values as its rows, so that a server has few tables to make.
 *
 * @param way how rows are found in it
 */
record ValueTable(String name, Way way, List<ValueCase> cases) {

    enum Way {
        /** By a number beside the values. */
        NUMBERED,
        /** By all values. */
        KEYLESS,
        /** By the values, with the number behind them. */
        BY_VALUE
    }

    /** Ids of the rows that go only by the log start here, in steps of as much for each kind of change. */
    static final int STEP = 10_000;

    private static final int COLUMNS_MAX = 40;
    private static final int KEY_COLUMNS_MAX = 8;

    private record Like(Servers targets, String session) {}

    static List<ValueTable> pack(List<ValueCase> cases) {
        List<ValueTable> tables = new ArrayList<>();
        Map<Like, List<ValueCase>> alike = cases.stream().collect(
                Collectors.groupingBy(c -> new Like(c.targets(), c.session()), LinkedHashMap::new, Collectors.toList()));
        alike.values().forEach(group -> {
            List<ValueCase> small = group.stream().filter(c -> !c.bulky())
                    .sorted(Comparator.comparing((ValueCase c) -> c.values().size()).reversed()).toList();
            parts(small, COLUMNS_MAX).forEach(part -> add(tables, part));
            group.stream().filter(ValueCase::bulky)
                    .forEach(c -> tables.add(new ValueTable("k" + tables.size(), Way.NUMBERED, List.of(c))));
            parts(group.stream().filter(ValueCase::key).toList(), KEY_COLUMNS_MAX)
                    .forEach(part -> tables.add(new ValueTable("p" + tables.size(), Way.BY_VALUE, part)));
        });
        return tables;
    }

    private static void add(List<ValueTable> tables, List<ValueCase> part) {
        tables.add(new ValueTable("k" + tables.size(), Way.NUMBERED, part));
        tables.add(new ValueTable("n" + tables.size(), Way.KEYLESS, part));
    }

    private static List<List<ValueCase>> parts(List<ValueCase> all, int size) {
        return IntStream.iterate(0, i -> i < all.size(), i -> i + size)
                .mapToObj(i -> all.subList(i, Math.min(all.size(), i + size))).toList();
    }

    Servers targets() {
        return cases.getFirst().targets();
    }

    int rows() {
        return cases.stream().mapToInt(c -> c.values().size()).max().orElseThrow();
    }

    List<String> columns() {
        return IntStream.range(0, cases.size()).mapToObj(i -> "c" + i).toList();
    }

    String create() {
        String values = IntStream.range(0, cases.size()).mapToObj(i -> "c" + i + " " + cases.get(i).definition()
                + (way == Way.BY_VALUE ? " NOT NULL" : " NULL")).collect(Collectors.joining(","));
        String key = switch (way) {
            case NUMBERED -> ",PRIMARY KEY(id)";
            case KEYLESS -> "";
            case BY_VALUE -> ",PRIMARY KEY(" + String.join(",", columns()) + ",id)";
        };
        return "CREATE TABLE " + name + "(id INT NOT NULL," + values + key + ") ENGINE=InnoDB ROW_FORMAT=DYNAMIC";
    }

    /** One statement a row; the last row is all NULL where columns can be. */
    List<String> inserts() {
        List<String> inserts = new ArrayList<>();
        for (int row = 0; row < rows(); row++) {
            int at = row;
            inserts.add("INSERT INTO " + name + " VALUES (" + (row + 1) + ","
                    + cases.stream().map(c -> way == Way.BY_VALUE ? c.value(at) : at < c.values().size() ? c.values().get(at) : "NULL")
                            .collect(Collectors.joining(",")) + ")");
        }
        if (way != Way.BY_VALUE) {
            inserts.add("INSERT INTO " + name + "(id) VALUES (" + (rows() + 1) + ")");
        }
        return inserts;
    }

    /** What the log is to tell: rows that come, change from other values to these, and go; made from the rows there are. */
    List<String> changes() {
        String names = String.join(",", columns());
        String copy = "INSERT INTO " + name + "(id," + names + ") SELECT id+%d," + names + " FROM " + name + " WHERE id<" + STEP;
        String next = "UPDATE " + name + " a JOIN " + name + " b ON b.id=%s SET "
                + columns().stream().map(c -> "a." + c + "=b." + c).collect(Collectors.joining(",")) + " WHERE a.id BETWEEN %d AND %d";
        List<String> changes = new ArrayList<>();
        changes.add(copy.formatted(STEP));
        if (way != Way.BY_VALUE) {
            changes.add("INSERT INTO " + name + "(id) SELECT id+" + 2 * STEP + " FROM " + name + " WHERE id<" + STEP);
            changes.add(next.formatted("a.id-" + 2 * STEP, 2 * STEP, 3 * STEP - 1));
        }
        changes.add(copy.formatted(3 * STEP));
        changes.add(next.formatted("(a.id-" + 3 * STEP + ")%" + rows() + "+1", 3 * STEP, 4 * STEP - 1));
        changes.add(copy.formatted(4 * STEP));
        changes.add("DELETE FROM " + name + " WHERE id>=" + 4 * STEP);
        return changes;
    }

    /** What a value is, for people, by the id of its row. */
    String describe(int column, long id) {
        ValueCase one = cases.get(column);
        int row = (int) (id % STEP) - 1;
        String value = way == Way.BY_VALUE ? one.value(row) : row < one.values().size() ? one.values().get(row) : "NULL";
        return name + ".c" + column + " " + one.definition() + " = " + (value.length() > 200 ? value.substring(0, 200) + "..." : value)
                + " (row " + id + ")";
    }
}
