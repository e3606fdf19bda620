package io.opendts.engines.mysql.wire;

import java.util.Arrays;

/** First in, first out, without boxing. */
final class IntQueue {

    private int[] values = new int[16];
    private int head;
    private int size;

    int size() {
        return size;
    }

    void add(int value) {
        if (size == values.length) {
            int[] larger = Arrays.copyOfRange(values, head, head + values.length + size);
            System.arraycopy(values, 0, larger, size - head, head);
            values = larger;
            head = 0;
        }
        values[(head + size) % values.length] = value;
        size++;
    }

    int remove() {
        int value = values[head];
        head = (head + 1) % values.length;
        size--;
        return value;
    }
}
