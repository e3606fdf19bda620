package io.opendts.standalone;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.TaskState;
import io.opendts.model.event.Event;
import io.opendts.model.event.EventSink;
import io.opendts.state.Asked;
import io.opendts.state.StateStore;
import io.opendts.state.TaskRecord;
import io.opendts.state.Transition;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * The tasks of a state folder on this machine. A task that another process runs is not touched: that process is asked, and
 * its answer waited for.
 */
final class LocalTasks implements Tasks {

    private static final long ANSWER_LIMIT_MS = 30_000;
    private static final long POLL_MS = 50;

    private final Stores stores;

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
            tasks.forEach(task -> out.emit(listed(store, task)));
        }
        return ExitCode.DONE;
    }

    @Override
    public ExitCode status(Path stateDirectory, String task, EventSink out) {
        try (StateStore store = toRead(stateDirectory, task)) {
            out.emit(listed(store, store.tasks().get(task)));
        }
        return ExitCode.DONE;
    }

    @Override
    public ExitCode pause(Path stateDirectory, String task, EventSink out) {
        return change(stateDirectory, task, new TaskState.Event.PauseAsked(), Optional.empty(), "pause", out);
    }

    @Override
    public ExitCode resume(Path stateDirectory, String task, Optional<String> skipDdl, EventSink out) {
        return change(stateDirectory, task, new TaskState.Event.ResumeAsked(), skipDdl, "resume", out);
    }

    @Override
    public ExitCode stop(Path stateDirectory, String task, EventSink out) {
        return change(stateDirectory, task, new TaskState.Event.StopAsked(), Optional.empty(), "stop", out);
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
            Path stateDirectory, String task, TaskState.Event event, Optional<String> skipDdl, String verb, EventSink out) {
        toRead(stateDirectory, task).close();
        try (StateStore store = stores.toWrite().apply(stateDirectory)) {
            TaskRecord before = store.tasks().get(task);
            if (TaskState.next(before.state(), event, Set.of()).equals(before.state())) {
                throw new DtsException(
                        ErrorCode.NOT_POSSIBLE_IN_STATE,
                        "task " + task + " is " + shown(before) + ": there is nothing to " + verb,
                        "See ./dts status " + task);
            }
            skipDdl.ifPresent(position -> store.progress().put(task, DisplayedFacts.SKIP_DDL, position));
            if (isRunByAnother(store, task)) {
                store.tasks().ask(task, event);
                awaitAnswer(store, task, event, verb);
            } else {
                Transition done = store.tasks().transition(task, before.version(), event, Set.of());
                if (!done.changed()) {
                    throw new DtsException(
                            ErrorCode.TASK_CHANGED, "task " + task + " changed meanwhile", "See ./dts status " + task);
                }
            }
            TaskRecord after = store.tasks().get(task);
            out.emit(new Event.StateChanged(task, shown(after), Instant.ofEpochMilli(after.updatedMillis())));
        }
        return ExitCode.DONE;
    }

    private void awaitAnswer(StateStore store, String task, TaskState.Event event, String verb) {
        long end = System.nanoTime() + ANSWER_LIMIT_MS * 1_000_000;
        while (store.tasks().asked(task).stream().map(Asked::event).anyMatch(event::equals)) {
            if (System.nanoTime() > end) {
                throw new DtsException(
                        ErrorCode.TASK_RUNS_ELSEWHERE,
                        "the process that runs task " + task + " has not answered to " + verb + " within "
                                + ANSWER_LIMIT_MS / 1000 + " s; the wish stays and is met as soon as it can",
                        "See ./dts status " + task);
            }
            LockSupport.parkNanos(POLL_MS * 1_000_000);
        }
    }

    private static boolean isRunByAnother(StateStore store, String task) {
        return store.leases()
                .current(task)
                .filter(lease -> lease.expiresAtMillis() > System.currentTimeMillis())
                .isPresent();
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

    private static Event.TaskListed listed(StateStore store, TaskRecord task) {
        Map<String, String> facts = store.progress().all(task.name(), DisplayedFacts.PREFIX);
        List<Event.Failure> errors = task.state() instanceof TaskState.Failed(_, var code, var message, var remedy)
                ? List.of(new Event.Failure(code, message, remedy, false))
                : List.of();
        return new Event.TaskListed(
                task.name(),
                task.type(),
                shown(task),
                Instant.ofEpochMilli(task.updatedMillis()),
                DisplayedFacts.lagMs(facts),
                DisplayedFacts.position(facts),
                errors);
    }

    private static String shown(TaskRecord task) {
        return TaskState.shown(task.state(), task.type().equals("migration"));
    }
}
