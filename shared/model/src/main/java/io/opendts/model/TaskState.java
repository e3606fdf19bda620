package io.opendts.model;

import java.util.Objects;
import java.util.Set;

/**
 * Where a task is in its life. Each state carries only what is true in it; {@link #next} is the one place where states
 * change, a pure function that every control process computes alike.
 */
public sealed interface TaskState {

    record Draft() implements TaskState {}

    record Prechecking() implements TaskState {}

    record PrecheckFailed() implements TaskState {}

    /** A stage is running. */
    record Running(Stage stage) implements TaskState {}

    record Completed() implements TaskState {}

    /** Stopped by the user for now; {@code resumesTo} is what goes on. */
    record Paused(TaskState resumesTo) implements TaskState {}

    /** Stopped by the user for good: only reset or delete follow. */
    record Stopped() implements TaskState {}

    record Failed(TaskState resumesTo, String code, String message, String remedy) implements TaskState {}

    /** What can happen to a task. */
    sealed interface Event {
        record Started() implements Event {}

        record PrecheckDone(boolean passed) implements Event {}

        record StageDone(Stage stage) implements Event {}

        record Failure(String code, String message, String remedy) implements Event {}

        record PauseAsked() implements Event {}

        record ResumeAsked() implements Event {}

        record StopAsked() implements Event {}

        record ResetAsked() implements Event {}
    }

    /**
     * The state that follows. An event that means nothing in a state leaves it as it is: messages may come twice or late.
     *
     * @param stages those that the task runs
     */
    static TaskState next(TaskState state, Event event, Set<Stage> stages) {
        Objects.requireNonNull(state, "state");
        return switch (event) {
            case Event.Started() -> switch (state) {
                case Draft(), PrecheckFailed() -> new Prechecking();
                case Prechecking(), Running(_), Completed(), Paused(_), Stopped(), Failed(_, _, _, _) -> state;
            };
            case Event.PrecheckDone(boolean passed) -> switch (state) {
                case Prechecking() -> passed ? after(null, stages) : new PrecheckFailed();
                case Draft(), PrecheckFailed(), Running(_), Completed(), Paused(_), Stopped(), Failed(_, _, _, _) -> state;
            };
            case Event.StageDone(Stage done) -> switch (state) {
                case Running(Stage stage) when stage == done -> after(done, stages);
                case Draft(), Prechecking(), PrecheckFailed(), Running(_), Completed(), Paused(_), Stopped(),
                        Failed(_, _, _, _) -> state;
            };
            case Event.Failure(String code, String message, String remedy) -> switch (state) {
                case Draft(), Prechecking(), PrecheckFailed(), Running(_) -> new Failed(state, code, message, remedy);
                case Completed(), Paused(_), Stopped(), Failed(_, _, _, _) -> state;
            };
            case Event.PauseAsked() -> switch (state) {
                case Prechecking(), Running(_) -> new Paused(state);
                case Draft(), PrecheckFailed(), Completed(), Paused(_), Stopped(), Failed(_, _, _, _) -> state;
            };
            case Event.ResumeAsked() -> switch (state) {
                case Paused(TaskState resumesTo) -> resumesTo;
                case Failed(TaskState resumesTo, _, _, _) -> resumesTo;
                case Draft(), Prechecking(), PrecheckFailed(), Running(_), Completed(), Stopped() -> state;
            };
            case Event.StopAsked() -> switch (state) {
                case Completed(), Stopped() -> state;
                case Draft(), Prechecking(), PrecheckFailed(), Running(_), Paused(_), Failed(_, _, _, _) -> new Stopped();
            };
            case Event.ResetAsked() -> new Draft();
        };
    }

    /** The first stage of the task behind {@code done} (null: from the beginning); completed when there is none. */
    private static TaskState after(Stage done, Set<Stage> stages) {
        for (Stage stage : Stage.values()) {
            if (stages.contains(stage) && (done == null || stage.compareTo(done) > 0)) {
                return new Running(stage);
            }
        }
        return new Completed();
    }

    /** The name that users see (CONTRACT section 5); {@code migration} decides how the incremental stage is called. */
    static String shown(TaskState state, boolean migration) {
        return switch (state) {
            case Draft() -> "draft";
            case Prechecking() -> "prechecking";
            case PrecheckFailed() -> "precheck-failed";
            case Running(Stage stage) -> switch (stage) {
                case SCHEMA -> "schema";
                case FULL -> "full";
                case INCREMENTAL -> migration ? "migrating" : "synchronizing";
            };
            case Completed() -> "completed";
            case Paused(_) -> "paused";
            case Stopped() -> "stopped";
            case Failed(_, _, _, _) -> "failed";
        };
    }
}
