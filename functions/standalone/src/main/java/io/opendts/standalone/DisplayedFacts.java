package io.opendts.standalone;

import io.opendts.model.event.Event;
import io.opendts.state.Progress;
import java.util.Map;

/** What a running task leaves in the state store for {@code list}, {@code status} and {@code resume}, by name. */
public final class DisplayedFacts {

    static final String PREFIX = "shown.";

    /** Position of the DDL statement that {@code resume --skip-ddl} leaves out. */
    static final String SKIP_DDL = "skip-ddl";

    private static final String LAG_MS = PREFIX + "lag-ms";
    private static final String POSITION = PREFIX + "position";

    private DisplayedFacts() {}

    /** One write transaction: call it every few seconds, not for every event. */
    public static void record(Progress progress, String task, Event.IncrementalProgress now) {
        progress.putAll(task, Map.of(LAG_MS, Long.toString(now.lagMs()), POSITION, now.position()));
    }

    static long lagMs(Map<String, String> facts) {
        return Long.parseLong(facts.getOrDefault(LAG_MS, Long.toString(Event.UNKNOWN)));
    }

    static String position(Map<String, String> facts) {
        return facts.getOrDefault(POSITION, "");
    }
}
