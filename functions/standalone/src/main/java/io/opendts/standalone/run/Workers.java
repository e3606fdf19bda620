package io.opendts.standalone.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The threads that work for one task: few, long-lived and busy, hence platform threads. The first failure of any of them is
 * handed to the listener; an interrupt is how they end.
 */
final class Workers implements AutoCloseable {

    private static final Duration END_MAX = Duration.ofSeconds(10);

    /** Work that goes on until it is interrupted. */
    interface Loop {
        void run() throws Exception;
    }

    /** Told on the failing worker's own thread. */
    interface FailureListener {
        void failed(String worker, Throwable failure);
    }

    private final String task;
    private final FailureListener listener;
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean closing;

    Workers(String task, FailureListener listener) {
        this.task = task;
        this.listener = listener;
    }

    synchronized void start(String name, Loop loop) {
        threads.add(Thread.ofPlatform().name(task + "/" + name).daemon(true).start(() -> guard(name, loop)));
    }

    private void guard(String name, Loop loop) {
        try {
            loop.run();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (Exception | Error failure) {
            if (!closing) {
                listener.failed(name, failure);
            }
        }
    }

    boolean closing() {
        return closing;
    }

    /** From here on failures are the consequence of ending. */
    void beginClosing() {
        closing = true;
    }

    /** Interrupts all and waits for their end, within a limit: what hangs in a server is a daemon and dies with the process. */
    @Override
    public void close() {
        closing = true;
        List<Thread> all;
        synchronized (this) {
            all = List.copyOf(threads);
        }
        all.forEach(Thread::interrupt);
        long deadline = System.nanoTime() + END_MAX.toNanos();
        try {
            for (Thread thread : all) {
                thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
