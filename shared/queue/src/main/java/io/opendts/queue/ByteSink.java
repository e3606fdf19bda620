package io.opendts.queue;

import io.opendts.model.Row;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Grows as needed and is used again; {@link ByteSource} reads what it writes. */
final class ByteSink {

    /** From here on it grows in small steps, and is not kept: one huge row must not cost its size for ever. */
    private static final int LARGE_BYTES = 1024 * 1024;

    private static final int FIRST_BYTES = 64 * 1024;

    private byte[] buffer = new byte[FIRST_BYTES];
    private int size;

    void clear() {
        size = 0;
    }

    void skip(int bytes) {
        reserve(bytes);
        size += bytes;
    }

    void octet(int value) {
        reserve(1);
        buffer[size++] = (byte) value;
    }

    /** Seven bits a byte, lowest first; a negative number takes ten bytes. */
    void number(long value) {
        reserve(10);
        long rest = value;
        while ((rest & ~0x7FL) != 0) {
            buffer[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        buffer[size++] = (byte) rest;
    }

    void row(Row row) {
        bytes(row.buffer(), row.offset(), row.size());
    }

    void text(String value) {
        byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
        bytes(bytes, 0, bytes.length);
    }

    private void bytes(byte[] from, int offset, int length) {
        number(length);
        reserve(length);
        System.arraycopy(from, offset, buffer, size, length);
        size += length;
    }

    /** Successive positions differ at their ends only. */
    void position(String before, String value) {
        int shared = 0;
        int limit = Math.min(before.length(), value.length());
        while (shared < limit && before.charAt(shared) == value.charAt(shared)) {
            shared++;
        }
        if (shared > 0 && Character.isHighSurrogate(value.charAt(shared - 1))) {
            shared--;
        }
        number(shared);
        text(shared == 0 ? value : value.substring(shared));
    }

    /** What was written, with room behind it; the sink is empty afterwards. */
    byte[] take(int extraBytes) {
        byte[] taken = new byte[Math.addExact(size, extraBytes)];
        System.arraycopy(buffer, 0, taken, 0, size);
        size = 0;
        if (buffer.length > LARGE_BYTES) {
            buffer = new byte[FIRST_BYTES];
        }
        return taken;
    }

    private void reserve(int more) {
        if (more > buffer.length - size) {
            int step = buffer.length < LARGE_BYTES ? buffer.length : buffer.length / 4;
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length > Integer.MAX_VALUE - step ? 0 : buffer.length + step,
                    Math.addExact(size, more)));
        }
    }
}
