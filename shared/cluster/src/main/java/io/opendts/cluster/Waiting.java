package io.opendts.cluster;

import io.opendts.model.DtsException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Whether this process waits for the state store or the queue at the moment, and why: its readiness tells. Safe for many threads. */
public final class Waiting {

    private static final System.Logger LOG = System.getLogger(Waiting.class.getName());

    private static final long PAUSE_MILLIS = 1_000;

    private final AtomicReference<String> reason = new AtomicReference<>();

    /** Tries until the state store and the queue are there, or this thread is interrupted because the process ends. */
    public <T> T until(Supplier<T> step) {
        while (true) {
            try {
                T result = step.get();
                over();
                return result;
            } catch (DtsException failure) {
                if (!Worker.infrastructure(failure)) {
                    throw failure;
                }
                on(failure);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
                if (Thread.currentThread().isInterrupted()) {
                    throw failure;
                }
            }
        }
    }

    void on(DtsException failure) {
        if (reason.getAndSet(failure.code().code() + ": " + failure.getMessage()) == null) {
            LOG.log(System.Logger.Level.WARNING, "waiting, nothing is lost: {0} {1}", failure.code().code(), failure.getMessage());
        }
    }

    void over() {
        if (reason.getAndSet(null) != null) {
            LOG.log(System.Logger.Level.INFO, "going on");
        }
    }

    public Optional<String> reason() {
        return Optional.ofNullable(reason.get());
    }
}
