package io.opendts.standalone.run;

import io.opendts.functions.apply.ApplyLoop;
import io.opendts.functions.reader.ReaderFunction;
import io.opendts.functions.schema.SchemaFunction;
import io.opendts.model.DtsException;
import io.opendts.model.Position;
import io.opendts.model.Stage;
import io.opendts.model.TaskState;
import io.opendts.model.event.Event;
import io.opendts.model.event.EventSink;
import io.opendts.queue.ChangeLog;
import io.opendts.queue.Queue;
import io.opendts.spi.SchemaPlan;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Failures;
import io.opendts.standalone.Interruption;
import io.opendts.state.Asked;
import io.opendts.task.DisplayedFacts;
import io.opendts.task.Facts;
import io.opendts.task.Resync;
import io.opendts.task.StageReport;
import io.opendts.task.Standing;
import io.opendts.task.StoppedTable;
import io.opendts.task.TaskContext;
import io.opendts.task.WaitingObject;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One task in this process, from where it is to its end, to its being caught up, or until somebody stops it. This thread only
 * watches: it answers what other processes ask, starts the reader and the apply worker when their time comes, and reports.
 */
final class TaskRun {

    private static final long WATCH_MILLIS = 100;
    private static final long SWEEP_MILLIS = 5_000;
    private static final long REPORT_MILLIS = 1_000;

    /**
     * @param epoch         of the lease under which this process works
     * @param untilCaughtUp ends once all that the source had committed at the start is on the target
     */
    record Options(long epoch, int chunkWorkers, boolean untilCaughtUp) {}

    private final TaskContext task;
    private final Options options;
    private final HeldLease lease;
    private final EventSink out;
    private final Interruption interruption;
    private final ChangeLog changes;
    private final Chain chain;
    private final Workers workers;
    private final StageReport report;
    private final AtomicReference<DtsException> failure = new AtomicReference<>();
    private final AtomicReference<Throwable> bug = new AtomicReference<>();
    private final Object moved = new Object();
    private volatile Optional<Position> goal = Optional.empty();
    private TaskState shown;
    private ReaderFunction reader;
    private ApplyLoop apply;
    private boolean goalAsked;
    private boolean caughtUp;

    TaskRun(TaskContext task, Queue queue, ChangeLog changes, HeldLease lease, Options options, EventSink out, Interruption interruption) {
        this.task = task;
        this.options = options;
        this.lease = lease;
        this.out = out;
        this.interruption = interruption;
        this.changes = changes;
        this.chain = new Chain(task, queue, out, this::wake);
        this.workers = new Workers(task.name(), this::failed);
        this.report = new StageReport(task, out);
    }

    ExitCode run() throws InterruptedException {
        interruption.whenAsked(this::wake);
        try {
            chain.start();
            chain.startWorkers(workers, options.chunkWorkers());
            ExitCode exit = watch();
            if (shown instanceof TaskState.Stopped && cutOverIsDue()) {
                cutOver();
            }
            return exit;
        } finally {
            end();
        }
    }

    /** Stopping a migration is its cut-over: nothing of ours writes any more, so triggers and events may live again. */
    private boolean cutOverIsDue() {
        return task.migration() && apply != null && task.runs(Stage.SCHEMA)
                && Facts.of(task).moment("schema.done." + SchemaPlan.Step.CUT_OVER).isEmpty();
    }

    private void cutOver() {
        reader.close();
        workers.close();
        new SchemaFunction().make(task, SchemaPlan.Step.CUT_OVER, report -> out.emit(new Event.Note(report)));
        Facts.of(task).once("schema.done." + SchemaPlan.Step.CUT_OVER, System.currentTimeMillis());
    }

    private ExitCode watch() throws InterruptedException {
        long lastSweep = System.currentTimeMillis();
        long lastReport = 0;
        while (true) {
            answerWishes();
            Optional<ExitCode> over = settle();
            if (over.isPresent()) {
                return over.get();
            }
            long now = System.currentTimeMillis();
            if (now - lastSweep >= SWEEP_MILLIS) {
                chain.sweep();
                lease.renew();
                lastSweep = now;
            }
            if (now - lastReport >= REPORT_MILLIS) {
                tellProgress();
                lastReport = now;
            }
            synchronized (moved) {
                moved.wait(WATCH_MILLIS);
            }
        }
    }

