package io.opendts.engines.mysql.values;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** TYPES.md, from the catalogue of values: every line of it is what {@link ValuesTest} proves. Pure. */
final class TypesPage {

    private static final String EXACT = "exact";

    /** How a type is carried where it is not simply exact, by the beginning of its name. */
    private static final Map<String, String> HOW = new LinkedHashMap<>();

    static {
        HOW.put("FLOAT", "exact, every bit: subnormals, -0, the largest");
        HOW.put("DOUBLE", "exact, every bit: subnormals, -0, the largest");
        HOW.put("DECIMAL, scale 31", "exact into MariaDB; MySQL has 30 digits behind the point at most: DTS-3106 before the task starts");
        HOW.put("DATE", "exact: year 0000, zero, partial and invalid dates");
        HOW.put("TIMESTAMP", "exact instant, whatever the time zones of sessions, servers and processes; "
                + "in the hour that summer time repeats too");
        HOW.put("TIME", "exact: beyond 24 hours, negative, fractions of 0 - 6 digits");
        HOW.put("CHAR", "exact; the server itself does not store trailing spaces; PAD_CHAR_TO_FULL_LENGTH makes no difference");
        HOW.put("BINARY", "exact, trailing zero bytes too");
        HOW.put("ENUM, error value", "exact: label number 0 stays number 0 "
                + "(where the list has an empty label of its own, it becomes that one)");
        HOW.put("ENUM", "exact, by label; a label with a character of four bytes is printed as ? by the source's own catalog: "
                + "DTS-3202 in the copy, DTS-4001 in the log");
        HOW.put("SET", "exact, by labels (a set of the empty label alone becomes the empty set)");
        HOW.put("JSON (MySQL), nested", "exact into MySQL; MariaDB's own check of JSON refuses them: DTS-3202 with the table");
        HOW.put("JSON (MySQL), doubles", "exact, every bit, also on MySQL 5.7 and 8.0, which read some such texts wrong; "
                + "MySQL 5.7 prints 1.0 as 1, so a whole double leaves it as an integer");
        HOW.put("JSON (MySQL), -0.0", "exact; MySQL 5.7 prints it as -0, so it leaves that server as the integer 0");
        HOW.put("JSON (MySQL), decimals", "exact decimals (one that prints as a double would, as 1.5 does, becomes that double); "
                + "MariaDB: text");
        HOW.put("JSON (MySQL), dates", "by their text: dates, times and binary inside a document become strings of the same characters");
        HOW.put("JSON (MySQL)", "MySQL: the same document; MariaDB: the text that MySQL prints");
        HOW.put("JSON (MariaDB)", "the text as it was given, duplicate keys and spaces too; on MySQL in LONGTEXT with CHECK (json_valid)");
        HOW.put("spatial column", "exact; MySQL 5.7 has no SRID of columns: left out, with a note; MariaDB: REF_SYSTEM_ID");
        HOW.put("UUID", "MariaDB: exact; MySQL: CHAR(36), the same text");
        HOW.put("INET4", "MariaDB: exact; MySQL: VARCHAR(15), the same text");
        HOW.put("INET6", "MariaDB: exact; MySQL: VARCHAR(39), the same text");
        HOW.put("compressed", "exact; MySQL: not compressed, with a note");
        HOW.put("VECTOR", "exact, every bit; other targets: DTS-3106 before the task starts");
        HOW.put("character set gb18030", "exact; MariaDB lacks it: DTS-3106 before the task starts");
        HOW.put("character set", "exact, byte for byte, every character of the set; labels of ENUM and SET too");
    }

    private TypesPage() {
    }

    static String text(List<ValueCase> cases) {
        Map<String, List<ValueCase>> types = cases.stream().collect(Collectors.groupingBy(ValueCase::type, LinkedHashMap::new,
                Collectors.toList()));
        StringBuilder page = new StringBuilder("""
                # What arrives, and how

                Generated from the value suite (`ValuesTest`): each value is written on a real server, read by the full copy and by the log
                as an insert, an update and a delete, applied with a key, without a key and as part of a key, and compared with the
                source by the servers' own HEX and exact expressions. NULL is carried in all of them. Tested as source and target:
                MySQL 5.7, 8.0, 9.7, MariaDB 10.11, 11.4.

                A value that a target cannot hold stops the task with a code and the object's name; it is never changed in silence. Bytes
                that are invalid in their column's character set are such values on most servers (DTS-3202), and so are a TIMESTAMP after
                2038 and a row of the log that is larger, as a statement, than the target's max_allowed_packet (the full copy loads it).

                | type | sources | targets | values tested | how |
                |---|---|---|---|---|
                """);
        types.forEach((type, all) -> page.append("| ").append(type).append(" | ").append(each(all, true)).append(" | ")
                .append(each(all, false)).append(" | ").append(all.stream().mapToInt(c -> c.values().size() + 1).sum())
                .append(" in ").append(all.size())
                .append(all.size() == 1 ? " column" : " columns").append(" | ").append(how(type)).append(" |\n"));
        return page.append("\n").append(cases.stream().mapToInt(c -> c.values().size() + 1).sum()).append(" values in ")
                .append(cases.size()).append(" columns.\n").toString();
    }

    private static String each(List<ValueCase> cases, boolean source) {
        Set<String> names = new LinkedHashSet<>();
        cases.forEach(c -> names.add((source ? c.sources() : c.targets()).toString()));
        return names.contains("all") ? "all" : String.join("; ", names);
    }

    private static String how(String type) {
        return HOW.entrySet().stream().filter(e -> type.startsWith(e.getKey())).map(Map.Entry::getValue).findFirst().orElse(EXACT);
    }
}
