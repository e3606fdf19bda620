package io.opendts.engines.mysql.filter;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** A table of every kind of column that a filter may look at, rows for it, and conditions on it, from a seed. */
final class Conditions {

    private static final List<String> TEXTS = List.of("", "a", "A", "b", "ab", "AB", "a ", " a", "  ", "ä", "Ä", "ß", "ss", "é", "e", "E",
            "中", "𝒜", "æ", "ae", "I", "ı", "İ", "i", "Straße", "STRASSE", "a_b", "a%b", "a\\b", "z", "Z", "0", "10", "9", "a\tb", "ch",
                    "CH",
            "a1B2", "A1b2", "o''k", "ａ");
    private static final List<String> PATTERNS = List.of("a%", "%b", "_", "__", "%", "", "a\\_b", "a\\%b", "%ß%", "A_", "ä%", "%S%",
            "a\\\\b",
            "中%", "_𝒜", "% ");
    private static final List<String> COMPARISONS = List.of("=", "<>", "!=", "<", "<=", ">", ">=", "<=>");

    private record Kind(String name, String definition, List<String> values, List<String> literals, boolean ordered, boolean like) {}

    private final Random random;
    private final List<Kind> kinds = new ArrayList<>();

    /** @param collations that the server has */
    Conditions(long seed, List<String> collations) {
        random = new Random(seed);
        numbers();
        temporals();
        for (String collation : collations) {
            String charset = collation.startsWith("uca1400") ? "utf8mb4" : collation.split("_", 2)[0];
            List<String> quoted = TEXTS.stream().map(t -> "'" + t.replace("\\", "\\\\") + "'").toList();
            String type = kinds.size() % 3 == 0 ? "CHAR(12)" : kinds.size() % 3 == 1 ? "VARCHAR(40)" : "TEXT";
            add(type.charAt(0) + "_" + collation, type + " CHARACTER SET " + charset + " COLLATE " + collation, quoted, quoted, true, true);
        }
        List<String> labels = List.of("'a'", "'B'", "'ä'", "'x y'", "'A'", "''");
        add("en", "ENUM('b','a','ä','x y')", List.of("'a'", "'b'", "'ä'", "'x y'", "''"), labels, false, true);
        add("st", "SET('a','b','ä')", List.of("'a'", "'b,a'", "'ä'", "''"), List.of("'a'", "'a,b'", "'A,B'", "'b,a'", "''"), false, true);
        List<String> bytes = List.of("x''", "x'00'", "x'61'", "x'6100'", "x'FF'", "x'C3A4'", "'a'", "'A'", "'ä'");
        add("bi", "BINARY(2)", List.of("x'61'", "x'6162'", "x'FFFF'", "x'00'", "''"), bytes, true, true);
        add("vb", "VARBINARY(20)", bytes, bytes, true, true);
        add("bl", "BLOB", bytes, bytes, true, true);
    }

    private void numbers() {
        List<String> small = List.of("0", "1", "-1", "127", "-128", "42", "3", "-3");
        List<String> some = List.of("0", "1", "-1", "42", "-42", "127", "2.5", "9223372036854775807", "-9223372036854775808",
                "18446744073709551615", "99999999999999999999999", "TRUE", "FALSE", "-0.5");
        add("ti", "TINYINT", small, some, true, false);
        add("ib", "BIGINT", List.of("0", "9223372036854775807", "-9223372036854775808", "-1", "42", "9007199254740993"), some, true, false);
        add("iu", "BIGINT UNSIGNED", List.of("0", "18446744073709551615", "9223372036854775808", "42", "1"), some, true, false);
        add("iz", "INT(8) ZEROFILL", List.of("0", "42", "99999999", "4294967295"), some, true, false);
        add("dc", "DECIMAL(30,10)", List.of("0", "0.1", "-0.5", "2.5", "12345678901234567890.0123456789", "42"), some, true, false);
        add("bt", "BIT(20)", List.of("b'0'", "b'1'", "b'11111111111111111111'", "42"), List.of("0", "1", "b'1'", "0b101010", "42", "-1"),
                true, false);
        List<String> reals = List.of("0", "0.1", "1e0", "-1e-30", "2.5", "1.5e300", "42", "0.30000000000000004", "3.4028234663852886e38");
        add("fl", "FLOAT", List.of("0", "0.1", "1", "-1e-30", "3.4028234e38", "2.5", "16777217"), reals, true, false);
        add("db", "DOUBLE", List.of("0", "0.1", "1", "-1e-30", "1.5e300", "2.5", "0.1+0.2", "-0e0"), reals, true, false);
        add("yr", "YEAR", List.of("1901", "2000", "2155", "0", "2026"), List.of("1901", "2000", "2155", "2026"), true, false);
    }

