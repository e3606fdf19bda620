package io.opendts.engines.mysql.apply;

import io.opendts.engines.mysql.wire.MySqlConnection;

/** How large statements of many rows are made: larger ones gain nothing, smaller ones cost round trips. */
final class StatementLimit {

    static final int MAX_STATEMENT_BYTES = 1 << 20;

    private StatementLimit() {
    }

    /** A row that is larger on its own still goes, as a statement of one row, as far as the server's limit allows. */
    static int bytes(MySqlConnection connection) {
        long packet = Long.parseLong(connection.query("SELECT @@max_allowed_packet").text(0, 0));
        return (int) Math.min(MAX_STATEMENT_BYTES, packet / 2);
    }
}
