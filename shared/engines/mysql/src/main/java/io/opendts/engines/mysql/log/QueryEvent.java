package io.opendts.engines.mysql.log;

import io.opendts.engines.mysql.ddl.StatementParts;
import io.opendts.engines.mysql.schema.SchemaStatement;
import io.opendts.model.Change;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A statement in the log.
 *
 * @param database the default one it ran in; may be empty
 * @param sql      without the settings that MariaDB logs in front of one
 */
record QueryEvent(String database, String sql, StatementSession session) {



    /** @param extraHeader bytes between the common post-header and the status variables (EXECUTE_LOAD_QUERY) */
    static QueryEvent read(Bytes in, int extraHeader, Inflation compressed) {
        in.skip(8);
        int databaseLength = in.u8();
        in.skip(2);
        int statusLength = in.u16();
        in.skip(extraHeader);
        int statusEnd = in.at + in.length(statusLength);
        StatementSession session = StatementSession.read(in, statusEnd);
        Charset charset = LogCharsets.ofClient(session.clientCollation());
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

    /** @param read of this statement */
    List<Change.Touched> parts(SchemaStatement read) {
        return StatementParts.of(sql, database, session.ansiQuotes(), session.backslashEscapes(), read.tables());
    }

    SchemaStatement schemaStatement() {
        return SchemaStatement.read(sql, database, session.ansiQuotes(), session.backslashEscapes());
    }
}
