package io.opendts.queue.kafka;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;

/**
 * How fast small commits follow each other: a transaction costs the broker some milliseconds of work, however little is in it, and where
 * it is slow it has more to do than that. So a commit is followed by a rest as long as it took. What the source commits in the meantime
 * goes together; what comes after a silence does not wait.
 */
final class CommitPace {

    static final long REST_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(25);
    /** Whoever has more to send is behind, and does not rest. */
    static final long SMALL_BYTES = 64 * 1024;

    private CommitPace() {}

    /**
     * Gives the lock back meanwhile.
     *
     * @param took    the commit of so many bytes
     * @param closing ends the rest when it is signalled
     */
    static void rest(long took, long bytes, Condition closing) throws InterruptedException {
        long nanos = restNanos(took, bytes);
        if (nanos > 0) {
            closing.awaitNanos(nanos);
        }
    }

    static long restNanos(long took, long bytes) {
        return bytes < SMALL_BYTES ? Math.min(took, REST_NANOS_MAX) : 0;
    }
}
