package io.opendts.functions.control.api;

import io.opendts.api.Ending;
import io.opendts.api.Until;
import io.opendts.functions.control.CutOver;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import io.opendts.model.Stage;
import io.opendts.model.TaskState;
import io.opendts.model.event.Event;
import io.opendts.spi.SchemaPlan.Step;
import io.opendts.state.Requests.Open;
import io.opendts.state.StateStore;
import io.opendts.state.TaskEvent;
import io.opendts.state.TaskRecord;
import io.opendts.task.DisplayedFacts;
import io.opendts.task.Resync;
import io.opendts.task.Facts;
import io.opendts.task.StageReport;
import io.opendts.task.Standing;
import io.opendts.task.StoppedTable;
import io.opendts.task.TaskContext;
import io.opendts.task.TaskListing;
import io.opendts.task.WaitingObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Follows a task through its states with the events of a run in one process. */
final class RunFollower extends Follower {

    private static final int EVENTS_AT_ONCE = 100;
    private static final long REPORT_MILLIS = 1_000;
    private static final long GOAL_AGAIN_MILLIS = 2_000;
    private static final long CUT_OVER_MILLIS_MAX = 60_000;

    private final TaskContext context;
    private final TaskRecord record;
    private final Until until;
    private final RetryNotes retries;
    private StageReport report;
    private TaskState state;
    private long lastReportMillis;
    private long nextGoalMillis;
    private String goalFailure = "";
    private Optional<Long> stoppedSince = Optional.empty();
    private boolean settled;

    /** @param context closed by this */
    RunFollower(StateStore store, TaskContext context, TaskRecord record, Until until, Bookmark bookmark) {
        super(store, record, bookmark);
        this.context = context;
        this.record = record;
        this.until = until;
        this.retries = new RetryNotes(store, task);
        this.report = StageReport.joining(context, this::tell, fullIsOpen());
    }

    private boolean fullIsOpen() {
        return Facts.of(context).moment("full.done").isEmpty()
                || store.tasks().events(task, bookmark.event(), EVENTS_AT_ONCE).stream()
                        .anyMatch(event -> event.from().equals(new TaskState.Running(Stage.FULL)));
    }

    @Override
    Optional<Ending> look() {
        Optional<TaskRecord> now = store.tasks().find(task);
        if (now.isEmpty()) {
            tell(new Event.Failure(ErrorCode.TASK_NOT_FOUND.code(), "task " + task + " has been deleted",
                    "see the others: dts list", false));
            return Optional.of(Ending.FAILED);
        }
        boolean entered = tellStates(now.get());
        if (entered || !(state instanceof TaskState.Running)) {
            tellPrecheck();
        }
        tellNotes(state);
        retries.tell(this::tell);
        return switch (state) {
            case TaskState.Running(Stage stage) -> running(stage);
            case TaskState.Draft(), TaskState.Prechecking() -> Optional.empty();
            case TaskState.PrecheckFailed() -> ends(Ending.PRECHECK_FAILED);
            case TaskState.Completed() -> settle(Ending.DONE);
            case TaskState.Stopped() -> cutOver();
            case TaskState.Paused(_) -> {
                if (!settled) {
                    tell(new Event.Note("task " + task + " is paused: `dts resume " + task + "` lets it go on"));
                }
                yield settle(Ending.DONE);
            }
            case TaskState.Failed(_, String code, String message, String remedy) -> {
                if (!settled) {
                    tell(new Event.Failure(code, message, remedy, ErrorCode.find(code).map(ErrorCode::retryable).orElse(false)));
                }
                yield settle(Ending.FAILED);
            }
        };
    }

    /**
     * The record is older than the events: a state that only the events know is the newer one.
     *
     * @return whether the task is in another state than at the last look
     */
    private boolean tellStates(TaskRecord now) {
        List<TaskEvent> events = store.tasks().events(task, bookmark.event(), EVENTS_AT_ONCE);
        for (TaskEvent event : events) {
            if (event.from() instanceof TaskState.Prechecking) {
                tellPrecheck();
            }
            tellNotes(event.from());
            bookmark = bookmark.at(event.id());
            enter(event.to(), event.atMillis());
        }
        if (events.isEmpty()) {
            state = now.state();
            if (!bookmark.begun()) {
                bookmark = bookmark.at(bookmark.event());
                enter(now.state(), now.updatedMillis());
                return true;
            }
        }
        return !events.isEmpty();
    }

    private void enter(TaskState next, long atMillis) {
        state = next;
        settled = false;
        stoppedSince = Optional.empty();
        if (next instanceof TaskState.Draft) {
            bookmark = bookmark.noted(0);
            report = new StageReport(context, this::tell);
        }
        tell(new Event.StateChanged(task, TaskListing.shown(record, next), Instant.ofEpochMilli(atMillis)));
    }

    private void tellPrecheck() {
        long at = Bookmark.prechecked(store, task);
        if (at > bookmark.precheck()) {
            tellItems(at);
        }
    }

