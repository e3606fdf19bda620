package io.opendts.engines.mysql.log;

import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** MariaDB's compressed columns and events. Source: log_event.cc and field_comp.cc of MariaDB. One thread. */
final class Inflation {

    /** Far above what max_allowed_packet lets a server write. */
    private static final long MAX_BYTES = 1L << 30;

    /** One byte: 0 = as it is, else 8 << 4 | raw << 3 | bytes of length; then the length, big endian; then zlib's bytes. */
    byte[] column(byte[] bytes, int from, int size) throws DataFormatException {
        if (size == 0) {
            return new byte[0];
        }
        int header = bytes[from] & 0xFF;
        if (header == 0) {
            return Arrays.copyOfRange(bytes, from + 1, from + size);
        }
        if (header >> 4 != 8) {
            throw new DataFormatException("unknown method " + (header >> 4));
        }
        int lengthBytes = header & 7;
        long length = 0;
        for (int i = 0; i < lengthBytes; i++) {
            length = length << 8 | bytes[from + 1 + i] & 0xFF;
        }
        return inflate(bytes, from + 1 + lengthBytes, size - 1 - lengthBytes, length, (header & 8) != 0);
    }

    /** One byte: 8 << 4 | bytes of length; then the length, big endian; then zlib's bytes. */
    byte[] event(byte[] bytes, int from, int to) throws DataFormatException {
        int header = bytes[from] & 0xFF;
        if ((header & 0xF0) != 0x80) {
            throw new DataFormatException("unknown method " + header);
        }
        int lengthBytes = header & 7;
        long length = 0;
        for (int i = 0; i < lengthBytes; i++) {
            length = length << 8 | bytes[from + 1 + i] & 0xFF;
        }
        return inflate(bytes, from + 1 + lengthBytes, to - from - 1 - lengthBytes, length, false);
    }

    private static byte[] inflate(byte[] bytes, int from, int size, long length, boolean raw) throws DataFormatException {
        if (length > MAX_BYTES) {
            throw new DataFormatException("claims to hold " + length + " bytes");
        }
        try (Inflater inflater = new Inflater(raw)) {
            byte[] value = new byte[(int) length];
            inflater.setInput(bytes, from, size);
            int got = inflater.inflate(value);
            if (got != value.length) {
                throw new DataFormatException(got + " bytes instead of " + length);
            }
            return value;
        }
    }
}
