package io.opendts.cluster;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Whether this process waits for the state store or the queue at the moment, and why: its readiness tells. Safe for many threads. */
public final class Waiting {

    private static final System.Logger LOG = System.getLogger(Waiting.class.getName());

    private static final long PAUSE_MILLIS = 1_000;

    private final Map<ErrorCode, String> reasons = new ConcurrentSkipListMap<>();

    /** Tries until the state store and the queue are there, or this thread is interrupted because the process ends. */
    public <T> T until(Supplier<T> step) {
        while (true) {
            try {
                return step.get();
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
        ErrorCode side = failure.code() == ErrorCode.QUEUE_UNAVAILABLE ? failure.code() : ErrorCode.STATE_STORE_UNREACHABLE;
        if (reasons.put(side, failure.code().code() + ": " + failure.getMessage()) == null) {
            LOG.log(System.Logger.Level.WARNING, "waiting, nothing is lost: {0} {1}", failure.code().code(), failure.getMessage());
        }
    }

    /** The one that answers again; whoever succeeds in something need not have asked both. */
    void over(ErrorCode side) {
        if (reasons.remove(side) != null) {
            LOG.log(System.Logger.Level.INFO, "going on: {0} is over", side.code());
        }
    }

    public Optional<String> reason() {
        return reasons.values().stream().reduce((one, other) -> one + "; " + other);
    }
}
