package io.opendts.engines.mysql.wire;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server's word that a statement is done.
 *
 * @param info        as the server says it, e.g. {@code Records: 3  Duplicates: 1  Warnings: 0}; empty when it says nothing
 * @param statusFlags bits of the SERVER_STATUS_ family after the statement
 */
public record OkResult(long affectedRows, long lastInsertId, int warnings, String info, int statusFlags) {

    static final int MORE_RESULTS = 0x0008;
    private static final int IN_TRANSACTION = 0x0001;
    private static final int NO_BACKSLASH_ESCAPES = 0x0200;
    private static final Pattern NUMBER_OF = Pattern.compile("(\\w+): (\\d+)");

    public boolean inTransaction() {
        return (statusFlags & IN_TRANSACTION) != 0;
    }

    /** Literals of {@link SqlBytes} are wrong while this holds: the session's sql_mode was changed. */
    public boolean noBackslashEscapes() {
        return (statusFlags & NO_BACKSLASH_ESCAPES) != 0;
    }

    /** A number of the info text by its name (Records, Deleted, Skipped, Duplicates, Warnings, Changed), or -1. */
    public long infoNumber(String name) {
        Matcher matcher = NUMBER_OF.matcher(info);
        while (matcher.find()) {
            if (matcher.group(1).equals(name)) {
                return Long.parseLong(matcher.group(2));
            }
        }
        return -1;
    }

    boolean moreResults() {
        return (statusFlags & MORE_RESULTS) != 0;
    }
}