    /** Looks at what has happened, starts what is due, and tells whether and how the run is over. */
    private Optional<ExitCode> settle() throws InterruptedException {
        if (bug.get() != null) {
            throw new IllegalStateException("a worker of task " + task.name() + " failed", bug.get());
        }
        if (failure.get() != null) {
            chain.control().failed(task, failure.get());
        }
        TaskState state = task.store().tasks().get(task.name()).state();
        show(state);
        if (failure.get() != null) {
            out.emit(Failures.of(failure.get()));
            return Optional.of(over(state, ExitCode.TASK_FAILED));
        }
        if (interruption.isAsked()) {
            return Optional.of(over(state, ExitCode.INTERRUPTED));
        }
        return switch (state) {
            case TaskState.Running(Stage stage) -> {
                startLongLived(stage);
                yield stage == Stage.INCREMENTAL && isCaughtUp() && options.untilCaughtUp()
                        ? Optional.of(over(state, stoppedTables() ? ExitCode.TASK_FAILED : ExitCode.DONE))
                        : Optional.empty();
            }
            case TaskState.PrecheckFailed() -> Optional.of(ExitCode.PRECHECK_FAILED);
            case TaskState.Completed(), TaskState.Stopped() -> Optional.of(over(state, ExitCode.DONE));
            case TaskState.Failed(_, String code, String message, String remedy) -> {
                out.emit(new Event.Failure(code, message, remedy, false));
                yield Optional.of(over(state, ExitCode.TASK_FAILED));
            }
            case TaskState.Paused(_) -> {
                pauseWorkers();
                yield Optional.of(over(state, ExitCode.DONE));
            }
            case TaskState.Draft(), TaskState.Prechecking() -> Optional.empty();
        };
    }

    private void pauseWorkers() {
        out.emit(new Event.Note("task " + task.name() + " is paused: `dts resume " + task.name() + "`, then `dts run` goes on"));
    }

    /** The reader starts as soon as it is known where: the source may purge its log while the copy goes on. */
    private void startLongLived(Stage stage) {
        Facts facts = Facts.of(task);
        boolean prepared = facts.prepared();
        if (!goalAsked && options.untilCaughtUp() && task.runs(Stage.INCREMENTAL)) {
            goalAsked = true;
            workers.start("goal", () -> goal = Optional.of(task.retries().call(task.source()::position)));
        }
        if (reader == null && prepared && task.runs(Stage.INCREMENTAL)) {
            reader = new ReaderFunction(task, changes, options.epoch());
            workers.start("reader", reader::run);
        }
        if (apply == null && prepared && stage == Stage.INCREMENTAL) {
            apply = new ApplyLoop(task, changes);
            workers.start("apply", () -> apply.run(workers::closing));
        }
    }

    /** Both what was there when the command started and what makes the copy consistent must be on the target. */
    private boolean isCaughtUp() {
        Standing standing = standing();
        if (standing == null) {
            return false;
        }
        Position at = standing.checkpoint().position();
        boolean reached = goal.map(g -> task.logOrder().reached(at, g)).orElse(!options.untilCaughtUp())
                && Facts.of(task).copyEnd().map(end -> task.logOrder().reached(at, end)).orElse(true)
                && Resync.settled(task.store().progress(), task.name())
                && !WaitingObject.areDue(task.store().progress(), task.name());
        if (reached && !caughtUp && !stoppedTables()) {
            caughtUp = true;
            out.emit(new Event.CaughtUp(at.text(), standing.lagMillis()));
        }
        return reached;
    }

    /** What the source has committed of these does not reach the target. */
    private boolean stoppedTables() {
        return !StoppedTable.of(task.store().progress(), task.name()).isEmpty();
    }

    private void answerWishes() {
        for (Asked asked : task.store().tasks().asked(task.name())) {
            task.store().tasks().answer(asked, task.stages());
        }
    }

    private void show(TaskState state) {
        if (!state.equals(shown)) {
            shown = state;
            out.emit(new Event.StateChanged(task.name(), TaskState.shown(state, task.migration()), Instant.now()));
        }
    }

    private ExitCode over(TaskState state, ExitCode code) {
        tellProgress();
        report.summary(state, standing());
        return code;
    }

    private void tellProgress() {
        Standing standing = standing();
        if (report.progress(apply != null, standing)) {
            DisplayedFacts.record(task.store().progress(), task.name(), standing);
        }
    }

    /** Null before anything was applied. */
    private Standing standing() {
        return apply == null ? null : apply.standing();
    }

    private void failed(String worker, Throwable cause) {
        if (cause instanceof DtsException known) {
            failure.compareAndSet(null, known);
        } else {
            bug.compareAndSet(null, cause);
        }
        wake();
    }

    private void wake() {
        synchronized (moved) {
            moved.notifyAll();
        }
    }

    /** Sessions are closed first: a worker that waits for a server is then free to end. */
    private void end() {
        workers.beginClosing();
        if (reader != null) {
            reader.close();
        }
        task.close();
        workers.close();
    }

}
