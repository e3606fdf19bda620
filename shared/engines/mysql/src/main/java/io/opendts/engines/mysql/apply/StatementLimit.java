package io.opendts.engines.mysql.apply;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Relation;

/**
 * How large statements of many rows are made: larger ones gain nothing, smaller ones cost round trips. A row that is larger
 * on its own still goes, as a statement of one row, as far as the server's own limit allows.
 *
 * @param bytes       after which a statement takes no more rows
 * @param packetBytes max_allowed_packet of the target: it cuts the connection on a larger statement, and says nothing of the row
 */
record StatementLimit(int bytes, long packetBytes) {

    static final int MAX_STATEMENT_BYTES = 1 << 20;
    /** The command's byte, and a little that costs nobody anything. */
    private static final int HEADER_BYTES = 64;

    static StatementLimit of(MySqlConnection connection) {
        long packet = Long.parseLong(connection.query("SELECT @@max_allowed_packet").text(0, 0));
        return new StatementLimit((int) Math.min(MAX_STATEMENT_BYTES, packet / 2), packet);
    }

    /** @throws DtsException ROW_REFUSED for a statement that the target would not take */
    void check(int statementBytes, Relation relation) {
        if (statementBytes + HEADER_BYTES > packetBytes) {
            throw new DtsException(ErrorCode.ROW_REFUSED, "a row of " + relation.target() + " makes a statement of " + statementBytes
                    + " bytes, and the target's max_allowed_packet is " + packetBytes,
                    "run SET GLOBAL max_allowed_packet = 1073741824 on the target, and resume the task", null);
        }
    }
}
