package io.opendts.engines.mysql.log;

import java.util.Arrays;

/** Bytes under construction: digits, labels, JSON. Reusable, grows as needed, one thread at a time. */
final class Text {

    byte[] array = new byte[256];
    int size;

    Text clear() {
        size = 0;
        return this;
    }

    void reserve(int more) {
        if (more > array.length - size) {
            array = Arrays.copyOf(array, Math.max(array.length * 2, Math.addExact(size, more)));
        }
    }

    Text put(int octet) {
        reserve(1);
        array[size++] = (byte) octet;
        return this;
    }

    Text put(byte[] bytes, int from, int length) {
        reserve(length);
        System.arraycopy(bytes, from, array, size, length);
        size += length;
        return this;
    }

    /** Latin-1 characters only. */
    @SuppressWarnings("deprecation") // copies Latin-1 without an encoder
    Text put(String ascii) {
        reserve(ascii.length());
        ascii.getBytes(0, ascii.length(), array, size);
        size += ascii.length();
        return this;
    }

    /** @param value not negative, of at most that many digits; padded with zeros */
    Text putPadded(long value, int digits) {
        reserve(digits);
        long rest = value;
        for (int i = size + digits - 1; i >= size; i--) {
            array[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        size += digits;
        return this;
    }

    Text putLong(long value) {
        if (value == Long.MIN_VALUE) {
            return put("-9223372036854775808");
        }
        reserve(20);
        long rest = value;
        if (rest < 0) {
            array[size++] = '-';
            rest = -rest;
        }
        return rest <= Integer.MAX_VALUE ? putInt((int) rest, digits(rest)) : putPadded(rest, digits(rest));
    }

    /** As an unsigned 64-bit number. */
    Text putUnsigned(long value) {
        return value >= 0 ? putLong(value) : put(Long.toUnsignedString(value));
    }

    private Text putInt(int value, int digits) {
        int rest = value;
        for (int i = size + digits - 1; i >= size; i--) {
            int next = rest / 10;
            array[i] = (byte) ('0' + rest - next * 10);
            rest = next;
        }
        size += digits;
        return this;
    }

    static int digits(long value) {
        int digits = 1;
        long limit = 10;
        while (digits < 19 && value >= limit) {
            digits++;
            limit *= 10;
        }
        return digits;
    }
}