    private void temporals() {
        List<String> dates = List.of("'1970-01-01'", "'2000-02-29'", "'2026-01-31'", "'9999-12-31'", "'0001-01-01'", "'1999-12-31'");
        List<String> stored = new ArrayList<>(dates);
        stored.addAll(List.of("'0000-00-00'", "'2026-00-00'", "'2026-01-00'"));
        add("da", "DATE", stored, join(dates, List.of("DATE'2026-01-31'")), true, false);
        List<String> times = List.of("'2026-01-31'", "'2026-01-31 12:00:00'", "'2026-01-31T00:00:00'", "'2000-02-29 23:59:59'",
                "TIMESTAMP'2026-01-31 12:00:00'", "'9999-12-31 23:59:59'", "'0001-01-01'", "'1960-05-05 00:00:00'");
        List<String> fine = join(times, List.of("'2026-01-31 12:00:00.5'", "'2026-01-31 12:00:00.123456'"));
        add("dt", "DATETIME", List.of("'2026-01-31'", "'2026-01-31 12:00:00'", "'0000-00-00'", "'2026-00-00'", "'2000-02-29 23:59:59'"),
                times,
                true, false);
        add("d6", "DATETIME(6)", List.of("'2026-01-31 12:00:00.5'", "'2026-01-31 12:00:00.123456'", "'2026-01-31 12:00:00'"), fine, true,
                false);
        add("ts", "TIMESTAMP NULL", List.of("'2026-01-31'", "'2026-01-31 12:00:00'", "'1970-01-01 00:00:01'", "'2038-01-19 03:14:07'", "0"),
                times, true, false);
        add("t3", "TIMESTAMP(3) NULL", List.of("'2026-01-31 12:00:00.5'", "'2026-01-31 12:00:00.123'", "'2026-01-31'"), fine, true, false);
        List<String> hours = List.of("'00:00:00'", "'-00:00:01'", "'838:59:59'", "'-838:59:59'", "'12:30:00'", "'101:00:00'",
                "TIME'12:30:00'");
        add("tm", "TIME", List.of("'00:00:00'", "'-00:00:01'", "'838:59:59'", "'-838:59:59'", "'12:30:00'", "'101:00:00'"), hours, true,
                false);
        add("t2", "TIME(2)", List.of("'00:00:00.5'", "'-00:00:00.25'", "'12:30:00'"), join(hours, List.of("'00:00:00.5'",
                "'-00:00:00.25'")),
                true, false);
    }

