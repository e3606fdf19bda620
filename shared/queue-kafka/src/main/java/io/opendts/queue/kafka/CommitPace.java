package io.opendts.queue.kafka;

import java.util.concurrent.TimeUnit;

/**
 * How fast small commits follow each other: a transaction costs the broker some milliseconds of work, however little is in it. What the
 * source commits in the meantime goes together; what comes after a silence does not wait.
 */
final class CommitPace {

    private static final long INTERVAL_NANOS = TimeUnit.MILLISECONDS.toNanos(25);
    /** Whoever has more to send is behind, and does not rest. */
    private static final long SMALL_BYTES = 64 * 1024;

    private CommitPace() {}

    /** @param began when the commit of so many bytes began, by {@link System#nanoTime} */
    static long restNanos(long began, long bytes) {
        return bytes < SMALL_BYTES ? INTERVAL_NANOS - (System.nanoTime() - began) : 0;
    }
}
