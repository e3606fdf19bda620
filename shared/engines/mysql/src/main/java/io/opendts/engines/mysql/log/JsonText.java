package io.opendts.engines.mysql.log;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Prints MySQL's binary JSON exactly as the server prints the column. Source: json_binary.h of MySQL ("the binary JSON
 * format") for the form, Json_wrapper::to_string for the text. Reused; one thread.
 */
final class JsonText {

    static final int SMALL_OBJECT = 0;
    static final int LARGE_OBJECT = 1;
    static final int SMALL_ARRAY = 2;
    static final int LARGE_ARRAY = 3;
    private static final int LITERAL = 4;
    private static final int INT16 = 5;
    private static final int UINT16 = 6;
    private static final int INT32 = 7;
    private static final int UINT32 = 8;
    private static final int INT64 = 9;
    private static final int UINT64 = 10;
    private static final int DOUBLE = 11;
    private static final int STRING = 12;
    private static final int OPAQUE = 15;
    /** The server refuses deeper documents. */
    private static final int MAX_DEPTH = 100;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private final Text out = new Text();
    private boolean mySql57;
    private final Bytes decimal = new Bytes();

    /**
     * MySQL 5.7 prints whole doubles without ".0". It also leaves the line breaks inside base 64 as they are, which is no JSON:
     * the copy escapes them as newer servers do, and so does this.
     */
    void mySql57(boolean value) {
        mySql57 = value;
    }

    /** @return the text, valid until the next call */
    Text print(byte[] bytes, int from, int to) {
        out.clear();
        if (from == to) {
            return out.put("null");
        }
        value(bytes[from] & 0xFF, bytes, from + 1, to, 0);
        return out;
    }

    /** Starts a text that {@link #add} and {@link #addString} fill. */
    Text begin() {
        return out.clear();
    }

    /** @param from of the value, behind its type byte */
    void add(int type, byte[] bytes, int from, int to) {
        value(type, bytes, from, to, 0);
    }

    private void value(int type, byte[] b, int from, int to, int depth) {
        if (depth > MAX_DEPTH) {
            throw new IllegalArgumentException("nested deeper than " + MAX_DEPTH);
        }
        switch (type) {
            case SMALL_OBJECT, LARGE_OBJECT -> object(type == LARGE_OBJECT, b, from, to, depth);
            case SMALL_ARRAY, LARGE_ARRAY -> array(type == LARGE_ARRAY, b, from, to, depth);
            case LITERAL -> literal(b[from]);
            case INT16 -> out.putLong((short) number(b, from, 2));
            case UINT16 -> out.putLong(number(b, from, 2));
            case INT32 -> out.putLong((int) number(b, from, 4));
            case UINT32 -> out.putLong(number(b, from, 4));
            case INT64 -> out.putLong(number(b, from, 8));
            case UINT64 -> out.putUnsigned(number(b, from, 8));
            case DOUBLE -> JsonDouble.print(Double.longBitsToDouble(number(b, from, 8)), mySql57 ? "" : ".0", out);
            case STRING -> {
                long sized = size(b, from);
                int start = from + (int) (sized >>> 32);
                addString(b, start, start + (int) sized);
            }
            case OPAQUE -> {
                long sized = size(b, from + 1);
                int start = from + 1 + (int) (sized >>> 32);
                opaque(b[from] & 0xFF, b, start, (int) sized);
            }
            default -> throw new IllegalArgumentException("type " + type);
        }
    }

    private void literal(int which) {
        out.put(switch (which) {
            case 0 -> "null";
            case 1 -> "true";
            case 2 -> "false";
            default -> throw new IllegalArgumentException("literal " + which);
        });
    }