    /** What the steps of the schema that are made in this state had to say, and those before it. */
    private void tellNotes(TaskState during) {
        int steps = switch (during) {
            case TaskState.Running(Stage stage) -> switch (stage) {
                case SCHEMA -> Step.BEFORE_LOAD.ordinal() + 1;
                case FULL -> Step.values().length;
                case INCREMENTAL -> 0;
            };
            case TaskState.Completed(), TaskState.Stopped() -> Step.values().length;
            case TaskState.Draft(), TaskState.Prechecking(), TaskState.PrecheckFailed(), TaskState.Paused(_),
                    TaskState.Failed(_, _, _, _) -> 0;
        };
        while (bookmark.notes() < steps) {
            Optional<List<String>> notes = Facts.of(context).notes(Step.values()[bookmark.notes()].name());
            if (notes.isEmpty()) {
                return;
            }
            notes.get().forEach(note -> tell(new Event.Note(note)));
            bookmark = bookmark.noted(bookmark.notes() + 1);
        }
    }

    private Optional<Ending> running(Stage stage) {
        if (!findGoal()) {
            return Optional.of(Ending.FAILED);
        }
        long now = System.currentTimeMillis();
        boolean awaitsCaughtUp = stage == Stage.INCREMENTAL && (until == Until.CAUGHT_UP || !bookmark.caughtUp());
        if (!awaitsCaughtUp && now - lastReportMillis < REPORT_MILLIS) {
            return Optional.empty();
        }
        Standing standing = stage == Stage.INCREMENTAL ? standing() : null;
        boolean caughtUp = standing != null && caughtUp(standing);
        if (caughtUp && until == Until.CAUGHT_UP) {
            return settle(stoppedTables() ? Ending.FAILED : Ending.DONE);
        }
        if (now - lastReportMillis >= REPORT_MILLIS) {
            lastReportMillis = now;
            report.progress(stage == Stage.INCREMENTAL, standing);
        }
        return Optional.empty();
    }

    /** Null before the apply process has told how far it is. */
    private Standing standing() {
        return DisplayedFacts.standing(store.progress().all(task, DisplayedFacts.PREFIX), Facts.of(context).partitions()).orElse(null);
    }

    /** Both what was there when the following began and what makes the copy consistent must be on the target. */
    private boolean caughtUp(Standing standing) {
        Position at = standing.checkpoint().position();
        boolean reached = (until == Until.CAUGHT_UP ? reached(at, bookmark.goal()) : true)
                && Facts.of(context).copyEnd().map(end -> context.logOrder().reached(at, end)).orElse(true)
                && Resync.settled(store.progress(), task)
                && !WaitingObject.areDue(store.progress(), task);
        if (reached && !bookmark.caughtUp() && !stoppedTables()) {
            bookmark = bookmark.onceCaughtUp();
            tell(new Event.CaughtUp(at.text(), standing.lagMillis()));
        }
        return reached;
    }

    /** What the source has committed of these does not reach the target. */
    private boolean stoppedTables() {
        return !StoppedTable.of(store.progress(), task).isEmpty();
    }

    private boolean reached(Position at, String goal) {
        return !goal.isEmpty() && context.logOrder().reached(at, new Position(goal));
    }

    /** Asks the source where its log ends; false when it never will. */
    private boolean findGoal() {
        boolean needed = until == Until.CAUGHT_UP && bookmark.goal().isEmpty() && context.runs(Stage.INCREMENTAL);
        if (!needed || System.currentTimeMillis() < nextGoalMillis) {
            return true;
        }
        try {
            bookmark = bookmark.to(context.source().position().text());
            return true;
        } catch (DtsException failure) {
            if (!failure.code().retryable()) {
                tell(new Event.Failure(failure.code().code(), failure.getMessage(), failure.remedy(), false));
                return false;
            }
            if (!goalFailure.equals(failure.getMessage())) {
                goalFailure = failure.getMessage();
                tell(new Event.Note("trying again after " + failure.code().code() + ": " + failure.getMessage()));
            }
            nextGoalMillis = System.currentTimeMillis() + GOAL_AGAIN_MILLIS;
            return true;
        }
    }

    /** A stopped migration is over when its triggers and events live again. */
    private Optional<Ending> cutOver() {
        if (settled || !CutOver.isOpen(context, state)) {
            return settle(Ending.DONE);
        }
        Optional<Open> failed = store.requests().find(task, CutOver.requestId(task))
                .filter(open -> open.attempts() > 0 && !ErrorCode.find(open.code()).map(ErrorCode::retryable).orElse(true));
        if (failed.isPresent()) {
            tell(new Event.Failure(failed.get().code(), "the cut-over of task " + task + " failed: " + failed.get().reason(),
                    "make what is named possible; the cut-over is tried again", false));
            return settle(Ending.FAILED);
        }
        long now = System.currentTimeMillis();
        if (stoppedSince.isEmpty()) {
            stoppedSince = Optional.of(now);
        }
        if (now - stoppedSince.get() < CUT_OVER_MILLIS_MAX) {
            return Optional.empty();
        }
        tell(new Event.Note("the cut-over of task " + task
                + " goes on: its triggers and events are made as soon as nothing writes any more"));
        return settle(Ending.DONE);
    }

    /** The last figures, once for every such state. */
    private Optional<Ending> settle(Ending ending) {
        if (!settled) {
            settled = true;
            Standing standing = standing();
            report.progress(standing != null, standing);
            report.summary(state, standing);
        }
        return ends(ending);
    }

    private Optional<Ending> ends(Ending ending) {
        return until == Until.ENDLESS ? Optional.empty() : Optional.of(ending);
    }

    @Override
    public void close() {
        context.close();
    }
}
