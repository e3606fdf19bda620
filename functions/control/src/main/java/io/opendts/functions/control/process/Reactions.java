package io.opendts.functions.control.process;

import io.opendts.cluster.Worker;
import io.opendts.functions.control.ControlFunction;
import io.opendts.functions.control.ControlFunction.Request;
import io.opendts.functions.control.Dispatcher;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.TaskState;
import io.opendts.queue.MessageType;
import io.opendts.queue.Payload;
import io.opendts.state.Requests;
import io.opendts.state.StateStore;
import io.opendts.state.TaskRecord;
import io.opendts.state.Tasks;
import io.opendts.task.OpenTasks;
import io.opendts.task.TaskContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What control does about a task, whether told or by looking. Looking at the source may fail for a while: then the sweep tries
 * again, for as long as the task file says. Safe for many threads and processes: all that counts is in the state store.
 */
public final class Reactions {

    private static final System.Logger LOG = System.getLogger(Reactions.class.getName());

    private final StateStore store;
    private final OpenTasks tasks;
    private final Dispatcher dispatcher;
    private final ControlFunction control = new ControlFunction();

    Reactions(StateStore store, OpenTasks tasks, Dispatcher dispatcher) {
        this.store = store;
        this.tasks = tasks;
        this.dispatcher = dispatcher;
    }

    void react(String task, Payload told) {
        if (told instanceof Payload.TaskStateChanged changed) {
            fail(changed);
        } else if (!(told instanceof Payload.ChangesApplied)) {
            dispatch(task, context -> control.handle(context, told));
        }
    }

    /** What a worker tells late, after somebody has resumed the task, is no news: it would fail again by itself. */
    private void fail(Payload.TaskStateChanged changed) {
        Optional<TaskRecord> task = store.tasks().find(changed.task());
        if (changed.state().equals(MessageType.FAILED) && task.isPresent() && changed.atMillis() >= task.get().updatedMillis()) {
            fail(changed.task(), changed.code(), changed.message(), changed.remedy());
        }
    }

    private void fail(String task, String code, String message, String remedy) {
        store.tasks().transition(task, Tasks.ANY_VERSION, new TaskState.Event.Failure(code, message, remedy), Set.of());
    }

    void sweep(String task) {
        dispatch(task, control::sweep);
    }

    void comparing(String task) {
        dispatcher.dispatch(ControlFunction.comparing(store, task));
    }

    private void dispatch(String task, Function<TaskContext, List<Request>> decision) {
        String own = task + ":control";
        Duration patience = Duration.ZERO;
        try (OpenTasks.Use use = tasks.use(task)) {
            try {
                dispatcher.dispatch(decision.apply(use.task()));
                if (store.requests().find(task, own).isPresent()) {
                    store.requests().done(task, own);
                }
            } catch (DtsException failure) {
                patience = use.task().retries().patience(failure.code());
                use.abandon();
                throw failure;
            }
        } catch (DtsException failure) {
            failed(task, own, failure, patience);
        }
    }

    private void failed(String task, String own, DtsException failure, Duration patience) {
        if (Worker.infrastructure(failure)) {
            throw failure;
        }
        if (failure.code() == ErrorCode.TASK_NOT_FOUND) {
            LOG.log(System.Logger.Level.INFO, "dropped: {0}", failure.getMessage());
            return;
        }
        long now = System.currentTimeMillis();
        long since = store.requests().find(task, own).map(Requests.Open::firstFailedMillis).filter(first -> first > 0).orElse(now);
        if (failure.code().retryable() && now - since <= patience.toMillis()) {
            store.requests().failed(task, own, failure.code().code(), failure.getMessage(), now);
        } else {
            fail(task, failure.code().code(), failure.getMessage(), failure.remedy());
        }
    }
}
