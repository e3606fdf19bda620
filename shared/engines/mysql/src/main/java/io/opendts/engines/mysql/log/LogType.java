package io.opendts.engines.mysql.log;

/** The column types that a table map can name, MariaDB's own included (140, 141). Source: enum_field_types of both servers. */
enum LogType {
    UNKNOWN(-1), DECIMAL(0), TINY(1), SHORT(2), LONG(3), FLOAT(4), DOUBLE(5), NULL(6), TIMESTAMP(7), LONGLONG(8), INT24(9),
    DATE(10), TIME(11), DATETIME(12), YEAR(13), NEWDATE(14), VARCHAR(15), BIT(16), TIMESTAMP2(17), DATETIME2(18), TIME2(19),
    TYPED_ARRAY(20), BLOB_COMPRESSED(140), VARCHAR_COMPRESSED(141), VECTOR(242), JSON(245), NEWDECIMAL(246), ENUM(247), SET(248),
    TINY_BLOB(249), MEDIUM_BLOB(250), LONG_BLOB(251), BLOB(252), VAR_STRING(253), STRING(254), GEOMETRY(255);

    private static final LogType[] BY_NUMBER = new LogType[256];

    static {
        for (LogType type : values()) {
            if (type.number >= 0) {
                BY_NUMBER[type.number] = type;
            }
        }
    }

    private final int number;

    LogType(int number) {
        this.number = number;
    }

    static LogType of(int number) {
        LogType type = BY_NUMBER[number & 0xFF];
        return type == null ? UNKNOWN : type;
    }
}
