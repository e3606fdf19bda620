package io.opendts.queue.kafka;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.FencedInstanceIdException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/** What the client throws, as errors that a user can act on. */
final class KafkaErrors {

    private KafkaErrors() {}

    static DtsException unavailable(String what, KafkaSettings settings, Throwable cause) {
        return new DtsException(ErrorCode.QUEUE_UNAVAILABLE, "Kafka at " + settings.brokers() + " " + what + ": " + text(cause),
                "check that the brokers run and can be reached; nothing is lost, the work goes on when they answer", cause);
    }

    static DtsException interrupted(String what, KafkaSettings settings, Throwable cause) {
        Thread.currentThread().interrupt();
        return unavailable(what + " (interrupted)", settings, cause);
    }

    static DtsException gap(String message) {
        return new DtsException(ErrorCode.QUEUE_GAP, message, "resume the task: it goes on from the checkpoint on the target");
    }

    static DtsException elsewhere(String message, Throwable cause) {
        return new DtsException(ErrorCode.TASK_RUNS_ELSEWHERE, message,
                "nothing to do: the other reader goes on from the last batch in the queue", cause);
    }

    static DtsException bug(String message) {
        return new DtsException(ErrorCode.BUG, message, "report this as a bug of OpenDTS");
    }

    /** Whether another producer with the same transactional id has taken over. */
    static boolean fenced(Throwable failure) {
        for (Throwable one = failure; one != null; one = one.getCause()) {
            if (one instanceof ProducerFencedException || one instanceof InvalidProducerEpochException
                    || one instanceof FencedInstanceIdException) {
                return true;
            }
        }
        return false;
    }

    /** @throws DtsException QUEUE_UNAVAILABLE; an error of the broker comes as it is, in the cause of the ExecutionException */
    static <T> T answer(KafkaFuture<T> future, String what, KafkaSettings settings) throws ExecutionException {
        try {
            return future.get(KafkaSettings.ANSWER_LIMIT_MILLIS + 1_000L, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw interrupted(what, settings, e);
        } catch (TimeoutException e) {
            throw unavailable(what, settings, e);
        }
    }

    private static String text(Throwable cause) {
        Throwable inner = cause instanceof ExecutionException && cause.getCause() != null ? cause.getCause() : cause;
        return inner.getMessage() == null ? inner.getClass().getSimpleName() : inner.getMessage();
    }
}
