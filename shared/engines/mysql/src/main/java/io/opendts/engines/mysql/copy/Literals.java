package io.opendts.engines.mysql.copy;

import io.opendts.engines.mysql.wire.SqlBytes;
import io.opendts.model.Column;
import io.opendts.model.ColumnKind;
import java.nio.charset.StandardCharsets;

/**
 * Canonical values (see {@link ColumnKind}) as SQL. Pure. Proved on MySQL 5.7, 8.0, 9.7 and MariaDB 10.11, 11.4:
 *
 * <ul>
 * <li>{@code _binary'...'} is stored byte for byte in columns of any character set (UCS-2 and UTF-16 too), BIT, ENUM, SET,
 *     GEOMETRY and VECTOR; UUID and INET turn it into NULL with a warning, JSON refuses it: those take plain text.</li>
 * <li>In a comparison a text literal carries the column's own character set, so that the column's collation and index decide.</li>
 * <li>A FLOAT is written as the exact double that it is: the servers refuse 3.4028235E38, the shortest text of the largest
 *     float, as out of range, and rounding twice could miss. Quoted, since unquoted -0.0 is a decimal without a sign.</li>
 * </ul>
 */
public final class Literals {

    private Literals() {
    }

    /** As a value to be stored. */
    public static void storable(SqlBytes sql, Column column, byte[] bytes, int offset, int length) {
        switch (column.kind()) {
            case INTEGER, DECIMAL, YEAR -> sql.raw(bytes, offset, length);
            case FLOAT -> quoted(sql, floatText(bytes, offset, length));
            case DOUBLE, DATE, TIME, DATETIME, TIMESTAMP -> plain(sql, bytes, offset, length);
            case JSON, UUID, INET -> sql.textLiteral(bytes, offset, length);
            case BIT, TEXT, BYTES, ENUM, SET, GEOMETRY, VECTOR -> sql.binaryLiteral(bytes, offset, length);
        }
    }

    /** As a value to be compared with its column by the column's own order. */
    public static void comparable(SqlBytes sql, Column column, byte[] bytes, int offset, int length) {
        switch (column.kind()) {
            case TEXT, ENUM, SET -> {
                column.charset().ifPresent(charset -> sql.raw('_').sql(introducer(charset)).raw(' '));
                sql.hexLiteral(bytes, offset, length);
            }
            case BYTES, GEOMETRY, VECTOR -> sql.hexLiteral(bytes, offset, length);
            case BIT -> sql.sql(unsigned(bytes, offset, length));
            case INTEGER, DECIMAL, YEAR, FLOAT, DOUBLE, DATE, TIME, DATETIME, TIMESTAMP, JSON, UUID, INET ->
                    storable(sql, column, bytes, offset, length);
        }
    }

    /** MySQL 5.7 does not know the name utf8mb3, MySQL 9 and MariaDB still know utf8. */
    private static String introducer(String charset) {
        if (!charset.matches("\\w{1,32}")) {
            throw new IllegalArgumentException("charset name " + charset);
        }
        return charset.equals("utf8mb3") ? "utf8" : charset;
    }

    /** The double that a FLOAT's shortest text stands for. */
    public static String floatText(byte[] bytes, int offset, int length) {
        return Double.toString(Float.parseFloat(new String(bytes, offset, length, StandardCharsets.US_ASCII)));
    }

    private static String unsigned(byte[] bytes, int offset, int length) {
        return new java.math.BigInteger(1, bytes, offset, length).toString();
    }

    private static void plain(SqlBytes sql, byte[] bytes, int offset, int length) {
        sql.raw('\'').raw(bytes, offset, length).raw('\'');
    }

    private static void quoted(SqlBytes sql, String text) {
        sql.raw('\'').sql(text).raw('\'');
    }
}
