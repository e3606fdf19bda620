package io.opendts.engines.mysql.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the fields of one packet; whatever points behind its end is a {@link MySqlProtocolError}. */
final class PacketReader {

    private final byte[] buffer;
    private final int end;
    private int position;

    PacketReader(byte[] buffer, int offset, int length) {
        this.buffer = buffer;
        this.position = offset;
        this.end = offset + length;
    }

    int remaining() {
        return end - position;
    }

    int int1() {
        need(1);
        return buffer[position++] & 0xFF;
    }

    int int2() {
        return (int) little(2);
    }

    long uint4() {
        return little(4);
    }

    long lengthEncodedInt() {
        int first = int1();
        return switch (first) {
            case 0xFC -> little(2);
            case 0xFD -> little(3);
            case 0xFE -> little(8);
            case 0xFB, 0xFF -> throw new MySqlProtocolError("a length starts with byte " + first);
            default -> first;
        };
    }

    String lengthEncodedString() {
        int length = length();
        String text = new String(buffer, position, length, StandardCharsets.UTF_8);
        position += length;
        return text;
    }

    void skipLengthEncodedString() {
        // not +=, which would take the position from before the length was read
        int length = length();
        position += length;
    }

    /** One value of a text row; null is SQL's NULL. */
    byte[] value() {
        need(1);
        if ((buffer[position] & 0xFF) == 0xFB) {
            position++;
            return null;
        }
        return bytes(length());
    }

    byte[] bytes(int length) {
        need(length);
        position += length;
        return Arrays.copyOfRange(buffer, position - length, position);
    }

    void skip(int length) {
        need(length);
        position += length;
    }

    /** Up to the next NUL, or to the end where the server leaves the NUL out. */
    String nulString() {
        int from = position;
        while (position < end && buffer[position] != 0) {
            position++;
        }
        String text = new String(buffer, from, position - from, StandardCharsets.UTF_8);
        position = Math.min(end, position + 1);
        return text;
    }

    String rest() {
        String text = new String(buffer, position, remaining(), StandardCharsets.UTF_8);
        position = end;
        return text;
    }

    private int length() {
        long length = lengthEncodedInt();
        if (length < 0 || length > remaining()) {
            throw new MySqlProtocolError("a field of " + length + " bytes in a packet with " + remaining() + " left");
        }
        return (int) length;
    }

    private long little(int bytes) {
        need(bytes);
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (buffer[position++] & 0xFFL) << 8 * i;
        }
        return value;
    }

    private void need(int bytes) {
        if (bytes < 0 || bytes > remaining()) {
            throw new MySqlProtocolError("the packet ends " + (bytes - remaining()) + " bytes early");
        }
    }
}
