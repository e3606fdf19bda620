package io.opendts.engines.mysql.log;

import io.opendts.engines.mysql.schema.SchemaStatement;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/**
 * A statement in the log.
 *
 * @param database the default one it ran in; may be empty
 * @param sql      without the settings that MariaDB logs in front of one
 */
record QueryEvent(String database, String sql, Session session) {

    private static final long MODE_ANSI_QUOTES = 0x4;
    private static final long MODE_NO_BACKSLASH_ESCAPES = 0x10_0000;

    private static final int STATUS_FLAGS2 = 0;
    private static final int STATUS_SQL_MODE = 1;
    private static final int STATUS_CATALOG = 2;
    private static final int STATUS_AUTO_INCREMENT = 3;
    private static final int STATUS_CHARSET = 4;
    private static final int STATUS_CATALOG_NZ = 6;

    /** @param extraHeader bytes between the common post-header and the status variables (EXECUTE_LOAD_QUERY) */
    static QueryEvent read(Bytes in, int extraHeader, Inflation compressed) {
        in.skip(8);
        int databaseLength = in.u8();
        in.skip(2);
        int statusLength = in.u16();
        in.skip(extraHeader);
        int statusEnd = in.at + in.length(statusLength);
        Session session = Session.read(in, statusEnd);
        Charset charset = LogCharsets.ofClient(session.clientCollation);
        in.at = statusEnd;
        String database = in.text(databaseLength, StandardCharsets.UTF_8);
        in.skip(1);
        try {
            String sql = compressed == null ? in.text(in.left(), charset)
                    : new String(compressed.event(in.array, in.at, in.end), charset);
            String bare = SchemaStatement.withoutSettings(sql, session.ansiQuotes(), session.backslashEscapes());
            return new QueryEvent(database, bare, session);
        } catch (java.util.zip.DataFormatException e) {
            throw new IndexOutOfBoundsException("compressed statement: " + e.getMessage());
        }
    }

    /** Whether the statement is BEGIN, which half of all statements are, told without making text. */
    static boolean isBegin(Bytes in) {
        byte[] b = in.array;
        int sql = in.at + 13 + (b[in.at + 11] & 0xFF | (b[in.at + 12] & 0xFF) << 8) + (b[in.at + 8] & 0xFF) + 1;
        return in.end - sql == 5 && b[sql] == 'B' && b[sql + 1] == 'E' && b[sql + 2] == 'G' && b[sql + 3] == 'I' && b[sql + 4] == 'N';
    }

    /** What its session was set to; zeros where the log does not say. */
    record Session(long sqlMode, int clientCollation) {

        boolean ansiQuotes() {
            return (sqlMode & MODE_ANSI_QUOTES) != 0;
        }

        boolean backslashEscapes() {
            return (sqlMode & MODE_NO_BACKSLASH_ESCAPES) == 0;
        }

        /** Status variables have no common length; the charset comes behind these few, and nothing behind it is needed. */
        static Session read(Bytes in, int end) {
            long sqlMode = 0;
            while (in.at < end) {
                switch (in.u8()) {
                    case STATUS_FLAGS2, STATUS_AUTO_INCREMENT -> in.skip(4);
                    case STATUS_SQL_MODE -> sqlMode = in.i64();
                    case STATUS_CATALOG -> in.skip(in.u8() + 1L);
                    case STATUS_CATALOG_NZ -> in.skip(in.u8());
                    case STATUS_CHARSET -> {
                        return new Session(sqlMode, in.u16());
                    }
                    default -> {
                        return new Session(sqlMode, 0);
                    }
                }
            }
            return new Session(sqlMode, 0);
        }
    }

    SchemaStatement schemaStatement() {
        return SchemaStatement.read(sql, database, session.ansiQuotes(), session.backslashEscapes());
    }
}
