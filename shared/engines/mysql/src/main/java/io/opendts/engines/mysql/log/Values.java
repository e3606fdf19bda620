package io.opendts.engines.mysql.log;

import io.opendts.model.RowBuilder;

/**
 * Reads one value of a row image and packs it in the form of {@link io.opendts.model.Row}. Reused for all values of a reader;
 * one thread. Source of the forms: "Rows event" of MySQL's replication protocol, {@code Field::pack} of both servers.
 */
final class Values {

    private final Text text = new Text();
    private final JsonText json = new JsonText();
    private final Inflation inflation = new Inflation();

    void mySql57(boolean value) {
        json.mySql57(value);
    }

    void read(ColumnPlan plan, Bytes in, RowBuilder out) {
        switch (plan.form()) {
            case TINY -> integer(plan, plan.unsigned() ? in.u8() : (byte) in.u8(), out);
            case SHORT -> integer(plan, plan.unsigned() ? in.u16() : (short) in.u16(), out);
            case INT24 -> integer(plan, plan.unsigned() ? in.u24() : in.u24() << 8 >> 8, out);
            case LONG -> integer(plan, plan.unsigned() ? in.u32() : in.i32(), out);
            case LONGLONG -> longlong(plan, in.i64(), out);
            case DECIMAL -> decimal(plan, in, out);
            case FLOAT -> out.addAscii(Float.toString(Float.intBitsToFloat(in.i32())));
            case DOUBLE -> out.addAscii(Double.toString(Double.longBitsToDouble(in.i64())));
            case BIT -> slice(in, ((plan.meta() >> 8) * 8 + (plan.meta() & 0xFF) + 7) / 8, out);
            case YEAR -> year(in.u8(), out);
            case DATE -> flush(Temporal.date(in.u24(), text.clear()), out);
            case TIME2 -> flush(Temporal.time(in, plan.meta(), text.clear()), out);
            case DATETIME2 -> flush(Temporal.datetime(in, plan.meta(), text.clear()), out);
            case TIMESTAMP2 -> flush(Temporal.timestamp(in, plan.meta(), text.clear()), out);
            case TIME_OLD -> flush(Temporal.oldTime(in.u24() << 8 >> 8, text.clear()), out);
            case DATETIME_OLD -> flush(Temporal.oldDatetime(in.i64(), text.clear()), out);
            case TIMESTAMP_OLD -> flush(Temporal.seconds(in.u32(), text.clear()), out);
            case BYTES -> slice(in, plan.meta() > 255 ? in.u16() : in.u8(), out);
            case PADDED_BYTES -> padded(plan, in, out);
            case ENUM -> enumeration(plan, in, out);
            case SET -> set(plan, in.littleEndian(plan.meta()), out);
            case BLOB -> slice(in, in.littleEndian(plan.meta()), out);
            case JSON -> json(plan, in, out);
            case UUID, INET6, INET4 -> address(plan, in, out);
            case COMPRESSED_BYTES -> inflated(plan, in, plan.meta() > 255 ? in.u16() : in.u8(), out);
            case COMPRESSED_BLOB -> inflated(plan, in, in.littleEndian(plan.meta()), out);
            case SKIPPED -> skip(plan.type(), plan.meta(), in);
        }
    }

    /** Moves behind a value that nobody wants. */
    static void skip(LogType type, int meta, Bytes in) {
        switch (type) {
            case NULL -> { }
            case TINY, YEAR -> in.skip(1);
            case SHORT -> in.skip(2);
            case INT24, DATE, NEWDATE, TIME -> in.skip(3);
            case LONG, FLOAT, TIMESTAMP -> in.skip(4);
            case LONGLONG, DOUBLE, DATETIME -> in.skip(8);
            case TIME2 -> in.skip(3 + (meta + 1) / 2);
            case TIMESTAMP2 -> in.skip(4 + (meta + 1) / 2);
            case DATETIME2 -> in.skip(5 + (meta + 1) / 2);
            case NEWDECIMAL -> in.skip(Decimal.bytes(meta >> 8, meta & 0xFF));
            case BIT -> in.skip(((meta >> 8) * 8 + (meta & 0xFF) + 7) / 8);
            case ENUM, SET -> in.skip(meta);
            case VARCHAR, VAR_STRING, STRING, VARCHAR_COMPRESSED -> in.skip(meta > 255 ? in.u16() : in.u8());
            case BLOB, TINY_BLOB, MEDIUM_BLOB, LONG_BLOB, JSON, GEOMETRY, VECTOR, BLOB_COMPRESSED ->
                in.skip(in.littleEndian(meta));
            case TYPED_ARRAY -> in.skip(in.littleEndian(4));
            case UNKNOWN, DECIMAL -> throw new IndexOutOfBoundsException("a column of type " + type + " has no known length");
        }
    }

