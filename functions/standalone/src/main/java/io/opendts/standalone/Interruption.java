package io.opendts.standalone;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * The user's wish, by Ctrl-C or SIGTERM, that a command ends: running work saves its state and returns
 * {@link ExitCode#INTERRUPTED}. Asked once, it stays asked.
 */
public final class Interruption {

    private final CountDownLatch asked = new CountDownLatch(1);
    private final List<Runnable> reactions = new ArrayList<>();

    public boolean isAsked() {
        return asked.getCount() == 0;
    }

    /** Blocks until somebody asks; for a command that has nothing to do but wait. */
    public void await() throws InterruptedException {
        asked.await();
    }

    /**
     * Runs {@code reaction} once, when asked: at once on the caller's thread if that has already happened, else on the
     * thread that asks. Reactions must not block.
     */
    public void whenAsked(Runnable reaction) {
        synchronized (reactions) {
            if (!isAsked()) {
                reactions.add(reaction);
                return;
            }
        }
        reaction.run();
    }

    /** Safe to call again: only the first call has an effect. */
    public void ask() {
        List<Runnable> now;
        synchronized (reactions) {
            asked.countDown();
            now = List.copyOf(reactions);
            reactions.clear();
        }
        now.forEach(Runnable::run);
    }
}
