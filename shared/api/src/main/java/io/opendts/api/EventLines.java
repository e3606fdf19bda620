package io.opendts.api;

import io.opendts.model.CheckItem;
import io.opendts.model.ErrorCode;
import io.opendts.model.event.Event;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Events from the lines that {@link EventJson} writes. The other end may be a newer version: what is not known here is told as a note
 * that holds the line, and unknown keys are passed over.
 */
public final class EventLines {

    private EventLines() {}

    public static Event read(String line) {
        Optional<Map<String, Object>> object = JsonReader.object(line);
        if (object.isEmpty()) {
            return new Event.Note(line);
        }
        try {
            return read(object.get(), line);
        } catch (IllegalArgumentException | DateTimeParseException ofAnotherVersion) {
            return new Event.Note(line);
        }
    }

    private static Event read(Map<String, Object> json, String line) {
        return switch (text(json, "event")) {
            case "state" -> new Event.StateChanged(text(json, "task"), text(json, "state"), at(json));
            case "precheck-item" -> new Event.Prechecked(checked(json));
            case "plan" -> new Event.FullPlanned((int) number(json, "tables"), number(json, "rowsEstimated"));
            case "progress" -> progress(json, line);
            case "caught-up" -> new Event.CaughtUp(text(json, "position"), number(json, "lagMs"));
            case "summary" -> new Event.Summary(text(json, "state"), stages(json));
            case "difference" -> new Event.Difference(text(json, "table"), text(json, "key"),
                    Event.Difference.Kind.valueOf(upper(text(json, "kind"))));
            case "verified" -> new Event.Verified((int) number(json, "tables"), number(json, "rows"), number(json, "differences"));
            case "task" -> listed(json);
            case "log" -> new Event.LogLine(at(json), text(json, "level"), text(json, "message"));
            case "listening" -> new Event.Listening(text(json, "url"));
            case "note" -> new Event.Note(text(json, "message"));
            case "version" -> new Event.Version(text(json, "version"), text(json, "java"));
            case "error" -> json.containsKey("file") ? mistake(json, text(json, "file")) : failure(json);
            default -> new Event.Note(line);
        };
    }

    /** Of an object that says more than the event does, such as an answer of the API. */
    public static Event.TaskListed listed(Map<String, Object> json) {
        return new Event.TaskListed(text(json, "task"), text(json, "type"), text(json, "state"), at(json), number(json, "lagMs"),
                text(json, "position"), JsonReader.objects(json, "error").stream().map(EventLines::failure).toList());
    }

    private static Event progress(Map<String, Object> json, String line) {
        return switch (text(json, "stage")) {
            case "full" -> new Event.FullProgress(text(json, "table"), number(json, "rowsDone"), number(json, "rowsEstimated"),
                    number(json, "bytes"), number(json, "rowsPerSecond"), JsonReader.flag(json, "done"));
            case "incremental" -> new Event.IncrementalProgress(number(json, "transactions"), number(json, "rows"),
                    number(json, "lagMs"), text(json, "position"));
            default -> new Event.Note(line);
        };
    }

    /** A code of another version is shown as what it stands for here: an unknown one cannot be, so its words are kept. */
    private static CheckItem checked(Map<String, Object> json) {
        Optional<ErrorCode> code = ErrorCode.find(text(json, "code"));
        CheckItem.Result result = CheckItem.Result.valueOf(upper(text(json, "result")));
        if (result != CheckItem.Result.PASSED && code.isEmpty()) {
            throw new IllegalArgumentException("unknown code");
        }
        return new CheckItem(text(json, "item"), result, code.orElse(null), text(json, "message"), text(json, "remedy"), false);
    }

    private static List<Event.Summary.Stage> stages(Map<String, Object> json) {
        List<Event.Summary.Stage> stages = new ArrayList<>();
        JsonReader.objects(json, "stages").forEach(each -> {
            JsonReader.objects(each, "schema").forEach(s -> stages.add(new Event.Summary.Stage.Schema(number(s, "ms"))));
            JsonReader.objects(each, "full").forEach(s -> stages.add(
                    new Event.Summary.Stage.Full(number(s, "ms"), number(s, "rows"), number(s, "bytes"))));
            JsonReader.objects(each, "incremental").forEach(s -> stages.add(new Event.Summary.Stage.Incremental(number(s, "ms"),
                    number(s, "transactions"), number(s, "rows"), number(s, "skipped"), number(s, "conflicts"))));
        });
        return stages;
    }

    /** @param file as the reader of the message knows it */
    public static Event.Mistake mistake(Map<String, Object> json, String file) {
        return new Event.Mistake(file, (int) Math.max(0, number(json, "line")), (int) Math.max(0, number(json, "column")),
                text(json, "path"), text(json, "code"), text(json, "message"), text(json, "remedy"));
    }

    public static Event.Failure failure(Map<String, Object> json) {
        return new Event.Failure(text(json, "code"), text(json, "message"), text(json, "remedy"), JsonReader.flag(json, "retryable"));
    }

    private static Instant at(Map<String, Object> json) {
        return Instant.parse(text(json, "at"));
    }

    private static String text(Map<String, Object> json, String key) {
        return JsonReader.text(json, key);
    }

    private static long number(Map<String, Object> json, String key) {
        return JsonReader.number(json, key, Event.UNKNOWN);
    }

    private static String upper(String word) {
        return word.toUpperCase(Locale.ROOT);
    }
}
