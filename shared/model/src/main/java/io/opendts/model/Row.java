package io.opendts.model;

import java.util.Arrays;

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

    private final byte[] packed;

    private Row(byte[] packed) {
        this.packed = packed;
    }

    /** Takes the array as it is, without a copy: the caller gives it up. */
    public static Row wrap(byte[] packed) {
        return new Row(packed);
    }

    public static Row copyOf(byte[] buffer, int offset, int length) {
        return new Row(Arrays.copyOfRange(buffer, offset, offset + length));
    }

    /** The packed bytes themselves: read, never write. */
    public byte[] packed() {
        return packed;
    }

    public int size() {
        return packed.length;
    }

    /** The values at some positions, packed in that order: a key that compares by bytes. Positions count from 0. */
    public Row project(int[] positions) {
        RowReader reader = new RowReader();
        int highest = Arrays.stream(positions).max().orElse(-1);
        int[] starts = new int[highest + 1];
        int[] ends = new int[highest + 1];
        reader.reset(packed, 0, packed.length);
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
            System.arraycopy(packed, starts[p], key, at, length);
            at += length;
        }
        return new Row(key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Row row && Arrays.equals(packed, row.packed);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(packed);
    }

    /** The size only: rows are users' data and must not reach logs by accident. */
    @Override
    public String toString() {
        return "Row[" + packed.length + " bytes]";
    }
}
