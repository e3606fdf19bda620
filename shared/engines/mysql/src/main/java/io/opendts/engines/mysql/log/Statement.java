package io.opendts.engines.mysql.log;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a statement in the log is good for, told by its first words. Pure. */
enum Statement {
    BEGIN, COMMIT, ROLLBACK, ROLLBACK_TO, SAVEPOINT, XA_START, XA_END, XA_COMMIT, XA_ROLLBACK, SCHEMA_CHANGE, ROWS_AS_TEXT, HARMLESS;

    private static final int SHOWN_CHARS = 60;
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]+|.", Pattern.DOTALL);
    private static final Pattern LITERAL = Pattern.compile("'(?:[^'\\\\]|\\\\.|'')*'?|\"(?:[^\"\\\\]|\\\\.|\"\")*\"?|\\b(?:0x)?\\d[\\w.]*",
            Pattern.DOTALL);
    private static final List<String> NO_SCHEMA = List.of("USER", "ROLE", "SERVER", "TABLESPACE", "UNDO", "LOGFILE", "RESOURCE",
            "SPATIAL_REFERENCE", "INSTANCE", "TEMPORARY", "LIBRARY", "PREPARE");

    static Statement of(String sql) {
        Words words = new Words(sql);
        String first = words.next();
        return switch (first) {
            case "BEGIN" -> BEGIN;
            case "START" -> BEGIN;
            case "COMMIT" -> COMMIT;
            case "ROLLBACK" -> words.next().equals("TO") ? ROLLBACK_TO : ROLLBACK;
            case "SAVEPOINT", "RELEASE" -> SAVEPOINT;
            case "XA" -> xa(words.next());
            case "CREATE", "ALTER", "DROP", "RENAME", "TRUNCATE" -> schema(words);
            case "GRANT", "REVOKE", "FLUSH", "ANALYZE", "OPTIMIZE", "REPAIR", "CHECK", "SET", "USE", "INSTALL", "UNINSTALL", "RESET",
                    "PURGE", "KILL", "CHANGE", "LOCK", "UNLOCK", "CACHE", "" -> HARMLESS;
            default -> ROWS_AS_TEXT;
        };
    }

    private static Statement xa(String second) {
        return switch (second) {
            case "START", "BEGIN" -> XA_START;
            case "COMMIT" -> XA_COMMIT;
            case "ROLLBACK" -> XA_ROLLBACK;
            default -> XA_END;
        };
    }

    private static Statement schema(Words words) {
        String word = words.next();
        while (word.equals("OR") || word.equals("REPLACE")) {
            word = words.next();
        }
        boolean spatialSystem = word.equals("SPATIAL") && words.next().equals("REFERENCE");
        return NO_SCHEMA.contains(word) || spatialSystem ? HARMLESS : SCHEMA_CHANGE;
    }

    /** Whether one of the databases is the default or is named in the text: rather once too often than once too few. */
    static boolean touches(String sql, String defaultDatabase, List<String> databases) {
        String lower = sql.toLowerCase(Locale.ROOT);
        return databases.stream().anyMatch(d -> d.equalsIgnoreCase(defaultDatabase) || lower.contains(d.toLowerCase(Locale.ROOT)));
    }

    /** The statement's beginning without the values in it. */
    static String shown(String sql) {
        String head = sql.length() > 4 * SHOWN_CHARS ? sql.substring(0, 4 * SHOWN_CHARS) : sql;
        String bare = LITERAL.matcher(head).replaceAll("?").replaceAll("\\s+", " ").strip();
        return bare.length() > SHOWN_CHARS ? bare.substring(0, SHOWN_CHARS) + "..." : bare;
    }

    /** Upper-case words; comments are jumped over, executable comments are read as their content. */
    private static final class Words {
        private final String sql;
        private int at;

        Words(String sql) {
            this.sql = sql;
        }

        String next() {
            skipBlanks();
            if (at >= sql.length()) {
                return "";
            }
            Matcher m = WORD.matcher(sql).region(at, sql.length());
            m.lookingAt();
            at = m.end();
            return m.group().toUpperCase(Locale.ROOT);
        }

        private void skipBlanks() {
            while (at < sql.length()) {
                if (Character.isWhitespace(sql.charAt(at)) || sql.charAt(at) == '(' || sql.startsWith("*/", at)) {
                    at += sql.startsWith("*/", at) ? 2 : 1;
                } else if (sql.startsWith("/*!", at) || sql.startsWith("/*M!", at)) {
                    at = sql.indexOf('!', at) + 1;
                    while (at < sql.length() && Character.isDigit(sql.charAt(at))) {
                        at++;
                    }
                } else if (sql.startsWith("/*", at)) {
                    int close = sql.indexOf("*/", at + 2);
                    at = close < 0 ? sql.length() : close + 2;
                } else if (sql.charAt(at) == '#' || sql.startsWith("-- ", at)) {
                    int line = sql.indexOf('\n', at);
                    at = line < 0 ? sql.length() : line + 1;
                } else {
                    return;
                }
            }
        }
    }
}
