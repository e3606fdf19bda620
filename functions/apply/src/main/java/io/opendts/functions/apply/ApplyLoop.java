package io.opendts.functions.apply;

import io.opendts.functions.apply.ApplyFunction.Applied;
import io.opendts.model.Batch;
import io.opendts.model.Checkpoint;
import io.opendts.queue.ChangeLog;
import io.opendts.spi.Target;
import io.opendts.task.Standing;
import io.opendts.task.TaskContext;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/**
 * The one apply worker of a task: takes whatever waits in the queue, as one transaction of the target. Batches grow with the
 * backlog and are single transactions of the source when there is none.
 */
public final class ApplyLoop {

    /** What one transaction of the target takes at most, encoded. */
    private static final int GROUP_BYTES_MAX = 4 * 1024 * 1024;

    private static final long WAIT_MILLIS = 500;
    /** While a table is copied anew and there is more of it to copy. */
    private static final long WAIT_COPYING_MILLIS = 10;

    private final TaskContext task;
    private final Target target;
    private final int partition;
    private final ChangeLog changes;
    private final Consumer<Duration> timed;
    private volatile Standing standing;

    public ApplyLoop(TaskContext task, ChangeLog changes) {
        this(task, task.target(), 0, changes, _ -> { });
    }

    /**
     * @param target that holds the checkpoint of this partition of the changes
     * @param timed  told how long each transaction of the target took
     */
    public ApplyLoop(TaskContext task, Target target, int partition, ChangeLog changes, Consumer<Duration> timed) {
        this.timed = timed;
        this.task = task;
        this.target = target;
        this.partition = partition;
        this.changes = changes;
    }

    public void run(BooleanSupplier closing) throws InterruptedException {
        task.retries().keep(() -> apply(closing), this::sequence);
    }

    private long sequence() {
        Standing now = standing;
        return now == null ? -1 : now.checkpoint().sequence();
    }

    /** Null before the first checkpoint is known. */
    public Standing standing() {
        return standing;
    }

    private void apply(BooleanSupplier closing) throws InterruptedException {
        try (ApplyFunction function = ApplyStart.open(task, target, partition)) {
            Checkpoint start = function.checkpoint();
            Standing before = standing;
            standing = before == null ? new Standing(start, 0, 0, 0, 0) : before.from(start);
            changes.trim(start.sequence());
            long next = start.sequence() + 1;
            boolean copying = function.resync();
            while (!closing.getAsBoolean()) {
                List<Batch> batches = changes.readFrom(next, GROUP_BYTES_MAX, copying ? WAIT_COPYING_MILLIS : WAIT_MILLIS);
                if (batches.isEmpty()) {
                    standing = standing.idle();
                } else {
                    long began = System.nanoTime();
                    Applied applied = function.apply(batches);
                    timed.accept(Duration.ofNanos(System.nanoTime() - began));
                    count(applied);
                    next = function.next();
                    changes.trim(applied.checkpoint().sequence());
                }
                if (partition == 0) {
                    function.remake();
                }
                copying = function.resync();
            }
        }
    }

    private void count(Applied applied) {
        Standing now = standing;
        long lag = applied.committedAtMillis() == 0 ? 0 : Math.max(0, System.currentTimeMillis() - applied.committedAtMillis());
        standing = new Standing(applied.checkpoint(), now.transactions() + applied.transactions(), now.rows() + applied.rows(),
                now.conflicts() + applied.conflicts(), lag);
    }
}
