package io.opendts.cluster;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.TaskState;
import io.opendts.queue.Message;
import io.opendts.queue.MessageType;
import io.opendts.queue.Payload;
import io.opendts.queue.Payloads;
import io.opendts.spi.SchemaPlan;
import io.opendts.state.Requests;
import io.opendts.state.StateStore;
import io.opendts.state.TaskRecord;
import io.opendts.task.Facts;
import io.opendts.task.OpenTasks;
import io.opendts.task.TaskContext;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Does the work of one message, whichever way it came. The message is only a trigger: what is wanted is decided by the state
 * store, and what fails for a while is recorded there and asked for again by the control function.
 *
 * <p>Only the store's and the queue's own absence are thrown (STATE_STORE_UNREACHABLE, QUEUE_UNAVAILABLE): then nothing is known
 * and the message must stay.
 */
public final class Worker {

    private static final System.Logger LOG = System.getLogger(Worker.class.getName());
    private static final long FIRST_PAUSE_MILLIS = 500;
    private static final long LONGEST_PAUSE_MILLIS = 15_000;
    private static final long CUT_OVER_PAUSE_MILLIS = 60_000;
    private static final String CUT_OVER = SchemaPlan.Step.CUT_OVER.name();
    private static final Set<ErrorCode> INFRASTRUCTURE = Set.of(ErrorCode.STATE_STORE_UNREACHABLE, ErrorCode.STATE_UNAVAILABLE,
            ErrorCode.QUEUE_UNAVAILABLE);

    /**
     * What one invocation may take.
     *
     * @param time         after it the task's sessions are closed and the work counts as failed for now
     * @param messageBytes larger ones are refused
     */
    public record Limits(Duration time, int messageBytes) {}

    private final StateStore store;
    private final OpenTasks tasks;
    private final WorkMetrics metrics;
    private final String source;
    private final Limits limits;

    /** @param source the function's name in its messages, as in {@code /functions/snapshot} */
    public Worker(StateStore store, OpenTasks tasks, WorkMetrics metrics, String source, Limits limits) {
        this.store = store;
        this.tasks = tasks;
        this.metrics = metrics;
        this.source = source;
        this.limits = limits;
    }

    /** Whether it is the state store or the queue that does not answer: to be waited for, whatever was being done. */
    public static boolean infrastructure(DtsException failure) {
        return INFRASTRUCTURE.contains(failure.code());
    }

    public <P extends Payload> Outcome perform(Message message, Class<P> type, Work<P> work) {
        P request;
        try {
            request = read(message, type);
        } catch (DtsException refused) {
            return new Outcome.Refused(refused.getMessage());
        }
        Optional<TaskRecord> task = store.tasks().find(message.subject());
        if (task.isEmpty()) {
            return new Outcome.Dropped(ErrorCode.TASK_NOT_FOUND, "there is no task " + message.subject() + " any more");
        }
        if (!wanted(task.get().state(), request)) {
            return new Outcome.Dropped(ErrorCode.NOT_POSSIBLE_IN_STATE, "task " + message.subject() + " is "
                    + TaskState.shown(task.get().state(), task.get().type().equals("migration")) + " and does not need it");
        }
        return attempt(task.get(), message, request, work);
    }

    private <P extends Payload> P read(Message message, Class<P> type) {
        if (message.data().length() > limits.messageBytes()
                || message.data().getBytes(StandardCharsets.UTF_8).length > limits.messageBytes()) {
            throw refused(message, "has more than " + limits.messageBytes() + " bytes");
        }
        Payload payload = Payloads.read(message);
        if (payload == null || !type.isInstance(payload)) {
            throw refused(message, "is of type " + message.type() + ", which this function does not take");
        }
        if (!message.subject().equals(payload.task())) {
            throw refused(message, "has the subject " + message.subject() + " and speaks of task " + payload.task());
        }
        return type.cast(payload);
    }

    private static DtsException refused(Message message, String why) {
        return new DtsException(ErrorCode.MESSAGE_REFUSED, "message " + message.id() + " " + why,
                "send what the contract says: a CloudEvent whose subject is the task's name");
    }

    private static boolean wanted(TaskState state, Payload request) {
        return switch (request) {
            case Payload.PrecheckRequested _, Payload.VerifyRequested _ -> true;
            case Payload.SchemaRequested(_, String step) -> state instanceof TaskState.Running
                    || state instanceof TaskState.Stopped && step.equals(CUT_OVER);
            case Payload.ChunkRequested _, Payload.ChangesBatch _ -> state instanceof TaskState.Running;
            case Payload.PrecheckCompleted _, Payload.SchemaCompleted _, Payload.ChunkCompleted _, Payload.VerifyCompleted _,
                    Payload.ChangesApplied _, Payload.TaskStateChanged _ -> false;
        };
    }

