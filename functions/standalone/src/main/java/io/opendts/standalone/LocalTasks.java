package io.opendts.standalone;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.TaskState;
import io.opendts.model.event.Event;
import io.opendts.model.event.EventSink;
import io.opendts.state.StateStore;
import io.opendts.state.TaskLock;
import io.opendts.state.TaskRecord;
import io.opendts.task.DdlDecision;
import io.opendts.task.ResyncRequest;
import io.opendts.task.TaskListing;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The tasks of a state folder on this machine. A task that another process runs is not touched: that process is asked, and
 * its answer waited for.
 */
public final class LocalTasks implements Tasks {

    private static final long ANSWER_LIMIT_MS = 30_000;
    private static final long POLL_MS = 50;

    private final Stores stores;

    /** Those of the embedded mode. */
    public static LocalTasks embedded() {
        return new LocalTasks(Stores.embedded());
    }

    LocalTasks(Stores stores) {
        this.stores = stores;
    }

    @Override
    public ExitCode list(Path stateDirectory, EventSink out) {
        Optional<StateStore> there = stores.toRead().apply(stateDirectory);
        if (there.isEmpty()) {
            out.emit(noTasks(stateDirectory));
            return ExitCode.DONE;
        }
        try (StateStore store = there.get()) {
            List<TaskRecord> tasks = store.tasks().list();
            if (tasks.isEmpty()) {
                out.emit(noTasks(stateDirectory));
            }
            tasks.forEach(task -> out.emit(TaskListing.of(store, task)));
        }
        return ExitCode.DONE;
    }

    @Override
    public ExitCode status(Path stateDirectory, String task, EventSink out) {
        try (StateStore store = toRead(stateDirectory, task)) {
            out.emit(TaskListing.of(store, store.tasks().get(task)));
        }
        return ExitCode.DONE;
    }

    @Override
    public ExitCode create(Path taskFile, EventSink out) {
        throw onlyOnServers("create");
    }

    @Override
    public ExitCode start(String task, EventSink out) {
        throw onlyOnServers("start");
    }

    private static DtsException onlyOnServers(String command) {
        return new DtsException(ErrorCode.FEATURE_NOT_AVAILABLE, "the command '" + command + "' needs a server: --server URL",
                "without one, ./dts run TASK.yaml makes the task, starts it and runs it in this process");
    }

    @Override
    public ExitCode pause(Path stateDirectory, String task, EventSink out) {
        return change(stateDirectory, task, new TaskState.Event.PauseAsked(), Optional.empty(), "pause", out);
    }

    @Override
    public ExitCode resume(Path stateDirectory, String task, Optional<DdlDecision> decision, EventSink out) {
        return change(stateDirectory, task, new TaskState.Event.ResumeAsked(), decision, "resume", out);
    }

    @Override
    public ExitCode stop(Path stateDirectory, String task, EventSink out) {
        return change(stateDirectory, task, new TaskState.Event.StopAsked(), Optional.empty(), "stop", out);
    }

    @Override
    public ExitCode resync(Path stateDirectory, String task, String table, EventSink out) {
        toRead(stateDirectory, task).close();
        try (StateStore store = stores.toWrite().apply(stateDirectory)) {
            ResyncRequest.record(store, task, table);
            out.emit(new Event.Note("task " + task + " copies " + table + " anew while it runs"));
        }
        return ExitCode.DONE;
    }

    @Override
    public ExitCode logs(Path stateDirectory, String task, EventSink out) {
        try (StateStore store = toRead(stateDirectory, task)) {
            store.tasks().get(task);
        }
        TaskLog.read(stateDirectory, task, out);
        return ExitCode.DONE;
    }

    private ExitCode change(
            Path stateDirectory, String task, TaskState.Event event, Optional<DdlDecision> decision, String verb, EventSink out) {
        toRead(stateDirectory, task).close();
        try (StateStore store = stores.toWrite().apply(stateDirectory)) {
            TaskRecord before = store.tasks().get(task);
            if (TaskState.next(before.state(), event, Set.of()).equals(before.state())) {
                throw new DtsException(
                        ErrorCode.NOT_POSSIBLE_IN_STATE,
                        "task " + task + " is " + shown(before) + ": there is nothing to " + verb,
                        "See ./dts status " + task);
            }
            decision.ifPresent(made -> made.record(store.progress(), task));
            store.tasks().ask(task, event);
            boolean runs = awaitAnswer(store, stateDirectory, task, verb);
            TaskRecord after = store.tasks().get(task);
            out.emit(new Event.StateChanged(task, shown(after), Instant.ofEpochMilli(after.updatedMillis())));
            if (!runs && after.state() instanceof TaskState.Running) {
                out.emit(new Event.Note("no process runs task " + task + ": it goes on with ./dts run TASK.yaml"));
            }
        }
        return ExitCode.DONE;
    }

    /**
     * The process that runs the task answers. When there is none, or it dies meanwhile, this one does, holding the task's lock.
     *
     * @return whether another process runs the task
     */
    private static boolean awaitAnswer(StateStore store, Path stateDirectory, String task, String verb) {
        long end = System.nanoTime() + ANSWER_LIMIT_MS * 1_000_000;
        while (!store.tasks().asked(task).isEmpty()) {
            Optional<TaskLock> free = lock(stateDirectory, task);
            if (free.isPresent()) {
                try (TaskLock _ = free.get()) {
                    store.tasks().asked(task).forEach(asked -> store.tasks().answer(asked, Set.of()));
                }
                return false;
            }
            if (System.nanoTime() > end) {
                throw new DtsException(
                        ErrorCode.TASK_RUNS_ELSEWHERE,
                        "the process that runs task " + task + " has not answered to " + verb + " within "
                                + ANSWER_LIMIT_MS / 1000 + " s; the wish stays and is met as soon as it can",
                        "See ./dts status " + task);
            }
            LockSupport.parkNanos(POLL_MS * 1_000_000);
        }
        return true;
    }

    private static Optional<TaskLock> lock(Path stateDirectory, String task) {
        try {
            return Optional.of(TaskLock.take(stateDirectory, task));
        } catch (DtsException held) {
            if (held.code() == ErrorCode.TASK_RUNS_ELSEWHERE) {
                return Optional.empty();
            }
            throw held;
        }
    }

    /** Asking about a task must not make a state folder. */
    private StateStore toRead(Path stateDirectory, String task) {
        return stores.toRead()
                .apply(stateDirectory)
                .orElseThrow(() -> new DtsException(
                        ErrorCode.TASK_NOT_FOUND,
                        "there is no task " + task + ": the state folder " + stateDirectory + " holds none",
                        "Name the folder with --state or DTS_HOME, or begin with ./dts run TASK.yaml"));
    }

    private static Event.Note noTasks(Path stateDirectory) {
        return new Event.Note("no tasks in " + stateDirectory);
    }

    private static String shown(TaskRecord task) {
        return TaskState.shown(task.state(), task.type().equals("migration"));
    }
}
