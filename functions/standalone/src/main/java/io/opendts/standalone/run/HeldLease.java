package io.opendts.standalone.run;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.state.Leases;
import io.opendts.state.Leases.Lease;
import java.util.UUID;

/**
 * This process's lease on a task: its epoch fences what older processes wrote, and others see by it that the task is being run.
 * The holder of the task's lock file takes the lease from whoever had it: on one machine, only a dead process can have.
 */
final class HeldLease implements AutoCloseable {

    private static final long TTL_MILLIS = 15_000;

    private final Leases leases;
    private volatile Lease lease;

    private HeldLease(Leases leases, Lease lease) {
        this.leases = leases;
        this.lease = lease;
    }

    static HeldLease take(Leases leases, String task) {
        leases.current(task).ifPresent(leases::release);
        Lease taken = leases.acquire(task, "run-" + UUID.randomUUID(), TTL_MILLIS).orElseThrow(() -> lost(task));
        return new HeldLease(leases, taken);
    }

    long epoch() {
        return lease.epoch();
    }

    /** Call it every few seconds. */
    void renew() {
        lease = leases.renew(lease, TTL_MILLIS).orElseThrow(() -> lost(lease.task()));
    }

    private static DtsException lost(String task) {
        return new DtsException(ErrorCode.TASK_RUNS_ELSEWHERE, "task " + task + " has been taken over by another process",
                "see ./dts status " + task);
    }

    @Override
    public void close() {
        leases.release(lease);
    }
}
