package io.opendts.api;

import io.opendts.model.CheckItem;
import io.opendts.model.event.Event;
import io.opendts.model.event.Event.Summary.Stage;
import java.util.Locale;

/** The JSON line of an event: keys and their order are promised to programs. */
public final class EventJson {

    private EventJson() {}

    public static JsonObject of(Event event) {
        return switch (event) {
            case Event.StateChanged e ->
                event("state").put("task", e.task()).put("state", e.state()).put("at", e.at().toString());
            case Event.Prechecked(CheckItem item) -> checked(item);
            case Event.FullPlanned e ->
                known(event("plan").put("stage", "full").put("tables", e.tables()), "rowsEstimated", e.rowsEstimated());
            case Event.FullProgress e -> fullProgress(e);
            case Event.IncrementalProgress e ->
                known(
                        known(
                                event("progress")
                                        .put("stage", "incremental")
                                        .put("transactions", e.transactions())
                                        .put("rows", e.rows()),
                                "lagMs", e.lagMs()),
                        "position", e.position());
            case Event.CaughtUp e -> known(event("caught-up").put("position", e.position()), "lagMs", e.lagMs());
            case Event.Summary e -> event("summary").put("state", e.state()).put("stages", stages(e));
            case Event.Difference e ->
                event("difference").put("table", e.table()).put("key", e.key()).put("kind", lower(e.kind()));
            case Event.Verified e ->
                event("verified")
                        .put("result", e.differences() == 0 ? "equal" : "different")
                        .put("tables", e.tables())
                        .put("rows", e.rows())
                        .put("differences", e.differences());
            case Event.TaskListed e -> listed(e);
            case Event.LogLine e ->
                event("log").put("at", e.at().toString()).put("level", e.level()).put("message", e.message());
            case Event.Listening e -> event("listening").put("url", e.url());
            case Event.Cluster e -> cluster(e);
            case Event.Note e -> event("note").put("message", e.message());
            case Event.Version e -> event("version").put("version", e.version()).put("java", e.java());
            case Event.Failure e -> failure(event("error"), e);
            case Event.Mistake e -> mistake(e);
        };
    }

    private static JsonObject checked(CheckItem item) {
        JsonObject json = event("precheck-item").put("item", item.item()).put("result", lower(item.result()));
        if (item.result() != CheckItem.Result.PASSED) {
            json.put("code", item.code().code());
        }
        return known(known(json, "message", item.message()), "remedy", item.remedy());
    }

    private static JsonObject fullProgress(Event.FullProgress e) {
        JsonObject json =
                event("progress").put("stage", "full").put("table", e.table()).put("rowsDone", e.rowsDone());
        known(json, "rowsEstimated", e.rowsEstimated());
        known(json, "bytes", e.bytes());
        known(json, "rowsPerSecond", e.rowsPerSecond());
        return e.done() ? json.put("done", true) : json;
    }

    private static JsonObject stages(Event.Summary summary) {
        JsonObject json = new JsonObject();
        for (Stage stage : summary.stages()) {
            switch (stage) {
                case Stage.Schema s -> json.put("schema", new JsonObject().put("ms", s.ms()));
                case Stage.Full s ->
                    json.put("full", new JsonObject().put("ms", s.ms()).put("rows", s.rows()).put("bytes", s.bytes()));
                case Stage.Incremental s ->
                    json.put(
                            "incremental",
                            new JsonObject()
                                    .put("ms", s.ms())
                                    .put("transactions", s.transactions())
                                    .put("rows", s.rows())
                                    .put("skipped", s.skipped())
                                    .put("conflicts", s.conflicts()));
            }
        }
        return json;
    }

    private static JsonObject listed(Event.TaskListed e) {
        JsonObject json = event("task")
                .put("task", e.task())
                .put("type", e.type())
                .put("state", e.state())
                .put("at", e.at().toString());
        known(known(json, "lagMs", e.lagMs()), "position", e.position());
        e.errors().stream().findFirst().ifPresent(first -> json.put("error", failure(new JsonObject(), first)));
        if (e.errors().size() > 1) {
            json.put("errors", e.errors().stream().map(error -> failure(new JsonObject(), error)).toList());
        }
        return json;
    }

    private static JsonObject cluster(Event.Cluster e) {
        return event("cluster")
                .put("server", e.server())
                .put("kafka", e.kafka())
                .put("stateStore", e.stateStore())
                .put("processes", e.processes().stream()
                        .map(member -> known(new JsonObject().put("function", member.function()).put("id", member.id())
                                        .put("pid", member.pid()).put("log", member.log()), "url", member.url())
                                .put("health", lower(member.health()).replace('_', '-')))
                        .toList());
    }

    private static JsonObject mistake(Event.Mistake e) {
        JsonObject json = event("error")
                .put("code", e.code())
                .put("message", e.message())
                .put("remedy", e.remedy())
                .put("retryable", false)
                .put("file", e.file());
        if (e.line() > 0) {
            json.put("line", e.line()).put("column", e.column());
        }
        return known(json, "path", e.path());
    }

    private static JsonObject failure(JsonObject json, Event.Failure e) {
        return json.put("code", e.code())
                .put("message", e.message())
                .put("remedy", e.remedy())
                .put("retryable", e.retryable());
    }

    private static JsonObject event(String name) {
        return new JsonObject().put("event", name);
    }

    private static JsonObject known(JsonObject json, String key, long value) {
        return value == Event.UNKNOWN ? json : json.put(key, value);
    }

    private static JsonObject known(JsonObject json, String key, String value) {
        return value.isEmpty() ? json : json.put(key, value);
    }

    private static String lower(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }
}
