package io.opendts.engines.mysql.filter;

import io.opendts.model.Column;

/** Columns that compare alike. */
enum TypeGroup {
    INTEGER, DECIMAL, BITS, YEAR, FLOATING, DATE, DATE_TIME, TIME, TEXT, BYTES, NONE;

    static TypeGroup of(Column column) {
        return switch (column.kind()) {
            case INTEGER -> INTEGER;
            case DECIMAL -> DECIMAL;
            case BIT -> BITS;
            case YEAR -> YEAR;
            case FLOAT, DOUBLE -> FLOATING;
            case DATE -> DATE;
            case DATETIME, TIMESTAMP -> DATE_TIME;
            case TIME -> TIME;
            case TEXT, ENUM, SET -> TEXT;
            case BYTES -> BYTES;
            case JSON, GEOMETRY, VECTOR, UUID, INET -> NONE;
        };
    }

    boolean exact() {
        return this == INTEGER || this == DECIMAL || this == BITS || this == YEAR;
    }
}
