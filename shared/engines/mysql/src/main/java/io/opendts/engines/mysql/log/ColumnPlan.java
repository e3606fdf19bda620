package io.opendts.engines.mysql.log;

import io.opendts.model.Column;
import io.opendts.model.ColumnKind;
import io.opendts.model.TableId;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How one column's values are read.
 *
 * @param meta   as in {@link TableMap}
 * @param width  characters that ZEROFILL pads to; 0 for none
 * @param labels of ENUM and SET in the column's charset; null for one that the catalog does not show whole
 * @param comma  between the labels of a SET, in the column's charset
 */
record ColumnPlan(Form form, LogType type, int meta, boolean unsigned, int width, byte[][] labels, byte[] comma, String name,
        TableId table) {

    /** Ways to print a value; one for each pair of log type and column kind that differ in it. */
    enum Form {
        TINY, SHORT, INT24, LONG, LONGLONG, DECIMAL, FLOAT, DOUBLE, BIT, YEAR, DATE, TIME2, DATETIME2, TIMESTAMP2, TIME_OLD,
        DATETIME_OLD, TIMESTAMP_OLD, BYTES, PADDED_BYTES, ENUM, SET, BLOB, JSON, UUID, INET6, INET4, COMPRESSED_BYTES,
        COMPRESSED_BLOB, SKIPPED
    }

    /** The catalogs of the servers show a label's characters of four bytes as question marks: such a label is not known. */
    private static final Set<String> FOUR_BYTE_SETS = Set.of("utf8mb4", "utf16", "utf16le", "utf32", "gb18030");
    private static final Pattern WIDTH = Pattern.compile("\\((\\d+)(?:,(\\d+))?\\)");

    static ColumnPlan skipped(LogType type, int meta) {
        return new ColumnPlan(Form.SKIPPED, type, meta, false, 0, null, null, "", null);
    }

    static ColumnPlan of(LogType type, int meta, Column column, Labels encoder, TableId table) {
        boolean labelled = column.kind() == ColumnKind.ENUM || column.kind() == ColumnKind.SET;
        String charset = column.charset().orElse("utf8mb4");
        byte[][] labels = labelled ? encoder.of(charset, column.labels()) : null;
        boolean clipped = labelled && FOUR_BYTE_SETS.contains(charset);
        for (int i = 0; clipped && i < labels.length; i++) {
            labels[i] = column.labels().get(i).contains("?") ? null : labels[i];
        }
        byte[] comma = labelled ? encoder.of(charset, List.of(","))[0] : null;
        return new ColumnPlan(form(type, column, table), type, meta, column.unsigned(), width(column), labels, comma, column.name(), table);
    }

    private static Form form(LogType type, Column column, TableId table) {
        return switch (type) {
            case TINY -> Form.TINY;
            case SHORT -> Form.SHORT;
            case INT24 -> Form.INT24;
            case LONG -> Form.LONG;
            case LONGLONG -> Form.LONGLONG;
            case NEWDECIMAL -> Form.DECIMAL;
            case FLOAT -> Form.FLOAT;
            case DOUBLE -> Form.DOUBLE;
            case BIT -> Form.BIT;
            case YEAR -> Form.YEAR;
            case DATE, NEWDATE -> Form.DATE;
            case TIME2 -> Form.TIME2;
            case DATETIME2 -> Form.DATETIME2;
            case TIMESTAMP2 -> Form.TIMESTAMP2;
            case TIME, DATETIME, TIMESTAMP -> old(type, column, table);
            case VARCHAR, VAR_STRING -> Form.BYTES;
            case STRING -> string(column);
            case ENUM -> Form.ENUM;
            case SET -> Form.SET;
            case BLOB, TINY_BLOB, MEDIUM_BLOB, LONG_BLOB, GEOMETRY, VECTOR -> Form.BLOB;
            case JSON -> Form.JSON;
            case VARCHAR_COMPRESSED -> Form.COMPRESSED_BYTES;
            case BLOB_COMPRESSED -> Form.COMPRESSED_BLOB;
            case UNKNOWN, DECIMAL, NULL, TYPED_ARRAY -> throw LogErrors.unknownType(table, column.name(),
                    "type " + column.nativeType() + " (" + type.name() + " in the log)");
        };
    }

    /** The forms from before MySQL 5.6. Those with a fraction are MariaDB's own, and the log does not say how long they are. */
    private static Form old(LogType type, Column column, TableId table) {
        if (column.scale() > 0) {
            throw LogErrors.unknownType(table, column.name(), "the old storage form of " + column.nativeType()
                    + " (mysql56_temporal_format=OFF; ALTER TABLE ... FORCE with it ON converts the table)");
        }
        return type == LogType.TIME ? Form.TIME_OLD : type == LogType.DATETIME ? Form.DATETIME_OLD : Form.TIMESTAMP_OLD;
    }

    private static Form string(Column column) {
        return switch (column.kind()) {
            case BYTES -> Form.PADDED_BYTES;
            case UUID -> Form.UUID;
            case INET -> column.nativeType().toLowerCase(Locale.ROOT).startsWith("inet6") ? Form.INET6 : Form.INET4;
            case INTEGER, DECIMAL, FLOAT, DOUBLE, BIT, TEXT, DATE, TIME, DATETIME, TIMESTAMP, YEAR, ENUM, SET, JSON, GEOMETRY, VECTOR ->
                Form.BYTES;
        };
    }

    private static int width(Column column) {
        Matcher m = WIDTH.matcher(column.nativeType());
        boolean pads = column.nativeType().toLowerCase(Locale.ROOT).contains("zerofill") && m.find();
        if (!pads) {
            return 0;
        }
        int digits = Integer.parseInt(m.group(1));
        boolean point = column.kind() == ColumnKind.DECIMAL && m.group(2) != null && !m.group(2).equals("0");
        return point ? digits + 1 : digits;
    }
}
