package io.opendts.model;

import java.util.Arrays;

/** Packs values into a row, one after the other; reusable, grows as needed, one thread at a time. */
public final class RowBuilder {

    private static final int FIRST_BYTES = 512;

    /** A buffer of more is not kept for the next row. */
    private static final int KEPT_BYTES_MAX = 1024 * 1024;

    private byte[] buffer = new byte[FIRST_BYTES];
    private int size;

    public RowBuilder clear() {
        size = 0;
        return this;
    }

    public RowBuilder addNull() {
        reserve(1);
        buffer[size++] = (byte) 0xFB;
        return this;
    }

    public RowBuilder add(byte[] value) {
        return add(value, 0, value.length);
    }

    public RowBuilder add(byte[] value, int offset, int length) {
        reserve(9 + length);
        putLength(length);
        System.arraycopy(value, offset, buffer, size, length);
        size += length;
        return this;
    }

    /** Text of Latin-1 characters only: numbers, temporals. */
    @SuppressWarnings("deprecation") // String.getBytes(int, int, byte[], int) copies Latin-1 without an encoder
    public RowBuilder addAscii(String value) {
        int length = value.length();
        reserve(9 + length);
        putLength(length);
        value.getBytes(0, length, buffer, size);
        size += length;
        return this;
    }

    /** A packed value (length and bytes) of another row, as it is. */
    public RowBuilder addPacked(byte[] source, int from, int to) {
        reserve(to - from);
        System.arraycopy(source, from, buffer, size, to - from);
        size += to - from;
        return this;
    }

    public byte[] buffer() {
        return buffer;
    }

    public int size() {
        return size;
    }

    /** It is empty afterwards if the row was a large one. */
    public Row build() {
        Row row = Row.copyOf(buffer, 0, size);
        if (buffer.length > KEPT_BYTES_MAX) {
            buffer = new byte[FIRST_BYTES];
            size = 0;
        }
        return row;
    }

    private void putLength(int length) {
        if (length < 0xFB) {
            buffer[size++] = (byte) length;
        } else if (length < 1 << 16) {
            buffer[size++] = (byte) 0xFC;
            putLittleEndian(length, 2);
        } else if (length < 1 << 24) {
            buffer[size++] = (byte) 0xFD;
            putLittleEndian(length, 3);
        } else {
            buffer[size++] = (byte) 0xFE;
            putLittleEndian(length, 8);
        }
    }

    private void putLittleEndian(long value, int bytes) {
        for (int i = 0; i < bytes; i++) {
            buffer[size++] = (byte) (value >>> 8 * i);
        }
    }

    private void reserve(int more) {
        if (more > buffer.length - size) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, Math.addExact(size, more)));
        }
    }
}
