package io.opendts.model;

/**
 * Walks the values of a packed row without copying them. Reusable for many rows; one thread at a time.
 * Lengths are checked against the end of the row: a packed row that lies about them raises
 * {@link IllegalArgumentException}, which is a bug or a damaged file, never a user's mistake.
 */
public final class RowReader {

    private byte[] buffer;
    private int position;
    private int end;
    private int offset;
    private int length;

    public void reset(byte[] newBuffer, int from, int size) {
        buffer = newBuffer;
        position = from;
        end = from + size;
    }

    public void reset(Row row) {
        reset(row.buffer(), row.offset(), row.size());
    }

    public boolean hasNext() {
        return position < end;
    }

    /** Steps to the next value; false where it is NULL. Then {@link #offset()} and {@link #length()} tell where it lies. */
    public boolean next() {
        int first = buffer[position] & 0xFF;
        switch (first) {
            case 0xFB -> {
                position++;
                offset = position;
                length = -1;
                return false;
            }
            case 0xFC -> step(2);
            case 0xFD -> step(3);
            case 0xFE -> step(8);
            default -> {
                offset = position + 1;
                length = first;
            }
        }
        if (length < 0 || offset > end - length) {
            throw new IllegalArgumentException("value of " + length + " bytes runs past the end of a row of " + end);
        }
        position = offset + length;
        return true;
    }

    private void step(int lengthBytes) {
        long value = 0;
        for (int i = lengthBytes; i >= 1; i--) {
            value = value << 8 | (buffer[position + i] & 0xFF);
        }
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("value of " + Long.toUnsignedString(value) + " bytes in a row");
        }
        offset = position + 1 + lengthBytes;
        length = (int) value;
    }

    public byte[] buffer() {
        return buffer;
    }

    /** Where the value starts in {@link #buffer()}. */
    public int offset() {
        return offset;
    }

    /** Bytes of the value; -1 for NULL. */
    public int length() {
        return length;
    }

    /** Where the next value's length starts. */
    public int position() {
        return position;
    }
}
