package io.opendts.queue;

import io.opendts.model.Batch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** The newest batches in memory, without a gap, up to a number of bytes. Guarded by its owner's lock. */
final class Handover {

    private record Held(Batch batch, int bytes) {}

    private final long maxBytes;
    private final Deque<Held> held = new ArrayDeque<>();
    private long bytes;

    Handover(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    void add(Batch batch, int size) {
        held.addLast(new Held(batch, size));
        bytes += size;
        while (bytes > maxBytes) {
            bytes -= held.removeFirst().bytes();
        }
    }

    /** From that sequence on; empty when it is not held. */
    List<Batch> from(long sequence, int limitBytes) {
        if (held.isEmpty() || held.peekFirst().batch().sequence() > sequence) {
            return List.of();
        }
        List<Batch> found = new ArrayList<>();
        long total = 0;
        for (Held one : held) {
            if (one.batch().sequence() < sequence) {
                continue;
            }
            total += one.bytes();
            if (total > limitBytes && !found.isEmpty()) {
                break;
            }
            found.add(one.batch());
        }
        return found;
    }

    void dropThrough(long sequence) {
        while (!held.isEmpty() && held.peekFirst().batch().sequence() <= sequence) {
            bytes -= held.removeFirst().bytes();
        }
    }

    void dropAfter(long sequence) {
        while (!held.isEmpty() && held.peekLast().batch().sequence() > sequence) {
            bytes -= held.removeLast().bytes();
        }
    }
}
