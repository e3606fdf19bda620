package io.opendts.model;

import java.util.Arrays;
import java.util.Objects;

/**
 * The values of one row, packed, in canonical form: what the source's own text protocol prints, so that the full copy
 * passes bytes through untouched, and so that rows read by the copy and rows read from the log are equal when their bytes
 * are ({@link ColumnKind} states the form of each kind).
 *
 * <p>Each value is a length-encoded string as in MySQL's text rows: one byte below 0xFB is the length; 0xFC, 0xFD and
 * 0xFE announce 2, 3 and 8 bytes of length, little endian; 0xFB alone is NULL. Immutable: nobody may write to the array
 * after construction.
 */
public final class Row {

    private final byte[] bytes;
    private final int offset;
    private final int size;

    private Row(byte[] bytes, int offset, int size) {
        this.bytes = bytes;
        this.offset = offset;
        this.size = size;
    }

    /** Takes the array as it is, without a copy: the caller gives it up. */
    public static Row wrap(byte[] packed) {
        return new Row(packed, 0, packed.length);
    }

    /** A row where it lies: the caller gives the array up, and all of it stays in memory as long as the row does. */
    public static Row within(byte[] bytes, int offset, int size) {
        Objects.checkFromIndexSize(offset, size, bytes.length);
        return new Row(bytes, offset, size);
    }

    public static Row copyOf(byte[] buffer, int offset, int length) {
        return wrap(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    /** Holds the packed bytes from {@link #offset()} on: read, never write. */
    public byte[] buffer() {
        return bytes;
    }

    public int offset() {
        return offset;
    }

    /** Of the packed bytes. */
    public int size() {
        return size;
    }

    /** The values at some positions, packed in that order: a key that compares by bytes. Positions count from 0. */
    public Row project(int[] positions) {
        RowReader reader = new RowReader();
        int highest = Arrays.stream(positions).max().orElse(-1);
        int[] starts = new int[highest + 1];
        int[] ends = new int[highest + 1];
        reader.reset(this);
        for (int i = 0; i <= highest; i++) {
            starts[i] = reader.position();
            reader.next();
            ends[i] = reader.position();
        }
        int total = 0;
        for (int p : positions) {
            total += ends[p] - starts[p];
        }
        byte[] key = new byte[total];
        int at = 0;
        for (int p : positions) {
            int length = ends[p] - starts[p];
            System.arraycopy(bytes, starts[p], key, at, length);
            at += length;
        }
        return wrap(key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Row row
                && Arrays.equals(bytes, offset, offset + size, row.bytes, row.offset, row.offset + row.size);
    }

    /** Equal for equal bytes in every process and version: {@code BatchSplitter} finds a key's partition by it. */
    @Override
    public int hashCode() {
        int hash = 1;
        for (int i = offset; i < offset + size; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    /** The size only: rows are users' data and must not reach logs by accident. */
    @Override
    public String toString() {
        return "Row[" + size + " bytes]";
    }
}
