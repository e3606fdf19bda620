package io.opendts.engines.mysql.apply;

import io.opendts.engines.mysql.wire.MySqlConnection;

/** What every session that writes rows is set to, beyond what {@link MySqlConnection} sets itself. */
final class WriteSession {

    /** Zero and invalid dates pass, a zero in an AUTO_INCREMENT column stays; damage is a warning, which is looked at. */
    static final String LENIENT = "NO_AUTO_VALUE_ON_ZERO,ALLOW_INVALID_DATES";
    /** As LENIENT, but damage is an error. It refuses one good value: the empty error value of an ENUM. */
    static final String STRICT = LENIENT + ",STRICT_ALL_TABLES";

    /** A target that takes its time with a large load or a long delete must not count as a lost one. */
    static final int ANSWER_MILLIS = 900_000;

    private WriteSession() {
    }

    /**
     * {@code unique_checks} stays on: with it off InnoDB may defer the check of secondary unique keys, and REPLACE would
     * leave two rows under one key. {@code @opendts} marks our sessions for guarded triggers.
     */
    static void prepare(MySqlConnection connection, String sqlMode) {
        connection.readTimeoutMillis(ANSWER_MILLIS);
        connection.execute("SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED, READ WRITE");
        connection.execute("SET SESSION sql_mode='" + sqlMode + "',foreign_key_checks=0,@opendts=1,"
                + "/*!50708 max_execution_time=0,*/ /*M!100101 max_statement_time=0,*/ net_read_timeout=3600,wait_timeout=28800,"
                + "max_error_count=100");
    }
}
