package io.opendts.standalone.run;

import io.opendts.functions.precheck.PrecheckFunction;
import io.opendts.model.CheckItem;
import io.opendts.model.DtsException;
import io.opendts.model.event.Event;
import io.opendts.model.event.EventSink;
import io.opendts.queue.EmbeddedChangeLog;
import io.opendts.queue.EmbeddedQueue;
import io.opendts.spec.TaskFile.Result.Valid;
import io.opendts.spec.TaskSpec;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Interruption;
import io.opendts.standalone.TaskLog;
import io.opendts.standalone.Work;
import io.opendts.standalone.demo.Demo;
import io.opendts.standalone.demo.DemoSize;
import io.opendts.state.EmbeddedStateStore;
import io.opendts.state.StateStore;
import io.opendts.state.TaskLock;
import io.opendts.state.TaskRecord;
import io.opendts.task.RelationsByNumber;
import io.opendts.task.TaskContext;
import io.opendts.task.TaskContexts;
import jakarta.inject.Singleton;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/** The commands that connect to databases, with all functions in this process. */
@Singleton
public final class StandaloneWork implements Work {

    private static final int CHUNK_WORKERS = 2;

    @Override
    public ExitCode run(RunRequest request, EventSink out, Interruption interruption) {
        Optional<Valid> file = TaskFiles.read(request.taskFile(), out);
        if (file.isEmpty()) {
            return ExitCode.USAGE;
        }
        TaskSpec spec = file.get().spec();
        Path folder = request.stateDirectory();
        EventSink events = TaskLog.inFrontOf(out, folder, spec.name(), Clock.systemUTC());
        try (TaskLock _ = TaskLock.take(folder, spec.name());
                StateStore store = EmbeddedStateStore.open(folder)) {
            RecordedTask.record(store, request.taskFile(), file.get());
            try (HeldLease lease = HeldLease.take(store.leases(), spec.name());
                    TaskContext task = context(spec, store, events);
                    EmbeddedQueue queue = EmbeddedQueue.open(folder, spec.name()::equals);
                    EmbeddedChangeLog changes = EmbeddedChangeLog.open(folder, spec.name(), new RelationsByNumber(store, spec.name()))) {
                TaskRun.Options options = new TaskRun.Options(lease.epoch(), chunkWorkers(spec), request.untilCaughtUp());
                return new TaskRun(task, queue, changes, lease, options, events, interruption).run();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return ExitCode.INTERRUPTED;
            }
        }
    }

    @Override
    public ExitCode precheck(PrecheckRequest request, EventSink out, Interruption interruption) {
        Optional<Valid> file = TaskFiles.read(request.taskFile(), out);
        if (file.isEmpty()) {
            return ExitCode.USAGE;
        }
        try (TaskContext task = context(file.get().spec(), null, out)) {
            interruption.whenAsked(task::close);
            List<CheckItem> items = new PrecheckFunction().check(task);
            items.forEach(item -> out.emit(new Event.Prechecked(item)));
            return PrecheckFunction.passed(items) ? ExitCode.DONE : ExitCode.PRECHECK_FAILED;
        }
    }

    @Override
    public ExitCode verify(VerifyRequest request, EventSink out, Interruption interruption) {
        Optional<Valid> file = TaskFiles.read(request.taskFile(), out);
        return file.isEmpty() ? ExitCode.USAGE
                : new VerifyRun(file.get().spec(), request.stateDirectory(), request.repairFile(), out).run(interruption);
    }

    @Override
    public ExitCode demo(DemoRequest request, EventSink out, Interruption interruption) {
        return new Demo(this, DemoSize.USUAL, request.keep(), out, interruption).run();
    }

    @Override
    public ExitCode reset(TaskRequest request, EventSink out, Interruption interruption) {
        return forget(request, out, (store, name) -> {
            store.tasks().reset(name);
            out.emit(new Event.Note("task " + name + " is a draft again; its tables on the target are as they were"));
        });
    }

    @Override
    public ExitCode delete(TaskRequest request, EventSink out, Interruption interruption) {
        return forget(request, out, (store, name) -> {
            store.tasks().delete(name);
            out.emit(new Event.Note("task " + name + " is deleted; its tables on the target are as they were"));
        });
    }

    private interface Forgetting {
        void forget(StateStore store, String task);
    }

    /** The target first: were it last, a kill in between would leave a checkpoint that a new task of that name would believe. */
    private ExitCode forget(TaskRequest request, EventSink out, Forgetting local) {
        Path folder = request.stateDirectory();
        try (TaskLock _ = TaskLock.take(folder, request.task());
                StateStore store = EmbeddedStateStore.open(folder)) {
            TaskRecord recorded = store.tasks().get(request.task());
            try (TaskContext task = context(RecordedTask.spec(store, recorded), store, out)) {
                task.forgetOnTarget();
            }
            try (EmbeddedQueue queue = EmbeddedQueue.open(folder, request.task()::equals)) {
                queue.forget(request.task());
            }
            EmbeddedChangeLog.delete(folder, request.task());
            local.forget(store, request.task());
            return ExitCode.DONE;
        }
    }

    private static TaskContext context(TaskSpec spec, StateStore store, EventSink out) {
        return TaskContexts.open(spec, store, failure -> out.emit(trying(failure)));
    }

    private static Event.Note trying(DtsException failure) {
        return new Event.Note("trying again after " + failure.code().code() + ": " + failure.getMessage());
    }

    private static int chunkWorkers(TaskSpec spec) {
        return spec.parallelism().snapshot().orElse(CHUNK_WORKERS);
    }
}
