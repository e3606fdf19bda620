package io.opendts.queue;

import io.opendts.model.Row;
import java.nio.charset.StandardCharsets;

/**
 * Reads what {@link ByteSink} writes. Everything that does not fit throws IllegalArgumentException or
 * IndexOutOfBoundsException, and nothing larger than the input is ever allocated.
 */
final class ByteSource {

    private final byte[] bytes;
    private final int end;
    private int at;

    ByteSource(byte[] bytes, int from, int to) {
        this.bytes = bytes;
        this.at = from;
        this.end = to;
    }

    int remaining() {
        return end - at;
    }

    int octet() {
        if (at >= end) {
            throw new IllegalArgumentException("a change that is cut off");
        }
        return bytes[at++];
    }

    long number() {
        int first = octet();
        if (first >= 0) {
            return first;
        }
        long value = first & 0x7F;
        for (int shift = 7; shift < 64; shift += 7) {
            int next = octet();
            value |= (long) (next & 0x7F) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number of more than ten bytes");
    }

    /** Where it lies, without a copy. */
    Row row() {
        int length = length();
        Row row = Row.within(bytes, at, length);
        at += length;
        return row;
    }

    String text() {
        int length = length();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    String position(String before) {
        long shared = number();
        if (shared < 0 || shared > before.length()) {
            throw new IllegalArgumentException("a position that continues another one behind its end");
        }
        String rest = text();
        return shared == 0 ? rest : before.substring(0, (int) shared).concat(rest);
    }

    private int length() {
        long length = number();
        if (length < 0 || length > remaining()) {
            throw new IllegalArgumentException("a value of " + length + " bytes in " + remaining());
        }
        return (int) length;
    }
}
