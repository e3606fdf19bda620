package io.opendts.engines.mysql.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A growing statement, built as bytes without a detour over String; reusable, one thread at a time.
 *
 * <p>{@link #binaryLiteral} is exact for every byte on a session whose character_set_client is utf8mb4 (no byte of a
 * multi-byte character is ASCII there, and invalid bytes are taken one by one) and whose sql_mode lacks
 * NO_BACKSLASH_ESCAPES: {@link MySqlConnection#open} leaves the session so, {@link OkResult#noBackslashEscapes} tells.
 */
public final class SqlBytes {

    private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BINARY_INTRODUCER = "_binary'".getBytes(StandardCharsets.US_ASCII);
    /** The byte after the backslash, 0 where a byte stands for itself. NUL only for the sake of logs and dumps. */
    private static final byte[] LITERAL_ESCAPE = escapes("\\\\''\0" + "0");
    /** For LOAD DATA with FIELDS TERMINATED BY TAB ESCAPED BY backslash, LINES TERMINATED BY newline. */
    private static final byte[] LOAD_ESCAPE = escapes("\\\\\tt\nn\0" + "0\rr");

    /** From here on it grows in small steps, and is not kept: one huge value must not cost its size for ever. */
    private static final int LARGE_BYTES = 4 << 20;

    private final int keptBytes;
    private byte[] buffer;
    private int size;

    public SqlBytes(int initialBytes) {
        buffer = new byte[Math.max(16, initialBytes)];
        keptBytes = Math.max(LARGE_BYTES, buffer.length);
    }

    public byte[] buffer() {
        return buffer;
    }

    public int size() {
        return size;
    }

    public SqlBytes clear() {
        size = 0;
        if (buffer.length > keptBytes) {
            buffer = new byte[keptBytes];
        }
        return this;
    }

    /** Cuts back to an earlier size. */
    public SqlBytes truncate(int newSize) {
        if (newSize < 0 || newSize > size) {
            throw new IllegalArgumentException("truncate to " + newSize + " of " + size);
        }
        size = newSize;
        return this;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(buffer, size);
    }

    public SqlBytes raw(byte[] bytes) {
        return raw(bytes, 0, bytes.length);
    }

    public SqlBytes raw(byte[] bytes, int offset, int length) {
        reserve(length);
        System.arraycopy(bytes, offset, buffer, size, length);
        size += length;
        return this;
    }

    public SqlBytes raw(int oneByte) {
        reserve(1);
        buffer[size++] = (byte) oneByte;
        return this;
    }

    /** SQL text as it is, in UTF-8. */
    public SqlBytes sql(String text) {
        return raw(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A name in backticks, those inside doubled: right in every sql_mode. */
    public SqlBytes identifier(String name) {
        return sql(quoted(name));
    }

    public SqlBytes identifier(String schema, String name) {
        return identifier(schema).raw('.').identifier(name);
    }

    public static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    /** A character string literal (utf8mb4) of trusted or untrusted text, under the class's condition on sql_mode. */
    public SqlBytes stringLiteral(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return textLiteral(bytes, 0, bytes.length);
    }

    /** Bytes that are valid utf8mb4 as a character string literal: what JSON columns need, which refuse binary strings. */
    public SqlBytes textLiteral(byte[] bytes, int offset, int length) {
        raw('\'');
        escaped(bytes, offset, length, LITERAL_ESCAPE);
        return raw('\'');
    }

    /** Any bytes as a binary string: a CHAR column takes them as its own charset's bytes, unconverted. The fastest exact form. */
    public SqlBytes binaryLiteral(byte[] bytes, int offset, int length) {
        raw(BINARY_INTRODUCER);
        escaped(bytes, offset, length, LITERAL_ESCAPE);
        return raw('\'');
    }

    /**
     * Any bytes as x'..': exact in every sql_mode and session charset, at twice the size. Beware: where a number is
     * wanted (a numeric or BIT column, arithmetic), servers read it as a big-endian number, not as digits.
     */
    public SqlBytes hexLiteral(byte[] bytes, int offset, int length) {
        reserve(3 + Math.multiplyExact(length, 2));
        buffer[size++] = 'x';
        buffer[size++] = '\'';
        for (int i = offset; i < offset + length; i++) {
            buffer[size++] = HEX[bytes[i] >> 4 & 0xF];
            buffer[size++] = HEX[bytes[i] & 0xF];
        }
        buffer[size++] = '\'';
        return this;
    }

    /** One field of a LOAD DATA file in its default format (tab, newline, backslash); null is {@link #loadNull}. */
    public SqlBytes loadField(byte[] bytes, int offset, int length) {
        return escaped(bytes, offset, length, LOAD_ESCAPE);
    }

    public SqlBytes loadNull() {
        return raw('\\').raw('N');
    }

    private SqlBytes escaped(byte[] bytes, int offset, int length, byte[] escapes) {
        reserve(length < LARGE_BYTES ? length * 2 : Math.addExact(length, escapesIn(bytes, offset, length, escapes)));
        byte[] to = buffer;
        int at = size;
        for (int i = offset, end = offset + length; i < end; i++) {
            byte value = bytes[i];
            byte escape = escapes[value & 0xFF];
            if (escape == 0) {
                to[at++] = value;
            } else {
                to[at++] = '\\';
                to[at++] = escape;
            }
        }
        size = at;
        return this;
    }

    private static int escapesIn(byte[] bytes, int offset, int length, byte[] escapes) {
        int count = 0;
        for (int i = offset, end = offset + length; i < end; i++) {
            count += escapes[bytes[i] & 0xFF] == 0 ? 0 : 1;
        }
        return count;
    }

    private static byte[] escapes(String pairs) {
        byte[] table = new byte[256];
        for (int i = 0; i < pairs.length(); i += 2) {
            table[pairs.charAt(i)] = (byte) pairs.charAt(i + 1);
        }
        return table;
    }

    private void reserve(int more) {
        if (more > buffer.length - size) {
            long step = buffer.length < LARGE_BYTES ? buffer.length : buffer.length / 4;
            long wanted = Math.max(Math.addExact(size, more), Math.min(Integer.MAX_VALUE - 16L, buffer.length + step));
            buffer = Arrays.copyOf(buffer, (int) wanted);
        }
    }
}
