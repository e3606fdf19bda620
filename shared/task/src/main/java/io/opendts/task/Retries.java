package io.opendts.task;

import dev.failsafe.Failsafe;
import dev.failsafe.FailsafeException;
import dev.failsafe.RetryPolicy;
import dev.failsafe.function.CheckedSupplier;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
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

    /** The latest one of a work that goes on and on. One thread. */
    private final class Attempt {
        private final LongSupplier progress;
        private long before;
        private long beganNanos;

        Attempt(LongSupplier progress) {
            this.progress = progress;
        }

        void begin() {
            before = progress.getAsLong();
            beganNanos = System.nanoTime();
        }

        boolean wasGood() {
            return progress.getAsLong() != before && System.nanoTime() - beganNanos > pauses.longest().toNanos();
        }
    }

    private static final Set<ErrorCode> CONNECTION =
            Set.of(ErrorCode.SOURCE_UNREACHABLE, ErrorCode.TARGET_UNREACHABLE, ErrorCode.LOG_CONNECTION_LOST);

    /** Runs the work until it succeeds, its error is final, or the time is over: then that error is thrown. */
    public <T> T call(CheckedSupplier<T> work) throws InterruptedException {
        return call(work, () -> false);
    }

    /** @param last asked behind an error, whether it ends this row of attempts */
    private <T> T call(CheckedSupplier<T> work, BooleanSupplier last) throws InterruptedException {
        try {
            return Failsafe.with(policy(other, false, last), policy(connection, true, last)).get(work);
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
     * As {@link #call} for work that only ends by being stopped. An error after hours of good work is the first one: patience is
     * counted from the last attempt that achieved something, and an attempt that did and lasted longer than the longest pause is
     * followed by the next one at once, and by the first pause if that fails.
     *
     * @param progress a number that grows when the work achieves something
     */
    public void keep(Endless work, LongSupplier progress) throws InterruptedException {
        while (true) {
            long before = progress.getAsLong();
            Attempt attempt = new Attempt(progress);
            try {
                call(() -> {
                    attempt.begin();
                    work.run();
                    return null;
                }, attempt::wasGood);
                return;
            } catch (DtsException failure) {
                if (!mayPass(failure.code()) || progress.getAsLong() == before) {
                    throw failure;
                }
                report.accept(failure);
            }
        }
    }

    /** Who was overtaken by another process gives way to it: trying again would be a fight. */
    private static boolean mayPass(ErrorCode code) {
        return code.retryable() && code != ErrorCode.TASK_RUNS_ELSEWHERE;
    }

    private <T> RetryPolicy<T> policy(Duration patience, boolean forConnections, BooleanSupplier last) {
        Duration shortest = pauses.first().plusMillis(1);
        return RetryPolicy.<T>builder()
                .handleIf(error -> error instanceof DtsException failure && mayPass(failure.code())
                        && CONNECTION.contains(failure.code()) == forConnections && !last.getAsBoolean())
                .withMaxRetries(-1)
                .withMaxDuration(patience.compareTo(shortest) < 0 ? shortest : patience)
                .withBackoff(pauses.first(), pauses.longest())
                .withJitter(0.2)
                .onRetry(event -> report.accept((DtsException) event.getLastException()))
                .build();
    }
}
