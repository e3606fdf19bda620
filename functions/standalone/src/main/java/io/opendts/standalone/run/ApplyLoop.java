package io.opendts.standalone.run;

import io.opendts.functions.apply.ApplyFunction;
import io.opendts.functions.apply.ApplyFunction.Applied;
import io.opendts.functions.apply.ApplyFunction.Settings;
import io.opendts.model.Batch;
import io.opendts.model.Checkpoint;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import io.opendts.model.TableId;
import io.opendts.queue.ChangeLog;
import io.opendts.spi.Applier;
import io.opendts.state.Chunks.Copied;
import io.opendts.state.Relations.Registered;
import io.opendts.task.Facts;
import io.opendts.task.Standing;
import io.opendts.task.TaskContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;

/**
 * The one apply worker of a task: takes whatever waits in the queue, as one transaction of the target. Batches grow with the
 * backlog and are single transactions of the source when there is none.
 */
final class ApplyLoop {

    /** What one transaction of the target takes at most, encoded. */
    private static final int GROUP_BYTES_MAX = 4 * 1024 * 1024;

    private static final long WAIT_MILLIS = 500;

    private final TaskContext task;
    private final ChangeLog changes;
    private volatile Standing standing;

    ApplyLoop(TaskContext task, ChangeLog changes) {
        this.task = task;
        this.changes = changes;
    }

    void run(BooleanSupplier closing) throws InterruptedException {
        task.retries().keep(() -> applyFrom(firstCheckpoint(), closing), this::sequence);
    }

    private long sequence() {
        Standing now = standing;
        return now == null ? -1 : now.checkpoint().sequence();
    }

    /** Null before the first checkpoint is known. */
    Standing standing() {
        return standing;
    }

    private void applyFrom(Checkpoint start, BooleanSupplier closing) throws InterruptedException {
        Standing before = standing;
        standing = before == null ? new Standing(start, 0, 0, 0, 0) : with(before, start);
        try (ApplyFunction function = new ApplyFunction(task.target(), task.logOrder(), settings(), start)) {
            long next = start.sequence() + 1;
            while (!closing.getAsBoolean()) {
                List<Batch> batches = changes.readFrom(next, GROUP_BYTES_MAX, WAIT_MILLIS);
                if (batches.isEmpty()) {
                    standing = standing.idle();
                } else {
                    Applied applied = function.apply(batches);
                    count(applied);
                    next = batches.getLast().sequence() + 1;
                    changes.trim(applied.checkpoint().sequence());
                }
            }
        }
    }

    private void count(Applied applied) {
        Standing now = standing;
        long lag = applied.committedAtMillis() == 0 ? 0 : Math.max(0, System.currentTimeMillis() - applied.committedAtMillis());
        standing = new Standing(applied.checkpoint(), now.transactions() + applied.transactions(), now.rows() + applied.rows(),
                now.conflicts() + applied.conflicts(), lag);
    }

    private static Standing with(Standing standing, Checkpoint checkpoint) {
        return new Standing(checkpoint, standing.transactions(), standing.rows(), standing.conflicts(), standing.lagMillis());
    }

    /**
     * The target's own; at the very beginning P0. A task that had one and finds none does not start over on its own: its
     * target has been replaced or cleared.
     */
    private Checkpoint firstCheckpoint() {
        Facts facts = Facts.of(task);
        Checkpoint checkpoint = task.target().checkpoint().orElseGet(() -> beginning(facts));
        facts.once("incremental.began", System.currentTimeMillis());
        return checkpoint;
    }

    /** Of epoch 0: the batches that follow it may have been read under any lease. */
    private Checkpoint beginning(Facts facts) {
        if (facts.moment("incremental.began").isPresent()) {
            throw new DtsException(ErrorCode.STATE_DAMAGED,
                    "task " + task.name() + ": the target no longer has this task's checkpoint, so what it holds is unknown",
                    "if the target was replaced: `dts reset " + task.name() + "` and copy again");
        }
        Checkpoint first = new Checkpoint(facts.logStart().orElseThrow(), 0, 0);
        try (Applier applier = task.target().applier()) {
            applier.commit(first);
        }
        return first;
    }

    private Settings settings() {
        Map<TableId, Position> exact = new HashMap<>();
        for (Registered known : task.store().relations().latest(task.name())) {
            if (known.relation().keyless()) {
                List<Copied> copied = task.store().chunks().copied(task.name(), known.table().id(), 0, 1);
                copied.stream().findFirst().flatMap(Copied::exactAt).ifPresent(at -> exact.put(known.table().id(), at));
            }
        }
        return new Settings(Facts.of(task).copyEnd(), exact, task.conflicts(), task.ddl());
    }
}
