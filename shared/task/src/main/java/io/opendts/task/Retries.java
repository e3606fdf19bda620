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

/**
 * How long to go on trying (CONTRACT section 3, retry): lost connections for one time, other passing errors for another, with
 * a growing, jittered pause. Only errors that say of themselves that they are retryable are tried again.
 *
 * @param connection for servers that cannot be reached
 * @param other      for everything else that may pass
 * @param report     told of every failure that is going to be tried again
 */
public record Retries(Duration connection, Duration other, Consumer<DtsException> report) {

    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
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

    private <T> RetryPolicy<T> policy(Duration patience, boolean forConnections) {
        return RetryPolicy.<T>builder()
                .handleIf(error -> error instanceof DtsException failure && failure.code().retryable()
                        && CONNECTION.contains(failure.code()) == forConnections)
                .withMaxRetries(-1)
                .withMaxDuration(patience)
                .withBackoff(FIRST_PAUSE, LONGEST_PAUSE)
                .withJitter(0.2)
                .onRetry(event -> report.accept((DtsException) event.getLastException()))
                .build();
    }
}
