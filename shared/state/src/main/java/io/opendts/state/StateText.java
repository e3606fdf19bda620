package io.opendts.state;

import io.opendts.model.Stage;
import io.opendts.model.TaskState;
import io.opendts.model.TaskState.Event;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;

/**
 * States and events as one line of text: a word, then its fields, each behind a bar, as in
 * {@code failed|DTS-3201|a message|a remedy|running|full}; a state within a state comes last. Percent signs, bars and line
 * breaks within fields are written as %25, %7C, %0A and %0D. Public, as the text forms beside it, because every store writes the same.
 */
public final class StateText {

    private StateText() {}

    public static String of(TaskState state) {
        return switch (state) {
            case TaskState.Draft() -> "draft";
            case TaskState.Prechecking() -> "prechecking";
            case TaskState.PrecheckFailed() -> "precheck-failed";
            case TaskState.Running(Stage stage) -> "running|" + word(stage);
            case TaskState.Completed() -> "completed";
            case TaskState.Paused(TaskState resumesTo) -> "paused|" + of(resumesTo);
            case TaskState.Stopped() -> "stopped";
            case TaskState.Failed(TaskState resumesTo, String code, String message, String remedy) ->
                    "failed|" + escape(code) + "|" + escape(message) + "|" + escape(remedy) + "|" + of(resumesTo);
        };
    }

    public static String of(Event event) {
        return switch (event) {
            case Event.Started() -> "started";
            case Event.PrecheckDone(boolean passed) -> "precheck-done|" + passed;
            case Event.StageDone(Stage stage) -> "stage-done|" + word(stage);
            case Event.Failure(String code, String message, String remedy) ->
                    "failure|" + escape(code) + "|" + escape(message) + "|" + escape(remedy);
            case Event.PauseAsked() -> "pause";
            case Event.ResumeAsked() -> "resume";
            case Event.StopAsked() -> "stop";
            case Event.ResetAsked() -> "reset";
        };
    }

    /** @throws IllegalArgumentException when this is no state */
    public static TaskState state(String text) {
        Deque<String> fields = fields(text);
        TaskState state = state(fields, text);
        if (!fields.isEmpty()) {
            throw new IllegalArgumentException("no state of a task: " + text);
        }
        return state;
    }

    /** @throws IllegalArgumentException when this is no event */
    public static Event event(String text) {
        Deque<String> fields = fields(text);
        Event event = switch (take(fields, text)) {
            case "started" -> new Event.Started();
            case "precheck-done" -> new Event.PrecheckDone(Boolean.parseBoolean(take(fields, text)));
            case "stage-done" -> new Event.StageDone(stage(take(fields, text)));
            case "failure" -> new Event.Failure(take(fields, text), take(fields, text), take(fields, text));
            case "pause" -> new Event.PauseAsked();
            case "resume" -> new Event.ResumeAsked();
            case "stop" -> new Event.StopAsked();
            case "reset" -> new Event.ResetAsked();
            default -> throw new IllegalArgumentException("no event of a task: " + text);
        };
        if (!fields.isEmpty()) {
            throw new IllegalArgumentException("no event of a task: " + text);
        }
        return event;
    }

    private static TaskState state(Deque<String> fields, String text) {
        return switch (take(fields, text)) {
            case "draft" -> new TaskState.Draft();
            case "prechecking" -> new TaskState.Prechecking();
            case "precheck-failed" -> new TaskState.PrecheckFailed();
            case "running" -> new TaskState.Running(stage(take(fields, text)));
            case "completed" -> new TaskState.Completed();
            case "paused" -> new TaskState.Paused(state(fields, text));
            case "stopped" -> new TaskState.Stopped();
            case "failed" -> {
                String code = take(fields, text);
                String message = take(fields, text);
                String remedy = take(fields, text);
                yield new TaskState.Failed(state(fields, text), code, message, remedy);
            }
            default -> throw new IllegalArgumentException("no state of a task: " + text);
        };
    }

    private static Deque<String> fields(String text) {
        Deque<String> fields = new ArrayDeque<>();
        int from = 0;
        for (int bar = text.indexOf('|'); bar >= 0; bar = text.indexOf('|', from)) {
            fields.add(unescape(text.substring(from, bar)));
            from = bar + 1;
        }
        fields.add(unescape(text.substring(from)));
        return fields;
    }

    private static String take(Deque<String> fields, String text) {
        if (fields.isEmpty()) {
            throw new IllegalArgumentException("the text of a state or event ends too early: " + text);
        }
        return fields.removeFirst();
    }

    private static String word(Stage stage) {
        return stage.name().toLowerCase(Locale.ROOT);
    }

    private static Stage stage(String word) {
        return Stage.valueOf(word.toUpperCase(Locale.ROOT));
    }

    private static String escape(String field) {
        return field.replace("%", "%25").replace("|", "%7C").replace("\n", "%0A").replace("\r", "%0D");
    }

    private static String unescape(String field) {
        return field.indexOf('%') < 0 ? field
                : field.replace("%0D", "\r").replace("%0A", "\n").replace("%7C", "|").replace("%25", "%");
    }
}
