package io.opendts.engines.mysql.log;

/**
 * Every event type that MySQL (up to 9.x) and MariaDB (up to 11.x) can write into a binary log, with the number it has there.
 * Source: "Binlog Event Types" of MySQL's replication protocol documentation, and MariaDB's of the same name (160 and above).
 */
enum EventType {
    UNKNOWN(0), START_V3(1), QUERY(2), STOP(3), ROTATE(4), INTVAR(5), LOAD(6), SLAVE(7), CREATE_FILE(8), APPEND_BLOCK(9),
    EXEC_LOAD(10), DELETE_FILE(11), NEW_LOAD(12), RAND(13), USER_VAR(14), FORMAT_DESCRIPTION(15), XID(16),
    BEGIN_LOAD_QUERY(17), EXECUTE_LOAD_QUERY(18), TABLE_MAP(19), PRE_GA_WRITE_ROWS(20), PRE_GA_UPDATE_ROWS(21),
    PRE_GA_DELETE_ROWS(22), WRITE_ROWS_V1(23), UPDATE_ROWS_V1(24), DELETE_ROWS_V1(25), INCIDENT(26), HEARTBEAT(27),
    IGNORABLE(28), ROWS_QUERY(29), WRITE_ROWS(30), UPDATE_ROWS(31), DELETE_ROWS(32), GTID(33), ANONYMOUS_GTID(34),
    PREVIOUS_GTIDS(35), TRANSACTION_CONTEXT(36), VIEW_CHANGE(37), XA_PREPARE(38), PARTIAL_UPDATE_ROWS(39),
    TRANSACTION_PAYLOAD(40), HEARTBEAT_V2(41), GTID_TAGGED(42),
    ANNOTATE_ROWS(160), BINLOG_CHECKPOINT(161), MARIADB_GTID(162), GTID_LIST(163), START_ENCRYPTION(164),
    QUERY_COMPRESSED(165), WRITE_ROWS_COMPRESSED_V1(166), UPDATE_ROWS_COMPRESSED_V1(167), DELETE_ROWS_COMPRESSED_V1(168),
    WRITE_ROWS_COMPRESSED(169), UPDATE_ROWS_COMPRESSED(170), DELETE_ROWS_COMPRESSED(171);

    private static final EventType[] BY_NUMBER = new EventType[256];

    static {
        for (EventType type : values()) {
            BY_NUMBER[type.number] = type;
        }
    }

    private final int number;

    EventType(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }

    /** {@link #UNKNOWN} for a number that nobody has given a meaning so far. */
    static EventType of(int number) {
        EventType type = BY_NUMBER[number & 0xFF];
        return type == null ? UNKNOWN : type;
    }
}
