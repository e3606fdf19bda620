package io.opendts.task;

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

    /** One fact and not one for each figure: it is written four times a second by each process that applies. */
    private static final String STANDING = PREFIX + "standing";

    private DisplayedFacts() {}

    /** One write transaction: call it a few times a second at most, not for every batch. */
    public static void record(Progress progress, String task, Standing now) {
        record(progress, task, 0, now);
    }

    /** Of one partition of a task's changes. */
    public static void record(Progress progress, String task, int partition, Standing now) {
        progress.put(task, STANDING + suffix(partition), now.text());
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
        return Optional.ofNullable(facts.get(STANDING + suffix(partition))).map(Standing::parse);
    }

    public static long lagMs(Map<String, String> facts) {
        return one(facts, 0).map(Standing::lagMillis).orElse(Event.UNKNOWN);
    }

    public static String position(Map<String, String> facts) {
        return one(facts, 0).map(now -> now.checkpoint().position().text()).orElse("");
    }
}
