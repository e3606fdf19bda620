package io.opendts.engines.mysql.log;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** The JDK's names of the character sets that clients write statements in. */
final class LogCharsets {

    private LogCharsets() {}

    /**
     * The character set that a client wrote a statement in.
     *
     * @param collation id as in information_schema.collations; 0 when the event names none
     */
    static Charset ofClient(int collation) {
        return switch (collation) {
            case 5, 8, 15, 31, 47, 48, 49, 94 -> Charset.forName("windows-1252");
            case 1, 84 -> Charset.forName("Big5");
            case 28, 87 -> Charset.forName("GBK");
            case 24, 86 -> Charset.forName("GB2312");
            case 248, 249, 250 -> Charset.forName("GB18030");
            case 13, 88 -> Charset.forName("Shift_JIS");
            case 95, 96 -> Charset.forName("windows-31j");
            case 14, 23, 50, 51, 52 -> Charset.forName("windows-1251");
            case 7, 74 -> Charset.forName("KOI8-R");
            default -> StandardCharsets.UTF_8;
        };
    }
}
