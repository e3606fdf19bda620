package io.opendts.engines.mysql.values;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Dates and times. */
final class TimeCases {

    private static final String MODE = "sql_mode='STRICT_ALL_TABLES,ALLOW_INVALID_DATES',time_zone='%s'";
    private static final List<String> DATES = List.of("0000-00-00", "0000-01-01", "0000-00-01", "0000-12-31", "0001-01-01", "1000-01-01",
            "1582-10-10", "1899-12-31", "1970-01-01", "2020-00-00", "2020-00-15", "2020-07-00", "2020-02-31", "2023-02-29", "2024-02-29",
            "2038-01-19", "9999-12-31", "9999-00-00");

    private TimeCases() {
    }

    static List<ValueCase> all() {
        List<ValueCase> cases = new ArrayList<>();
        cases.add(ValueCase.of("DATE", "DATE", DATES.stream().map(d -> "'" + d + "'").toList()).keyed());
        cases.add(ValueCase.of("YEAR", "YEAR", "'0000'", "0", "1901", "1970", "2000", "69", "70", "'0'", "2024", "2155").keyed());
        for (int digits = 0; digits <= 6; digits++) {
            String size = digits == 0 ? "" : "(" + digits + ")";
            cases.add(ValueCase.of("TIME", "TIME" + size, times(digits)).keyed());
            cases.add(ValueCase.of("DATETIME", "DATETIME" + size, datetimes(digits)).keyed());
            cases.add(ValueCase.of("TIMESTAMP", "TIMESTAMP" + size, timestamps(digits)).with(MODE.formatted("+00:00")));
            cases.add(ValueCase.of("TIMESTAMP", "TIMESTAMP" + size, instants(digits)).with(MODE.formatted("-11:30")).keyed());
            for (String zone : Zones.NAMES) {
                cases.add(ValueCase.of("TIMESTAMP", "TIMESTAMP" + size, instants(digits)).with(MODE.formatted(zone)));
            }
        }
        return cases;
    }

    private static List<String> fractions(int digits) {
        return digits == 0 ? List.of("") : List.of("", "." + "9".repeat(digits), "." + "0".repeat(digits - 1) + "1",
                "." + "123456".substring(0, digits));
    }

    private static List<String> times(int digits) {
        List<String> values = new ArrayList<>();
        for (String clock : List.of("00:00:00", "00:00:01", "12:34:56", "23:59:59", "24:00:00", "99:59:59", "100:00:00", "837:59:59")) {
            fractions(digits).forEach(f -> values.addAll(List.of("'" + clock + f + "'", "'-" + clock + f + "'")));
        }
        values.addAll(List.of("'838:59:59'", "'-838:59:59'"));
        return values;
    }

    private static List<String> datetimes(int digits) {
        List<String> values = new ArrayList<>();
        DATES.forEach(date -> values.add("'" + date + " 00:00:00'"));
        for (String at : List.of("2020-02-31 23:59:59", "9999-12-31 23:59:59", "0000-00-01 00:00:01", "1970-01-01 00:00:00",
                "2024-03-31 02:30:00")) {
            fractions(digits).forEach(f -> values.add("'" + at + f + "'"));
        }
        return values;
    }

    private static List<String> timestamps(int digits) {
        List<String> values = new ArrayList<>(List.of("'0000-00-00 00:00:00'"));
        for (String at : List.of("1970-01-01 00:00:01", "2000-02-29 23:59:59", "2024-03-31 01:30:00", "2024-12-31 23:59:59",
                "2038-01-19 03:14:07")) {
            fractions(digits).forEach(f -> values.add("'" + at + f + "'"));
        }
        return values;
    }

    /** Each second is one instant whatever the session's zone: around summer time's begin and end, and the limits. */
    private static List<String> instants(int digits) {
        List<String> values = new ArrayList<>(List.of("'0000-00-00 00:00:00'"));
        IntStream.of(1, 86_399, 951_868_799, 1_711_846_799, 1_711_846_800, 1_729_987_199, 1_729_987_200, 1_729_990_799, 1_729_990_800,
                1_540_695_600, 1_712_415_600, 1_728_140_400, Integer.MAX_VALUE).forEach(s ->
                fractions(digits).stream().skip(digits == 0 ? 0 : 1).limit(1).forEach(f -> values.add("FROM_UNIXTIME(" + s + f + ")")));
        values.add("'2024-06-15 12:00:00'");
        return values;
    }
}
