package io.opendts.state;

import java.util.Optional;

/** Who runs a task. The epoch fences: what was written under an older epoch than the newest one seen is ignored. */
public interface Leases {

    /** @param epoch counts up each time the lease goes to another holder or is taken anew after it ran out */
    record Lease(String task, String holder, long epoch, long expiresAtMillis) {}

    /**
     * Takes the lease when it is free, has run out, or is held by {@code holder} already (then the epoch stays and the time
     * is extended). Empty when another holder has it.
     */
    Optional<Lease> acquire(String task, String holder, long ttlMillis);

    /** Extends it; empty when it was lost: whoever gets this must stop writing at once. */
    Optional<Lease> renew(Lease lease, long ttlMillis);

    /** Gives it back; of a lease that was lost: nothing. The epoch is remembered. */
    void release(Lease lease);

    Optional<Lease> current(String task);
}
