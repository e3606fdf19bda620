package io.opendts.task;

import io.opendts.model.Checkpoint;
import io.opendts.model.Position;
import io.opendts.model.event.Event;
import io.opendts.state.Progress;
import java.util.Map;
import java.util.Optional;

/** What a running task leaves in the state store for {@code list}, {@code status}, {@code resume} and who follows it, by name. */
public final class DisplayedFacts {

    public static final String PREFIX = "shown.";

    /** Position of the DDL statement that {@code resume --skip-ddl} leaves out. */
    public static final String SKIP_DDL = "skip-ddl";

    private static final String LAG_MS = PREFIX + "lag-ms";
    private static final String POSITION = PREFIX + "position";
    private static final String TRANSACTIONS = PREFIX + "transactions";
    private static final String ROWS = PREFIX + "rows";
    private static final String CONFLICTS = PREFIX + "conflicts";
    private static final String EPOCH = PREFIX + "epoch";
    private static final String SEQUENCE = PREFIX + "sequence";

    private DisplayedFacts() {}

    /** One write transaction: call it a few times a second at most, not for every batch. */
    public static void record(Progress progress, String task, Standing now) {
        progress.putAll(task, Map.of(
                LAG_MS, Long.toString(now.lagMillis()),
                POSITION, now.checkpoint().position().text(),
                EPOCH, Long.toString(now.checkpoint().epoch()),
                SEQUENCE, Long.toString(now.checkpoint().sequence()),
                TRANSACTIONS, Long.toString(now.transactions()),
                ROWS, Long.toString(now.rows()),
                CONFLICTS, Long.toString(now.conflicts())));
    }

    /** What the apply worker recorded last; empty before the incremental stage. */
    public static Optional<Standing> standing(Map<String, String> facts) {
        if (!facts.containsKey(POSITION)) {
            return Optional.empty();
        }
        Checkpoint checkpoint = new Checkpoint(new Position(position(facts)), number(facts, EPOCH), number(facts, SEQUENCE));
        return Optional.of(new Standing(checkpoint, number(facts, TRANSACTIONS), number(facts, ROWS), number(facts, CONFLICTS),
                number(facts, LAG_MS)));
    }

    public static long lagMs(Map<String, String> facts) {
        return Long.parseLong(facts.getOrDefault(LAG_MS, Long.toString(Event.UNKNOWN)));
    }

    public static String position(Map<String, String> facts) {
        return facts.getOrDefault(POSITION, "");
    }

    private static long number(Map<String, String> facts, String name) {
        return Long.parseLong(facts.getOrDefault(name, "0"));
    }
}