    private void flush(Text value, RowBuilder out) {
        out.add(value.array, 0, value.size);
    }

    private static void slice(Bytes in, long length, RowBuilder out) {
        int size = in.length(length);
        out.add(in.array, in.at, size);
        in.at += size;
    }

    private void integer(ColumnPlan plan, long value, RowBuilder out) {
        text.clear();
        if (plan.width() > 0) {
            text.putPadded(value, Math.max(plan.width(), Text.digits(value)));
        } else {
            text.putLong(value);
        }
        flush(text, out);
    }

    private void longlong(ColumnPlan plan, long value, RowBuilder out) {
        if (!plan.unsigned() || value >= 0) {
            integer(plan, value, out);
        } else {
            text.clear().putUnsigned(value);
            zeroFill(plan.width());
            flush(text, out);
        }
    }

    private void zeroFill(int width) {
        int missing = width - text.size;
        if (missing > 0) {
            text.reserve(missing);
            System.arraycopy(text.array, 0, text.array, missing, text.size);
            java.util.Arrays.fill(text.array, 0, missing, (byte) '0');
            text.size += missing;
        }
    }

    private void decimal(ColumnPlan plan, Bytes in, RowBuilder out) {
        Decimal.print(in, plan.meta() >> 8, plan.meta() & 0xFF, text.clear());
        zeroFill(plan.width());
        flush(text, out);
    }

    private void year(int value, RowBuilder out) {
        flush(text.clear().putPadded(value == 0 ? 0 : 1900 + value, 4), out);
    }

    /** BINARY(n): the log leaves trailing zero bytes out, the server prints them. */
    private void padded(ColumnPlan plan, Bytes in, RowBuilder out) {
        int size = in.length(plan.meta() > 255 ? in.u16() : in.u8());
        if (size == plan.meta()) {
            out.add(in.array, in.at, size);
        } else {
            text.clear().put(in.array, in.at, size);
            while (text.size < plan.meta()) {
                text.put(0);
            }
            flush(text, out);
        }
        in.at += size;
    }

    private void enumeration(ColumnPlan plan, Bytes in, RowBuilder out) {
        int index = (int) in.littleEndian(plan.meta());
        if (index > plan.labels().length) {
            throw LogErrors.unreadable(plan.table(), plan.name(), "label number " + index + " of " + plan.labels().length);
        }
        if (index == 0) {
            out.add(text.array, 0, 0);
        } else {
            out.add(label(plan, index - 1));
        }
    }

    private void set(ColumnPlan plan, long bits, RowBuilder out) {
        text.clear();
        for (long rest = bits; rest != 0; rest &= rest - 1) {
            int index = Long.numberOfTrailingZeros(rest);
            if (index >= plan.labels().length) {
                throw LogErrors.unreadable(plan.table(), plan.name(), "label number " + index + " of " + plan.labels().length);
            }
            if (rest != bits) {
                text.put(plan.comma(), 0, plan.comma().length);
            }
            byte[] label = label(plan, index);
            text.put(label, 0, label.length);
        }
        flush(text, out);
    }

    private static byte[] label(ColumnPlan plan, int index) {
        byte[] label = plan.labels()[index];
        if (label == null) {
            throw LogErrors.unknownType(plan.table(), plan.name(), "label number " + (index + 1)
                    + ", which the source's catalog prints with a question mark (a character of four bytes)");
        }
        return label;
    }

    private void json(ColumnPlan plan, Bytes in, RowBuilder out) {
        int size = in.length(in.littleEndian(plan.meta()));
        try {
            flush(json.print(in.array, in.at, in.at + size), out);
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw LogErrors.unreadable(plan.table(), plan.name(), "its binary JSON is damaged (" + e.getMessage() + ")");
        }
        in.at += size;
    }

    /** Fixed binary forms of MariaDB, stored as BINARY(n): trailing zero bytes are missing in the log. */
    private void address(ColumnPlan plan, Bytes in, RowBuilder out) {
        byte[] full = new byte[plan.meta()];
        int size = in.length(in.u8());
        System.arraycopy(in.array, in.at, full, 0, size);
        in.at += size;
        out.addAscii(switch (plan.form()) {
            case UUID -> Addresses.uuid(full);
            case INET6 -> Addresses.inet6(full);
            default -> Addresses.inet4(full);
        });
    }

    private void inflated(ColumnPlan plan, Bytes in, long length, RowBuilder out) {
        int size = in.length(length);
        try {
            byte[] value = inflation.column(in.array, in.at, size);
            out.add(value);
        } catch (java.util.zip.DataFormatException e) {
            throw LogErrors.unreadable(plan.table(), plan.name(), "its compressed form is damaged (" + e.getMessage() + ")");
        }
        in.at += size;
    }
}
