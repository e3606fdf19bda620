package io.opendts.engines.mysql.copy;

import io.opendts.engines.mysql.wire.MySqlConnection;

/** What every session that reads rows is set to, beyond what {@link MySqlConnection} sets itself. */
final class ReadSession {

    /**
     * A target slower than the source makes the server wait to send, so its patience is long; a chunk may take long, so limits
     * on statements are lifted. The modes let bounds such as '0000-00-00' be compared. MariaDB skips comments of 50708.
     */
    private static final String ISOLATION = "SET SESSION TRANSACTION ISOLATION LEVEL REPEATABLE READ";
    private static final String LIMITS = "SET SESSION /*!50708 max_execution_time=0,*/ /*M!100101 max_statement_time=0,*/ "
            + "net_write_timeout=3600,sql_mode='NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES',optimizer_switch='mrr=off'";

    /** Until the first row of a chunk: a filter or a checksum may look at many rows and say nothing. */
    private static final int ANSWER_MILLIS = 900_000;

    private ReadSession() {
    }

    static void prepare(MySqlConnection connection) {
        connection.readTimeoutMillis(ANSWER_MILLIS);
        connection.execute(ISOLATION);
        connection.execute(LIMITS);
    }
}
