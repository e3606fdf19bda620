package io.opendts.engines.mysql.values;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Characters and bytes, but for what is particular to a character set. */
final class StringCases {

    private static final String ESCAPES = "x'5c5c30275c6e0d0a091a00225c25'";
    private static final String LENIENT = "sql_mode=''";

    private StringCases() {
    }

    static List<ValueCase> all() {
        List<ValueCase> cases = new ArrayList<>();
        texts(cases);
        bytes(cases);
        labels(cases);
        return cases;
    }

    private static void texts(List<ValueCase> cases) {
        String[] texts = {"''", "' '", "'a'", "'a '", "'a  '", "' a'", "'\\t'", "'\\n'", "'A'", "'\\\\'", "'\\''", ESCAPES,
            "'\u00e4\u20ac\u4e2d\ud83d\ude00'", "'NULL'", "'\\\\N'", "'0'", "x'00'", "x'610020'", "'\u200b\ufeff\u0301'"};
        cases.add(ValueCase.of("CHAR", "CHAR(20)", texts).keyed());
        cases.add(ValueCase.of("CHAR", "CHAR(255)", texts));
        cases.add(ValueCase.of("CHAR", "CHAR(0)", "''"));
        cases.add(ValueCase.of("CHAR", "CHAR(20) COLLATE utf8mb4_bin", texts).keyed());
        cases.add(ValueCase.of("CHAR", "CHAR(20)", texts).with("sql_mode='PAD_CHAR_TO_FULL_LENGTH'"));
        cases.add(ValueCase.of("VARCHAR", "VARCHAR(20)", texts).keyed());
        cases.add(ValueCase.of("VARCHAR", "VARCHAR(20) COLLATE utf8mb4_bin", texts).keyed());
        cases.add(ValueCase.of("VARCHAR", "VARCHAR(0)", "''"));
        for (int size : List.of(63, 64, 255, 256, 1_000)) {
            cases.add(ValueCase.of("VARCHAR", "VARCHAR(" + size + ")", "REPEAT('\u4e2d'," + size + ")", "REPEAT('\ud83d\ude00'," + size
                    + ")", "REPEAT('a'," + size + ")", "'x'"));
        }
        cases.add(ValueCase.of("VARCHAR", "VARCHAR(16000)", "REPEAT('\u4e2d',16000)", "REPEAT(' ',16000)", "'x'").alone());
        for (String type : List.of("TINYTEXT", "TEXT", "MEDIUMTEXT", "LONGTEXT")) {
            cases.add(ValueCase.of("TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT", type, texts));
        }
        cases.add(ValueCase.of("TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT", "TINYTEXT", "REPEAT('a',255)", "REPEAT('\u00e4',127)"));
        cases.add(ValueCase.of("TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT", "TEXT", "REPEAT('a',65535)", "REPEAT('\u4e2d',21845)").alone());
        cases.add(ValueCase.of("TINYTEXT, TEXT, MEDIUMTEXT, LONGTEXT", "MEDIUMTEXT", "REPEAT('a',65536)", "REPEAT('\u4e2d',100000)",
                "REPEAT('t',600000)").alone());
    }

    private static void bytes(List<ValueCase> cases) {
        List<String> values = new ArrayList<>(List.of("''", "x'00'", "x'0000'", "x'6100'", "x'0061'", "x'20'", "x'6120'", "x'ff'", ESCAPES,
                "x'80ff41'", "x'c3'", "x'f09f98'", "'NULL'", "x'5c4e'"));
        for (int from = 0; from < 256; from += 16) {
            values.add("x'" + IntStream.range(from, from + 16).mapToObj("%02x"::formatted).collect(Collectors.joining()) + "'");
        }
        for (String type : List.of("BINARY(20)", "BINARY(255)")) {
            cases.add(ValueCase.of("BINARY", type, values));
        }
        cases.add(ValueCase.of("BINARY", "BINARY(16)", values).keyed());
        cases.add(ValueCase.of("BINARY", "BINARY(1)", "x'00'", "x'ff'", "''"));
        cases.add(ValueCase.of("BINARY", "BINARY(0)", "''"));
        cases.add(ValueCase.of("BINARY", "CHAR(20) CHARACTER SET binary", values));
        cases.add(ValueCase.of("VARBINARY", "VARBINARY(20)", values).keyed());
        cases.add(ValueCase.of("VARBINARY", "VARBINARY(300)", values));
        cases.add(ValueCase.of("VARBINARY", "VARBINARY(60000)", "REPEAT(x'00',60000)", "REPEAT(x'5c',60000)", "x'00'").alone());
        for (String type : List.of("TINYBLOB", "BLOB", "MEDIUMBLOB", "LONGBLOB")) {
            cases.add(ValueCase.of("TINYBLOB, BLOB, MEDIUMBLOB, LONGBLOB", type, values));
        }
        cases.add(ValueCase.of("TINYBLOB, BLOB, MEDIUMBLOB, LONGBLOB", "LONGBLOB", "REPEAT(x'0a5c09',100000)", "REPEAT(x'00',1048577)",
                "REPEAT(x'ff',65536)").alone());
    }

    private static void labels(List<ValueCase> cases) {
        cases.add(ValueCase.of("ENUM", "ENUM('a','b','it''s','c,d','\\\\','')", "'a'", "'it''s'", "'c,d'", "'\\\\'", "''", "2").keyed());
        cases.add(ValueCase.of("ENUM", "ENUM('a','b','A b')", "'a'", "'A b'", "3"));
        cases.add(ValueCase.of("ENUM, error value", "ENUM('a','b')", "'a'", "'wrong'", "0", "''", "'b'").with(LENIENT));
        cases.add(ValueCase.of("ENUM, error value", "ENUM('a','b') CHARACTER SET ucs2", "'a'", "'wrong'", "0", "''", "'b'").with(LENIENT));
        String many = IntStream.range(0, 300).mapToObj(i -> "'l" + i + "'").collect(Collectors.joining(","));
        cases.add(ValueCase.of("ENUM", "ENUM(" + many + ")", "1", "255", "256", "300", "'l299'"));
        cases.add(ValueCase.of("ENUM", "ENUM('0','1','2','3')", "'0'", "'1'", "'2'", "'3'", "1").keyed());
        cases.add(ValueCase.of("SET", "SET('a','b','c d','it''s','\\\\')", "''", "'a'", "'a,c d'", "'it''s,\\\\'", "31").keyed());
        String members = IntStream.range(0, 64).mapToObj(i -> "'m" + i + "'").collect(Collectors.joining(","));
        cases.add(ValueCase.of("SET", "SET(" + members + ")", "0", "1", "18446744073709551615", "9223372036854775808",
                "11936128518282651045",
                "'m63,m0'", "3"));
        cases.add(ValueCase.of("SET", "SET('0','1','2','3')", "'0'", "'1'", "'1,2'", "3", "15"));
        cases.add(ValueCase.of("SET", "SET('x','','z')", "''", "'x'", "1", "3", "4", "7"));
    }
}