    private static List<String> join(List<String> a, List<String> b) {
        List<String> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    private void add(String name, String definition, List<String> values, List<String> literals, boolean ordered, boolean like) {
        kinds.add(new Kind(name, definition, values, literals, ordered, like));
    }

    private <T> T any(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    String columns() {
        StringBuilder sql = new StringBuilder("id INT PRIMARY KEY");
        kinds.forEach(k -> sql.append(", `").append(k.name).append("` ").append(k.definition));
        return sql.toString();
    }

    String row(int id) {
        StringBuilder sql = new StringBuilder("(" + id);
        kinds.forEach(k -> sql.append(',').append(random.nextInt(6) == 0 ? "NULL" : any(k.values)));
        return sql.append(')').toString();
    }

    /** Every comparison of every column at least once, and then what chance makes of them. */
    List<String> conditions(int random) {
        List<String> all = new ArrayList<>();
        for (Kind kind : kinds) {
            COMPARISONS.forEach(c -> all.add(leaf(kind, c)));
            all.add(leaf(kind, "IN"));
            all.add(leaf(kind, "BETWEEN"));
            all.add(leaf(kind, "LIKE"));
        }
        for (int i = 0; i < random; i++) {
            all.add(composed(3));
        }
        return all;
    }

    private String leaf(Kind kind, String comparison) {
        String column = "`" + kind.name + "`";
        String not = random.nextInt(3) == 0 ? "NOT " : "";
        return switch (comparison) {
            case "IN" -> column + " " + not + "IN (" + any(kind.literals) + ", " + any(kind.literals) + (random.nextInt(4) == 0 ? ", NULL)"
                    : ", " + any(kind.literals) + ")");
            case "BETWEEN" -> kind.ordered ? column + " " + not + "BETWEEN " + any(kind.literals) + " AND " + any(kind.literals)
                    : column + " IS " + not + "NULL";
            case "LIKE" -> !kind.like ? column + " IS " + not + "NULL"
                    : random.nextInt(4) == 0 ? column + " " + not + "LIKE 'a|_%' ESCAPE '|'"
                    : column + " " + not + "LIKE '" + any(PATTERNS) + "'";
            default -> {
                boolean ordered = kind.ordered || !comparison.matches("<|<=|>|>=");
                yield random.nextInt(5) == 0 && ordered
                        ? any(kind.literals) + " " + mirrored(comparison) + " " + column
                        : column + " " + (ordered ? comparison : "=") + " " + any(kind.literals);
            }
        };
    }

    private static String mirrored(String comparison) {
        return switch (comparison) {
            case "<" -> ">";
            case ">" -> "<";
            case "<=" -> ">=";
            case ">=" -> "<=";
            default -> comparison;
        };
    }

    private String composed(int depth) {
        if (depth == 0 || random.nextInt(4) == 0) {
            return single();
        }
        return switch (random.nextInt(7)) {
            case 0 -> composed(depth - 1) + " OR " + composed(depth - 1);
            case 1 -> composed(depth - 1) + " AND " + composed(depth - 1);
            case 2 -> "NOT " + composed(depth - 1);
            case 3 -> "(" + composed(depth - 1) + ") IS " + (random.nextBoolean() ? "" : "NOT ") + any(List.of("TRUE", "FALSE", "UNKNOWN",
                    "NULL"));
            case 4 -> "(" + composed(depth - 1) + ") XOR " + composed(depth - 1);
            case 5 -> "(" + composed(depth - 1) + ") AND NOT (" + composed(depth - 1) + ")";
            default -> "!(" + composed(depth - 1) + ")";
        };
    }

    private String single() {
        return switch (random.nextInt(14)) {
            case 0 -> any(List.of("`ti`", "`ib`", "`iu`", "`bt`", "TRUE", "FALSE", "NULL", "0", "7"));
            case 1 -> "`ib` % " + any(List.of("2", "10", "-7", "`ti`")) + " " + any(COMPARISONS) + " " + random.nextInt(-3, 4);
            case 2 -> "`ti` " + any(List.of("+", "-", "*")) + " " + random.nextInt(-5, 6) + " " + any(COMPARISONS) + " "
                    + random.nextInt(-9, 9);
            case 3 -> "`ti` " + any(COMPARISONS) + " `" + any(List.of("ib", "iu", "iz", "dc", "fl", "db", "bt")) + "`";
            case 4 -> "`db` " + any(COMPARISONS) + " `" + any(List.of("fl", "ib", "iu", "dc", "ti")) + "`";
            case 5 -> "`" + any(List.of("dt", "ts", "t3")) + "` " + any(COMPARISONS) + " `" + any(List.of("d6", "dt", "ts")) + "`";
            case 6 -> "`vb` " + any(COMPARISONS) + " `" + any(List.of("bl", "bi")) + "`";
            case 7 -> "-`ti` " + any(COMPARISONS) + " " + random.nextInt(-3, 4);
            default -> leaf(any(kinds), any(join(COMPARISONS, List.of("IN", "BETWEEN", "LIKE"))));
        };
    }
}
