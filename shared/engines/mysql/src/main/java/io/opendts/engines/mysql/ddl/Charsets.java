package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.ServerVersion;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a server takes a character set to mean where a statement says no more: dev.mysql.com "Supported Character Sets and
 * Collations", mariadb.com the same. Pure.
 */
final class Charsets {

    private static final int MARIADB_UCA = 110500;

    private static final Map<String, String> LANGUAGES = Map.ofEntries(Map.entry("big5", "chinese"), Map.entry("dec8", "swedish"),
            Map.entry("hp8", "english"), Map.entry("latin1", "swedish"), Map.entry("swe7", "swedish"), Map.entry("ujis", "japanese"),
            Map.entry("sjis", "japanese"), Map.entry("tis620", "thai"), Map.entry("euckr", "korean"), Map.entry("gb2312", "chinese"),
            Map.entry("gbk", "chinese"), Map.entry("latin5", "turkish"), Map.entry("cp932", "japanese"), Map.entry("eucjpms", "japanese"),
            Map.entry("gb18030", "chinese"));
    private static final Map<String, Integer> BYTES = Map.ofEntries(Map.entry("big5", 2), Map.entry("ujis", 3), Map.entry("sjis", 2),
            Map.entry("euckr", 2), Map.entry("gb2312", 2), Map.entry("gbk", 2), Map.entry("utf8", 3), Map.entry("utf8mb3", 3),
            Map.entry("ucs2", 2), Map.entry("utf8mb4", 4), Map.entry("utf16", 4), Map.entry("utf16le", 4), Map.entry("utf32", 4),
            Map.entry("cp932", 2), Map.entry("eucjpms", 3), Map.entry("gb18030", 4));

    private Charsets() {}

    static String defaultCollation(String charset, ServerVersion server) {
        String name = charset.toLowerCase(Locale.ROOT);
        if (name.equals("binary")) {
            return name;
        }
        if (name.equals("utf8mb4") && server.mySqlFrom(80000)) {
            return "utf8mb4_0900_ai_ci";
        }
        boolean unicode = name.startsWith("ut") || name.equals("ucs2");
        if (unicode && server.mariaDbFrom(MARIADB_UCA)) {
            return name + "_uca1400_ai_ci";
        }
        return name + "_" + LANGUAGES.getOrDefault(name, "general") + "_ci";
    }

    /** Empty for a name without one, as MariaDB has them: {@code uca1400_ai_ci}. */
    static Optional<String> ofCollation(String collation) {
        String name = collation.toLowerCase(Locale.ROOT);
        int end = name.indexOf('_');
        String charset = end < 0 ? name : name.substring(0, end);
        return charset.equals("uca1400") ? Optional.empty() : Optional.of(charset);
    }

    /** Of one character, at most. */
    static int bytes(String charset) {
        return BYTES.getOrDefault(charset.toLowerCase(Locale.ROOT), 1);
    }
}
