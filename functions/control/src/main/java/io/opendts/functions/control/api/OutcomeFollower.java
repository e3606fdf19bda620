package io.opendts.functions.control.api;

import io.opendts.api.Ending;
import io.opendts.api.Until;
import io.opendts.model.CheckItem;
import io.opendts.model.ErrorCode;
import io.opendts.model.TaskState;
import io.opendts.model.event.Event;
import io.opendts.state.StateStore;
import io.opendts.state.TaskEvent;
import io.opendts.state.TaskRecord;
import io.opendts.state.Verifications.Compared;
import io.opendts.state.Verifications.Example;
import io.opendts.state.Verifications.Run;
import io.opendts.task.Facts;
import io.opendts.task.TaskListing;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Waits for the one thing that was asked for, a precheck or a comparison, and tells its outcome; or tells what has happened so far. */
final class OutcomeFollower extends Follower {

    private static final int EVENTS_AT_ONCE = 1_000;
    private static final int CHUNKS_MAX = 1_000;
    private static final int TOLD_MAX = 100;

    private final TaskRecord record;
    private final Until until;
    private final RetryNotes retries;

    OutcomeFollower(StateStore store, TaskRecord record, Until until, Bookmark bookmark) {
        super(store, record, bookmark);
        this.record = record;
        this.until = until;
        this.retries = new RetryNotes(store, task);
    }

    @Override
    Optional<Ending> look() {
        if (until == Until.NOW) {
            tellHistory();
            return Optional.of(Ending.DONE);
        }
        Optional<Ending> outcome = until == Until.PRECHECKED ? prechecked() : verified();
        return outcome.or(this::failed);
    }

    private void tellHistory() {
        for (TaskEvent event : store.tasks().events(task, bookmark.event(), EVENTS_AT_ONCE)) {
            bookmark = bookmark.at(event.id());
            tell(new Event.StateChanged(task, TaskListing.shown(record, event.to()), Instant.ofEpochMilli(event.atMillis())));
            if (event.to() instanceof TaskState.Failed(_, String code, String message, String remedy)) {
                tell(new Event.Failure(code, message, remedy, false));
            }
        }
    }

    private Optional<Ending> prechecked() {
        long at = Bookmark.prechecked(store, task);
        if (at <= bookmark.precheck()) {
            retries.tell(this::tell);
            return Optional.empty();
        }
        List<CheckItem> items = tellItems(at);
        boolean failed = items.stream().anyMatch(item -> item.result() == CheckItem.Result.FAILED);
        return Optional.of(failed ? Ending.PRECHECK_FAILED : Ending.DONE);
    }

    private Optional<Ending> verified() {
        Optional<Run> run = store.verifications().current(task).filter(current -> current.run().equals(bookmark.goal()));
        Optional<Event.Failure> failure = run.isEmpty() ? Optional.of(replaced()) : new Facts(store.progress(), task)
                .comparisonFailure(bookmark.goal());
        if (failure.isPresent()) {
            tell(failure.get());
            return Optional.of(Ending.FAILED);
        }
        retries.tell(this::tell);
        if (!run.get().complete()) {
            return Optional.empty();
        }
        long told = tellDifferences();
        if (run.get().differences() > told) {
            tell(new Event.Note(run.get().differences() - told + " more differences are not listed"));
        }
        tell(new Event.Verified(run.get().tables(), run.get().rows(), run.get().differences()));
        return Optional.of(run.get().differences() == 0 ? Ending.DONE : Ending.DIFFERENCES);
    }

    private Event.Failure replaced() {
        return new Event.Failure(ErrorCode.TASK_CHANGED.code(), "another comparison of task " + task + " has begun, or the task is gone",
                "compare again", false);
    }

    private long tellDifferences() {
        long told = 0;
        for (Compared chunk : store.verifications().differing(task, bookmark.goal(), CHUNKS_MAX)) {
            for (Example example : chunk.examples()) {
                if (told < TOLD_MAX) {
                    told++;
                    tell(difference(chunk.chunk().table().toString(), example));
                }
            }
        }
        return told;
    }

    private static Event difference(String table, Example example) {
        return switch (example.kind()) {
            case "MISSING" -> new Event.Difference(table, example.key(), Event.Difference.Kind.MISSING);
            case "SURPLUS" -> new Event.Difference(table, example.key(), Event.Difference.Kind.EXTRA);
            case "DIFFERENT" -> new Event.Difference(table, example.key(), Event.Difference.Kind.CHANGED);
            case "TABLE_MISSING" -> new Event.Note("table " + table + " is missing on the target, or lacks a column");
            default -> throw new IllegalStateException("a comparison recorded a difference of kind " + example.kind());
        };
    }

    /** A task that fails meanwhile never gets there; one that had failed before may. */
    private Optional<Ending> failed() {
        for (TaskEvent event : store.tasks().events(task, bookmark.event(), EVENTS_AT_ONCE)) {
            bookmark = bookmark.at(event.id());
            if (event.to() instanceof TaskState.Failed(_, String code, String message, String remedy)) {
                tell(new Event.Failure(code, message, remedy, false));
                return Optional.of(Ending.FAILED);
            }
        }
        return Optional.empty();
    }
}
