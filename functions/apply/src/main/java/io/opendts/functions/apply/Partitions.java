package io.opendts.functions.apply;

import io.opendts.model.Checkpoint;
import io.opendts.model.Position;
import io.opendts.spi.Checkpoints;
import io.opendts.task.Facts;
import io.opendts.task.TaskContext;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Where the partitions of a task's changes meet: in front of a change of the schema. The first of them makes it, when all others have
 * what is in front of it; the others go on when it has gone on itself. What they know of each other is their checkpoints on the target, so
 * whoever is killed, wherever, finds out where all of them are. One thread.
 */
final class Partitions implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Partitions.class.getName());

    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
    /** So long at a time: whoever waits can be stopped in between. */
    private static final long WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final TaskContext task;
    private final int own;
    private final int number;
    private final Checkpoints checkpoints;
    private long waitingFor = -1;
    private long toldAt;

    /** @param own the number of the partition that is applied here */
    Partitions(TaskContext task, int own) {
        this.task = task;
        this.own = own;
        this.number = Facts.of(task).partitions();
        this.checkpoints = task.target().checkpoints(number);
    }

    int number() {
        return number;
    }

    /** Whether this one makes the changes of the schema, and copies tables anew, for all. */
    boolean first() {
        return own == 0;
    }

    /**
     * Waits for a moment, where that is needed, and answers whether the partition may go on: the first one to make the change, another
     * one behind it.
     *
     * @param sequence of the batch that has the change; all in front of it is on the target
     */
    boolean meet(long sequence) {
        if (number == 1) {
            return true;
        }
        long end = System.nanoTime() + WAIT_NANOS;
        while (!Thread.currentThread().isInterrupted()) {
            List<Integer> missing = missing(sequence);
            if (missing.isEmpty()) {
                waitingFor = -1;
                return true;
            }
            if (System.nanoTime() - end > 0) {
                tell(sequence, missing);
                return false;
            }
            LockSupport.parkNanos(LOOK_NANOS);
        }
        return false;
    }

    /** Of the first one: whether what all others have on the target goes as far. */
    boolean othersReached(Position at) {
        return number == 1 || checkpoints.now().stream().skip(1)
                .allMatch(one -> one.filter(stored -> task.logOrder().reached(stored.position(), at)).isPresent());
    }

    /** The first one's checkpoint is behind the change with the batch that follows, in which its transaction ends. */
    private List<Integer> missing(long sequence) {
        long wanted = first() ? sequence - 1 : sequence + 1;
        List<Optional<Checkpoint>> now = checkpoints.now();
        return IntStream.range(first() ? 1 : 0, first() ? number : 1)
                .filter(partition -> now.get(partition).map(Checkpoint::sequence).orElse(0L) < wanted).boxed().toList();
    }

    private void tell(long sequence, List<Integer> missing) {
        long now = System.nanoTime();
        if (waitingFor != sequence) {
            waitingFor = sequence;
            toldAt = now;
        } else if (now - toldAt > TELL_NANOS) {
            toldAt = now;
            LOG.log(System.Logger.Level.INFO, "task {0}: partition {1} stands at a change of the schema, in batch {2}, and waits for"
                    + " partition {3}", task.name(), own, sequence,
                    missing.stream().map(String::valueOf).collect(Collectors.joining(", ")));
        }
    }

    @Override
    public void close() {
        checkpoints.close();
    }
}
