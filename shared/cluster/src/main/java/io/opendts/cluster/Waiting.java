package io.opendts.cluster;

import io.opendts.model.DtsException;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Whether this process waits for the state store or the queue at the moment, and why: its readiness tells. Safe for many threads. */
public final class Waiting {

    private static final System.Logger LOG = System.getLogger(Waiting.class.getName());

    private final AtomicReference<String> reason = new AtomicReference<>();

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
