package io.opendts.engines.mysql.log;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** The JDK's names of the servers' character sets. */
final class LogCharsets {

    private LogCharsets() {}

    /** Empty for a character set that the JDK does not have. */
    static Optional<Charset> named(String server) {
        String java = switch (server.toLowerCase(Locale.ROOT)) {
            case "utf8mb4", "utf8mb3", "utf8" -> "UTF-8";
            case "latin1" -> "windows-1252";
            case "ascii" -> "US-ASCII";
            case "binary" -> "ISO-8859-1";
            case "latin2" -> "ISO-8859-2";
            case "latin5" -> "ISO-8859-9";
            case "latin7" -> "ISO-8859-13";
            case "greek" -> "ISO-8859-7";
            case "hebrew" -> "ISO-8859-8";
            case "tis620" -> "x-windows-874";
            case "cp1250" -> "windows-1250";
            case "cp1251" -> "windows-1251";
            case "cp1256" -> "windows-1256";
            case "cp1257" -> "windows-1257";
            case "cp850" -> "IBM850";
            case "cp852" -> "IBM852";
            case "cp866" -> "IBM866";
            case "koi8r" -> "KOI8-R";
            case "koi8u" -> "KOI8-U";
            case "macroman" -> "x-MacRoman";
            case "macce" -> "x-MacCentralEurope";
            case "gbk" -> "GBK";
            case "gb2312" -> "GB2312";
            case "gb18030" -> "GB18030";
            case "big5" -> "Big5";
            case "sjis" -> "Shift_JIS";
            case "cp932" -> "windows-31j";
            case "ujis", "eucjpms" -> "EUC-JP";
            case "euckr" -> "EUC-KR";
            case "ucs2", "utf16" -> "UTF-16BE";
            case "utf16le" -> "UTF-16LE";
            case "utf32" -> "UTF-32BE";
            default -> "";
        };
        return java.isEmpty() || !Charset.isSupported(java) ? Optional.empty() : Optional.of(Charset.forName(java));
    }

    /** Whether even ASCII takes more than one byte. */
    static boolean isWide(String server) {
        return switch (server.toLowerCase(Locale.ROOT)) {
            case "ucs2", "utf16", "utf16le", "utf32" -> true;
            default -> false;
        };
    }

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