    private void object(boolean large, byte[] b, int from, int to, int depth) {
        int width = large ? 4 : 2;
        int count = count(b, from, to, width);
        int keys = from + 2 * width;
        int values = keys + count * (width + 2);
        out.put('{');
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.put(',').put(' ');
            }
            int key = keys + i * (width + 2);
            int keyAt = from + (int) number(b, key, width);
            addString(b, keyAt, keyAt + (int) number(b, key + width, 2));
            out.put(':').put(' ');
            entry(large, b, from, values + i * (width + 1), to, depth);
        }
        out.put('}');
    }

    private void array(boolean large, byte[] b, int from, int to, int depth) {
        int width = large ? 4 : 2;
        int count = count(b, from, to, width);
        int values = from + 2 * width;
        out.put('[');
        for (int i = 0; i < count; i++) {
            if (i > 0) {
                out.put(',').put(' ');
            }
            entry(large, b, from, values + i * (width + 1), to, depth);
        }
        out.put(']');
    }

    static int count(byte[] b, int from, int to, int width) {
        long count = number(b, from, width);
        if (count > to - from) {
            throw new IllegalArgumentException(count + " elements in " + (to - from) + " bytes");
        }
        return (int) count;
    }

    /** Small values lie in the entry itself, others behind an offset from the container's begin. */
    private void entry(boolean large, byte[] b, int container, int entry, int to, int depth) {
        int type = b[entry] & 0xFF;
        value(type, b, inlined(type, large) ? entry + 1 : container + (int) number(b, entry + 1, large ? 4 : 2), to, depth + 1);
    }

    static boolean inlined(int type, boolean large) {
        return switch (type) {
            case LITERAL, INT16, UINT16 -> true;
            case INT32, UINT32 -> large;
            default -> false;
        };
    }

    static long number(byte[] b, int at, int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (b[at + i] & 0xFFL) << 8 * i;
        }
        return value;
    }

    /** Variable-length size, 7 bits a byte: bytes that it takes << 32 | size. */
    private static long size(byte[] b, int at) {
        long size = 0;
        for (int i = 0; i < 5; i++) {
            size |= (b[at + i] & 0x7FL) << 7 * i;
            if ((b[at + i] & 0x80) == 0) {
                return i + 1L << 32 | size;
            }
        }
        throw new IllegalArgumentException("size of more than 5 bytes");
    }

    void addString(byte[] b, int from, int to) {
        if (from < 0 || to < from || to > b.length) {
            throw new IllegalArgumentException("string from " + from + " to " + to);
        }
        out.put('"');
        int plain = from;
        for (int i = from; i < to; i++) {
            int c = b[i];
            if (c >= 0x20 && c != '"' && c != '\\' || c < 0) {
                continue;
            }
            out.put(b, plain, i - plain);
            plain = i + 1;
            switch (c) {
                case '"', '\\' -> out.put('\\').put(c);
                case '\b' -> out.put("\\b");
                case '\t' -> out.put("\\t");
                case '\n' -> out.put("\\n");
                case '\f' -> out.put("\\f");
                case '\r' -> out.put("\\r");
                default -> out.put("\\u00").put(HEX[c >> 4]).put(HEX[c & 15]);
            }
        }
        out.put(b, plain, to - plain).put('"');
    }

    /** Values of SQL types: decimals print as numbers, temporals as strings, all others in base 64 with their type's number. */
    private void opaque(int sqlType, byte[] b, int from, int size) {
        switch (LogType.of(sqlType)) {
            case NEWDECIMAL -> {
                decimal.reset(b, from + 2, from + size);
                Decimal.print(decimal, b[from] & 0xFF, b[from + 1] & 0xFF, out);
            }
            case DATE -> Temporal.jsonDatetime(number(b, from, 8), true, out.put('"')).put('"');
            case DATETIME, TIMESTAMP -> Temporal.jsonDatetime(number(b, from, 8), false, out.put('"')).put('"');
            case TIME -> Temporal.jsonTime(number(b, from, 8), out.put('"')).put('"');
            case UNKNOWN, DECIMAL, TINY, SHORT, LONG, FLOAT, DOUBLE, NULL, LONGLONG, INT24, YEAR, NEWDATE, VARCHAR, BIT, TIMESTAMP2,
                    DATETIME2, TIME2, TYPED_ARRAY, BLOB_COMPRESSED, VARCHAR_COMPRESSED, VECTOR, JSON, ENUM, SET, TINY_BLOB,
                    MEDIUM_BLOB, LONG_BLOB, BLOB, VAR_STRING, STRING, GEOMETRY -> base64(sqlType, b, from, size);
        }
    }

    private void base64(int sqlType, byte[] b, int from, int size) {
        byte[] plain = java.util.Arrays.copyOfRange(b, from, from + size);
        // the server's encoder breaks lines at 76 characters, and from 8.0 on its JSON printer escapes the break
        String encoded = Base64.getMimeEncoder(76, new byte[] {'\n'}).encodeToString(plain);
        encoded = encoded.replace("\n", "\\n");
        out.put("\"base64:type" + sqlType + ":" + encoded + "\"");
    }
}
