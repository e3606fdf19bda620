package io.opendts.engines.mysql.values;

import java.util.ArrayList;
import java.util.List;

/** Characters and bytes, but for what is particular to a character set. */
final class StringCases {

    private static final String ESCAPES = "x'5c5c30275c6e0d0a091a00225c25'";

    private StringCases() {
    }

    static List<ValueCase> all() {
        List<ValueCase> cases = new ArrayList<>();
        String[] texts = {"''", "' '", "'a'", "'a '", "'a  '", "' a'", "'\\t'", "'\\n'", "'A'", "'\\\\'", "'\\''", ESCAPES,
            "'\u00e4\u20ac\u4e2d\ud83d\ude00'", "'NULL'", "'\\\\N'", "'0'", "x'00'", "x'610020'", "'\u200b\ufeff\u0301'"};
        cases.add(ValueCase.of("CHAR", "CHAR(20)", texts).keyed());
        cases.add(ValueCase.of("CHAR", "CHAR(255)", texts));
        cases.add(ValueCase.of("CHAR", "CHAR(0)", "''"));
        cases.add(ValueCase.of("CHAR", "CHAR(20) COLLATE utf8mb4_bin", texts).keyed());
        cases.add(ValueCase.of("CHAR", "CHAR(20)", texts).with("sql_mode='PAD_CHAR_TO_FULL_LENGTH'").from(Servers.NOT_MYSQL_9));
        cases.add(ValueCase.of("VARCHAR", "VARCHAR(20)", texts).keyed());
        cases.add(ValueCase.of("VARCHAR", "VARCHAR(63)", "REPEAT('\u4e2d',63)", "REPEAT('\ud83d\ude00',63)", "REPEAT('a',63)"));
        cases.add(ValueCase.of("VARCHAR", "VARCHAR(64)", "REPEAT('\u4e2d',64)", "REPEAT('\ud83d\ude00',64)", "REPEAT('a',64)"));
        cases.add(ValueCase.of("VARCHAR", "VARCHAR(1000)", "REPEAT('\u4e2d',1000)", "REPEAT(' ',1000)", "'x'"));
        cases.add(ValueCase.of("VARCHAR", "VARCHAR(16000)", "REPEAT('\u4e2d',16000)", "REPEAT(' ',16000)", "'x'").alone());
        cases.add(ValueCase.of("TEXT", "TINYTEXT", texts));
        cases.add(ValueCase.of("TEXT", "TEXT", texts));
        cases.add(ValueCase.of("TEXT", "MEDIUMTEXT", texts));
        cases.add(ValueCase.of("TEXT", "LONGTEXT", texts));
        return cases;
    }
}
