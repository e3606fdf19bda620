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

    /** And of the one that {@code resume --approve-ddl} lets run. */
    public static final String APPROVE_DDL = "approve-ddl";

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
        record(progress, task, 0, now);
    }

    /** Of one partition of a task's changes. */
    public static void record(Progress progress, String task, int partition, Standing now) {
        String of = suffix(partition);
        progress.putAll(task, Map.of(
                LAG_MS + of, Long.toString(now.lagMillis()),
                POSITION + of, now.checkpoint().position().text(),
                EPOCH + of, Long.toString(now.checkpoint().epoch()),
                SEQUENCE + of, Long.toString(now.checkpoint().sequence()),
                TRANSACTIONS + of, Long.toString(now.transactions()),
                ROWS + of, Long.toString(now.rows()),
                CONFLICTS + of, Long.toString(now.conflicts())));
    }

    private static String suffix(int partition) {
        return partition == 0 ? "" : "." + partition;
    }

    /** What the apply worker recorded last; empty before the incremental stage. */
    public static Optional<Standing> standing(Map<String, String> facts) {
        return standing(facts, 1);
    }

    /** Of all partitions together: where the last of them is; empty until each has told. Transactions are those of the first. */
    public static Optional<Standing> standing(Map<String, String> facts, int partitions) {
        Optional<Standing> all = one(facts, 0);
        for (int partition = 1; partition < partitions; partition++) {
            Optional<Standing> next = one(facts, partition);
            all = all.flatMap(before -> next.map(before::with));
        }
        return all;
    }

    private static Optional<Standing> one(Map<String, String> facts, int partition) {
        String of = suffix(partition);
        if (!facts.containsKey(POSITION + of)) {
            return Optional.empty();
        }
        Checkpoint checkpoint = new Checkpoint(new Position(facts.get(POSITION + of)), number(facts, EPOCH + of),
                number(facts, SEQUENCE + of));
        return Optional.of(new Standing(checkpoint, number(facts, TRANSACTIONS + of), number(facts, ROWS + of),
                number(facts, CONFLICTS + of), number(facts, LAG_MS + of)));
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