    private <P extends Payload> Outcome attempt(TaskRecord task, Message message, P request, Work<P> work) {
        try (OpenTasks.Use use = tasks.use(task)) {
            try {
                Payload completed = inTime(use, message, request, work);
                return new Outcome.Done(completed, Payloads.answer(message.id(), completed, source, Instant.now()));
            } catch (DtsException failure) {
                // The next attempt begins with new sessions, and with the secrets of then.
                use.abandon();
                return failed(message, request, failure, use.task().retries().patience(failure.code()));
            }
        } catch (DtsException failure) {
            return failed(message, request, failure, Duration.ZERO);
        }
    }

    /** On a thread of its own, so that work which hangs in a server can be given up. */
    private <P extends Payload> Payload inTime(OpenTasks.Use use, Message message, P request, Work<P> work) {
        CompletableFuture<Payload> result = new CompletableFuture<>();
        Thread.ofVirtual().name(message.id()).start(() -> complete(result, use.task(), request, work));
        try {
            return result.get(limits.time().toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            use.abandon();
            throw new DtsException(ErrorCode.WORK_TIMED_OUT, "message " + message.id() + " was not done within " + limits.time(),
                    "look whether a server is stuck; it is tried again");
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            use.abandon();
            throw new DtsException(ErrorCode.QUEUE_UNAVAILABLE, "the process is ending", "it is done by another one");
        } catch (ExecutionException failed) {
            switch (failed.getCause()) {
                case DtsException known -> throw known;
                case Throwable bug -> {
                    LOG.log(System.Logger.Level.ERROR, "message " + message.id() + " hit a bug", bug);
                    throw new DtsException(ErrorCode.BUG,
                            "message " + message.id() + " of task " + message.subject() + " hit a bug: " + bug,
                            "report this as a bug of OpenDTS with the process's log", bug);
                }
            }
        }
    }

    private <P extends Payload> void complete(CompletableFuture<Payload> result, TaskContext task, P request, Work<P> work) {
        long began = System.nanoTime();
        try {
            Payload completed = work.handle(task, request);
            metrics.worked(task.name(), Duration.ofNanos(System.nanoTime() - began));
            result.complete(completed);
        } catch (Exception | Error failure) {
            result.completeExceptionally(failure);
        }
    }

    private Outcome failed(Message message, Payload request, DtsException failure, Duration patience) {
        if (infrastructure(failure)) {
            throw failure;
        }
        if (failure.code() == ErrorCode.TASK_NOT_FOUND) {
            return new Outcome.Dropped(failure.code(), failure.getMessage());
        }
        if (failure.code() == ErrorCode.MESSAGE_REFUSED) {
            return new Outcome.Refused(failure.getMessage());
        }
        metrics.error(message.subject(), failure.code());
        long now = System.currentTimeMillis();
        Optional<Requests.Open> before = store.requests().find(message.subject(), message.id());
        long since = before.map(Requests.Open::firstFailedMillis).filter(first -> first > 0).orElse(now);
        if (failure.code().retryable() && now - since <= patience.toMillis()) {
            long due = now + pause(before.map(Requests.Open::attempts).orElse(0));
            store.requests().failed(message.subject(), message.id(), failure.code().code(), failure.getMessage(), due);
            return new Outcome.Postponed(failure, due);
        }
        return failedForGood(message, request, failure, now);
    }

    /** Most failures end the task. A comparison ends by itself, and a cut-over, whose task has ended, is tried again later. */
    private Outcome failedForGood(Message message, Payload request, DtsException failure, long now) {
        if (request instanceof Payload.VerifyRequested(String task, String run, _)) {
            new Facts(store.progress(), task).comparisonFailed(run, failure);
            return new Outcome.Dropped(failure.code(), failure.code().code() + " " + failure.getMessage());
        }
        if (request instanceof Payload.SchemaRequested(String task, String step) && step.equals(CUT_OVER)) {
            long due = now + CUT_OVER_PAUSE_MILLIS;
            store.requests().failed(task, message.id(), failure.code().code(), failure.getMessage(), due);
            return new Outcome.Postponed(failure, due);
        }
        return new Outcome.Failed(failure, failure(message.subject(), failure, source));
    }

    /** Tells the control function that a task cannot go on. */
    public static Message failure(String task, DtsException failure, String source) {
        long now = System.currentTimeMillis();
        return Payloads.message(new Payload.TaskStateChanged(task, MessageType.FAILED, failure.code().code(), failure.getMessage(),
                failure.remedy(), now), source, Instant.ofEpochMilli(now));
    }

    private static long pause(int attempts) {
        long grown = Math.min(LONGEST_PAUSE_MILLIS, FIRST_PAUSE_MILLIS << Math.min(attempts, 10));
        return grown - ThreadLocalRandom.current().nextLong(grown / 5);
    }
}
