package io.opendts.engines.mysql.log;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A cursor over a slice of bytes, little endian unless the name says otherwise. Reading moves it. It does not check against
 * {@link #end}: what reads an event compares {@link #at} with {@link #end} once behind each row or event, and whatever runs
 * past the array raises {@link IndexOutOfBoundsException}, which the caller of the decoder reports as a damaged event.
 */
final class Bytes {

    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle INT_BE = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

    byte[] array;
    int at;
    int end;

    Bytes reset(byte[] bytes, int from, int to) {
        array = bytes;
        at = from;
        end = to;
        return this;
    }

    int left() {
        return end - at;
    }

    int u8() {
        return array[at++] & 0xFF;
    }

    int u16() {
        int value = array[at] & 0xFF | (array[at + 1] & 0xFF) << 8;
        at += 2;
        return value;
    }

    int u24() {
        int value = array[at] & 0xFF | (array[at + 1] & 0xFF) << 8 | (array[at + 2] & 0xFF) << 16;
        at += 3;
        return value;
    }

    int i32() {
        int value = (int) INT.get(array, at);
        at += 4;
        return value;
    }

    long u32() {
        return i32() & 0xFFFF_FFFFL;
    }

    long u48() {
        long low = u32();
        return low | (long) u16() << 32;
    }

    long i64() {
        long value = (long) LONG.get(array, at);
        at += 8;
        return value;
    }

    long u32BigEndian() {
        long value = (int) INT_BE.get(array, at) & 0xFFFF_FFFFL;
        at += 4;
        return value;
    }

    long bigEndian(int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value = value << 8 | array[at++] & 0xFF;
        }
        return value;
    }

    /** @param bytes 0 to 8 */
    long littleEndian(int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) {
            value |= (array[at++] & 0xFFL) << 8 * i;
        }
        return value;
    }

    /** MySQL's length-encoded integer. */
    long lengthEncoded() {
        int first = u8();
        return switch (first) {
            case 0xFC -> u16();
            case 0xFD -> u24();
            case 0xFE -> i64();
            case 0xFB, 0xFF -> throw new IndexOutOfBoundsException("length byte " + first);
            default -> first;
        };
    }

    /** A length that must lie inside the slice. */
    int length(long claimed) {
        if (claimed < 0 || claimed > left()) {
            throw new IndexOutOfBoundsException("length " + claimed + " with " + left() + " bytes left");
        }
        return (int) claimed;
    }

    String text(int length, java.nio.charset.Charset charset) {
        String value = new String(array, at, length(length), charset);
        at += length;
        return value;
    }

    void skip(long count) {
        at += length(count);
    }
}
