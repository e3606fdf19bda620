package io.opendts.engines.mysql.log;

/**
 * The servers' binary DECIMAL: groups of 9 digits in 4 bytes, a shorter first and last group in fewer, big endian; the first
 * bit is inverted, and all bits of a negative number are. Source: decimal2bin of both servers.
 */
final class Decimal {

    private static final int[] BYTES_OF_DIGITS = {0, 1, 1, 2, 2, 3, 3, 4, 4, 4};

    private Decimal() {}

    static int bytes(int precision, int scale) {
        int whole = precision - scale;
        return whole / 9 * 4 + BYTES_OF_DIGITS[whole % 9] + scale / 9 * 4 + BYTES_OF_DIGITS[scale % 9];
    }

    /** Appends the value as the server prints it: no leading zeros, all digits of the scale. */
    static void print(Bytes in, int precision, int scale, Text out) {
        int whole = precision - scale;
        boolean negative = (in.array[in.at] & 0x80) == 0;
        int mask = negative ? -1 : 0;
        int start = in.at;
        if (negative) {
            out.put('-');
        }
        int digitsFrom = out.size;
        int first = whole % 9;
        if (first > 0) {
            significant(group(in, BYTES_OF_DIGITS[first], mask, start), first, digitsFrom, out);
        }
        for (int i = 0; i < whole / 9; i++) {
            significant(group(in, 4, mask, start), 9, digitsFrom, out);
        }
        if (out.size == digitsFrom) {
            out.put('0');
        }
        if (scale > 0) {
            out.put('.');
            for (int i = 0; i < scale / 9; i++) {
                out.putPadded(group(in, 4, mask, start), 9);
            }
            if (scale % 9 > 0) {
                out.putPadded(group(in, BYTES_OF_DIGITS[scale % 9], mask, start), scale % 9);
            }
        }
    }

    private static void significant(long group, int digits, int digitsFrom, Text out) {
        if (out.size > digitsFrom) {
            out.putPadded(group, digits);
        } else if (group != 0) {
            out.putLong(group);
        }
    }

    private static long group(Bytes in, int bytes, int mask, int start) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            int octet = in.array[in.at] ^ mask;
            if (in.at == start) {
                octet ^= 0x80;
            }
            value = value << 8 | octet & 0xFF;
            in.at++;
        }
        return value;
    }
}
