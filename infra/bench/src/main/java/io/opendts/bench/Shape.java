package io.opendts.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What the source's tables look like. All but sysbench's own are filled by the server from a number {@code n} of each row, so that
 * every run has the same rows.
 */
enum Shape {
    SYSBENCH("sysbench's own", 4, 1, 0, ""),
    SYSBENCH_ONE("sysbench's own", 1, 4, 0, ""),
    /** 40 columns of the usual types. */
    WIDE("40 columns", 1, 1, 2, columns(10, """
            i%1$d INT NOT NULL, s%1$d VARCHAR(40), d%1$d DECIMAL(14,4), t%1$d DATETIME(6)""", """
            (n * %1$d) & 2147483647, LEFT(MD5(n + %1$d), 8 + n %% 24), n * 0.0%1$d7, '2020-01-01' + INTERVAL n * %1$d SECOND""")),
    /** As DTS states its own rates. */
    KILOBYTE("1 KB a row", 20, 1, 40, "c VARCHAR(1000) NOT NULL | REPEAT(MD5(n), 30)"),
    SMALL("two numbers", 1, 8, 1, "v INT NOT NULL | n & 1023"),
    BLOBS("20 KB a row", 1, 1, 50, "b MEDIUMBLOB NOT NULL | REPEAT(UNHEX(SHA2(n, 512)), 320)"),
    /** Neighbours in the order of the key were not written beside each other. */
    COMPOSITE("a key of a string and two numbers", 2, 1, 2,
            "region CHAR(2) NOT NULL, shop INT NOT NULL, number BIGINT NOT NULL, amount DECIMAL(10,2), note VARCHAR(60), KEY (shop)"
                    + " | SUBSTR('AABBCCDDEEFFGGHHIIJJ', 1 + 2 * (n % 10), 2), n % 997, n, n * 0.01, MD5(n)", "region, shop, number"),
    STRINGS("a key of 32 characters", 2, 1, 2,
            "k CHAR(32) CHARACTER SET ascii NOT NULL, v VARCHAR(100), UNIQUE KEY (v) | MD5(n), CONCAT(n, '-', MD5(n + 1))", "k");

    private static final String SEPARATOR = " | ";

    private final String text;
    private final int tables;
    private final int times;
    private final int dividedBy;
    private final String definitions;
    private final String key;

    /**
     * @param times     rows of a table for each of {@code --rows}
     * @param dividedBy and a row for so many of them; 0 for sysbench's tables, which it makes itself
     * @param filled    columns and their values
     */
    Shape(String text, int tables, int times, int dividedBy, String filled) {
        this(text, tables, times, dividedBy, filled, "id");
    }

    Shape(String text, int tables, int times, int dividedBy, String filled, String key) {
        this.text = text;
        this.tables = tables;
        this.times = times;
        this.dividedBy = dividedBy;
        this.definitions = filled;
        this.key = key;
    }

    private static String columns(int groups, String definitions, String values) {
        return joined(groups, definitions) + SEPARATOR + joined(groups, values);
    }

    private static String joined(int groups, String pattern) {
        return IntStream.rangeClosed(1, groups).mapToObj(group -> pattern.formatted(group)).collect(Collectors.joining(", "));
    }

    static Shape named(String word) throws BenchOptions.UsageException {
        return Arrays.stream(values()).filter(shape -> shape.word().equals(word)).findFirst()
                .orElseThrow(() -> new BenchOptions.UsageException("--shape " + word + ": it is one of "
                        + Arrays.stream(values()).map(Shape::word).collect(Collectors.joining(", "))));
    }

    String word() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    boolean isSysbench() {
        return dividedBy == 0;
    }

    List<String> tables() {
        return IntStream.rangeClosed(1, tables).mapToObj(number -> "sbtest" + number).toList();
    }

    /** Of each table. */
    int rows(int asked) {
        return isSysbench() ? asked * times : Math.max(1, asked / dividedBy * times);
    }

    String text(int asked) {
        return tables + " x " + rows(asked) + " rows, " + text;
    }

    String create(String table) {
        String columns = definitions.substring(0, definitions.indexOf(SEPARATOR));
        return "create table " + table + " (" + (key.equals("id") ? "id BIGINT NOT NULL, " : "") + columns + ", PRIMARY KEY (" + key + "))";
    }

    /** @param numbers table with a column n from 0 on */
    String fill(String table, String numbers, int from, int rows) {
        String values = definitions.substring(definitions.indexOf(SEPARATOR) + SEPARATOR.length());
        return "insert into " + table + " select " + (key.equals("id") ? "n, " : "") + values + " from (select n + " + from + " as n from "
                + numbers + " where n < " + rows + ") as numbered";
    }
}
