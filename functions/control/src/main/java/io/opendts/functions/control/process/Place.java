package io.opendts.functions.control.process;

import io.opendts.functions.control.api.EventStream;
import io.opendts.functions.control.api.Follower;
import java.io.OutputStream;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A client's place among the followers of this process, given back when nothing works for it any more: at the end of its answer,
 * or soon after its connection is lost. The follower is closed by the thread that uses it, or by the one that leaves before that.
 */
final class Place {

    static final int MAX = 200;

    /** Each look asks the state store about ten questions: all followers together leave it and this process room for the work. */
    private static final int LOOKS_PER_SECOND_MAX = 50;

    private final Semaphore places;
    private final Follower follower;
    private final AtomicBoolean used = new AtomicBoolean();

    /** @param places {@link #MAX} in all, of which one has been acquired for this */
    Place(Semaphore places, Follower follower) {
        this.places = places;
        this.follower = follower;
        follower.pace(() -> Math.max(Follower.PAUSE_MILLIS, 1_000L * (MAX - places.availablePermits()) / LOOKS_PER_SECOND_MAX));
    }

    /** Follows on the calling thread until the end, an interrupt, or until the client is gone. */
    void serve(OutputStream out) {
        if (!used.compareAndSet(false, true)) {
            return;
        }
        try {
            new EventStream(out).send(follower);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            giveBack();
        }
    }

    /** The client is gone. For any thread, any number of times. */
    void leave() {
        follower.leave();
        if (used.compareAndSet(false, true)) {
            giveBack();
        }
    }

    private void giveBack() {
        try {
            follower.close();
        } finally {
            places.release();
        }
    }
}
