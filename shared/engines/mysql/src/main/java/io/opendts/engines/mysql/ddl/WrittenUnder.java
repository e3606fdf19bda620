package io.opendts.engines.mysql.ddl;

/**
 * What a statement's words mean by the session that it was written in, as far as a log tells it.
 *
 * @param database the default one; empty for none
 * @param sqlMode  as bits: dev.mysql.com "Server SQL Modes", mariadb.com "Query event" (Q_SQL_MODE_CODE)
 */
public record WrittenUnder(String database, long sqlMode) {

    private static final long REAL_AS_FLOAT = 0x1;
    private static final long PIPES_AS_CONCAT = 0x2;
    private static final long ANSI_QUOTES = 0x4;
    private static final long ORACLE = 0x200;
    private static final long MAXDB = 0x1000;
    private static final long NO_BACKSLASH_ESCAPES = 0x10_0000;
    private static final long HIGH_NOT_PRECEDENCE = 0x2000_0000;

    /** As far as quotes go. */
    static WrittenUnder of(String database, boolean ansiQuotes, boolean backslashEscapes) {
        return new WrittenUnder(database, (ansiQuotes ? ANSI_QUOTES : 0) | (backslashEscapes ? 0 : NO_BACKSLASH_ESCAPES));
    }

    boolean ansiQuotes() {
        return has(ANSI_QUOTES);
    }

    boolean backslashEscapes() {
        return !has(NO_BACKSLASH_ESCAPES);
    }

    boolean realIsFloat() {
        return has(REAL_AS_FLOAT);
    }

    boolean pipesJoin() {
        return has(PIPES_AS_CONCAT);
    }

    boolean notBindsFirst() {
        return has(HIGH_NOT_PRECEDENCE);
    }

    /** Whether names of types mean others than they mostly do: DATE and BLOB of Oracle, TIMESTAMP of MaxDB. */
    boolean otherTypes() {
        return has(ORACLE) || has(MAXDB);
    }

    private boolean has(long mode) {
        return (sqlMode & mode) != 0;
    }
}
