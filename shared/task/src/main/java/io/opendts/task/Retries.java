package io.opendts.task;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedSupplier;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * How long to go on trying (CONTRACT section 3, retry): lost connections for one time, other passing errors for another, with
 * a growing, jittered pause. Only errors that say of themselves that they are retryable are tried again.
 *
 * @param connection for servers that cannot be reached
 * @param other      for everything else that may pass
 * @param report     told of every failure that is going to be tried again
 * @param pauses     between two attempts
 */
public record Retries(Duration connection, Duration other, Consumer<DtsException> report, Pauses pauses) {

    /** The first one, and where doubling it ends. */
    record Pauses(Duration first, Duration longest) {
        static final Pauses USUAL = new Pauses(Duration.ofMillis(200), Duration.ofSeconds(15));
    }

    public Retries(Duration connection, Duration other, Consumer<DtsException> report) {
        this(connection, other, report, Pauses.USUAL);
    }

    /** Carries a failure past the policies. */
    private static final class AfterGoodWork extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient DtsException failure;

        AfterGoodWork(DtsException failure) {
            super(failure);
            this.failure = failure;
        }
    }

    private static final Set<ErrorCode> CONNECTION =
            Set.of(ErrorCode.SOURCE_UNREACHABLE, ErrorCode.TARGET_UNREACHABLE, ErrorCode.LOG_CONNECTION_LOST);

    /** Runs the work until it succeeds, its error is final, or the time is over: then that error is thrown. */
    public <T> T call(CheckedSupplier<T> work) throws InterruptedException {
        try {
            return Failsafe.with(policy(other, false), policy(connection, true)).get(work);
        } catch (FailsafeException wrapped) {
            if (wrapped.getCause() instanceof InterruptedException interrupted) {
                throw interrupted;
            }
            throw wrapped;
        }
    }

    /** How long this kind of error may last before it is final; zero for one that no retry can mend. */
    public Duration patience(ErrorCode code) {
        return !code.retryable() ? Duration.ZERO : CONNECTION.contains(code) ? connection : other;
    }

    /** Work that goes on and on: its time to fail starts anew whenever it has got further since. */
    public interface Endless {
        void run() throws InterruptedException;
    }

    /**
     * As {@link #call} for work that only ends by being stopped. An error after days of good work is the first one: patience is
     * counted from the last attempt that achieved something, and the pauses grow from the first one again behind an attempt that did
     * and lasted longer than the longest of them.
     *
     * @param progress a number that grows when the work achieves something
     */
    public void keep(Endless work, LongSupplier progress) throws InterruptedException {
        while (true) {
            long before = progress.getAsLong();
            try {
                call(() -> {
                    attempt(work, progress);
                    return null;
                });
                return;
            } catch (AfterGoodWork anew) {
                report.accept(anew.failure);
                Thread.sleep(pauses.first());
            } catch (DtsException failure) {
                if (!mayPass(failure.code()) || progress.getAsLong() == before) {
                    throw failure;
                }
                report.accept(failure);
            }
        }
    }

    private void attempt(Endless work, LongSupplier progress) throws InterruptedException {
        long before = progress.getAsLong();
        long began = System.nanoTime();
        try {
            work.run();
        } catch (DtsException failure) {
            boolean good = progress.getAsLong() != before && System.nanoTime() - began > pauses.longest().toNanos();
            throw good && mayPass(failure.code()) ? new AfterGoodWork(failure) : failure;
        }
    }

    /** Who was overtaken by another process gives way to it: trying again would be a fight. */
    private static boolean mayPass(ErrorCode code) {
        return code.retryable() && code != ErrorCode.TASK_RUNS_ELSEWHERE;
    }

    private <T> RetryPolicy<T> policy(Duration patience, boolean forConnections) {
        Duration shortest = pauses.first().plusMillis(1);
        return RetryPolicy.<T>builder()
                .handleIf(error -> error instanceof DtsException failure && mayPass(failure.code())
                        && CONNECTION.contains(failure.code()) == forConnections)
                .withMaxRetries(-1)
                .withMaxDuration(patience.compareTo(shortest) < 0 ? shortest : patience)
                .withBackoff(pauses.first(), pauses.longest())
                .withJitter(0.2)
                .onRetry(event -> report.accept((DtsException) event.getLastException()))
                .build();
    }
}
