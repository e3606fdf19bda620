package io.opendts.functions.reader;

import io.opendts.model.Batch;
import io.opendts.model.Change;
import io.opendts.model.Checkpoint;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import io.opendts.model.Stage;
import io.opendts.queue.ChangeLog;
import io.opendts.queue.ChangeLog.Tail;
import io.opendts.spi.LogReader;
import io.opendts.task.Facts;
import io.opendts.task.LatestRelations;
import io.opendts.task.TaskContext;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The one long-lived reader of a task: from the source's log into the queue. It goes on from the queue's own last record, so
 * whatever kills it loses and doubles nothing. Runs on a thread of its own until it is interrupted or fails for good.
 */
public final class ReaderFunction implements AutoCloseable {

    /** A batch is cut here under load; large enough that a message costs next to nothing beside its changes. */
    private static final long BATCH_BYTES_MAX = 512 * 1024;

    private static final Duration DRAIN_MAX = Duration.ofSeconds(60);
    private static final long DRAIN_LOOK_MILLIS = 200;

    private final TaskContext task;
    private final ChangeLog changes;
    private final long epoch;
    private final AtomicReference<LogReader> open = new AtomicReference<>();
    private volatile boolean closed;
    private volatile long bytesReadBefore;

    public ReaderFunction(TaskContext task, ChangeLog changes, long epoch) {
        this.task = task;
        this.changes = changes;
        this.epoch = epoch;
    }

    /** Reads until closed; tries again what may pass. */
    public void run() throws InterruptedException {
        try {
            task.retries().keep(this::tail, this::bytesRead);
        } catch (DtsException failure) {
            awaitApplied();
            throw failure;
        }
    }

    /**
     * What was read before the log could not be read any further still reaches the target, and what is wrong with it comes first:
     * a schema change explains the rows behind it that do not fit. During the full copy nothing is applied yet: then at once.
     */
    private void awaitApplied() throws InterruptedException {
        long deadline = System.nanoTime() + DRAIN_MAX.toNanos();
        long last = changes.last().map(Tail::sequence).orElse(0L);
        boolean copying = task.runs(Stage.FULL) && Facts.of(task).copyEnd().isEmpty();
        while (!copying && !closed && System.nanoTime() < deadline) {
            if (task.checkpoints().stream().allMatch(applied -> applied.filter(a -> a.sequence() >= last).isPresent())) {
                return;
            }
            Thread.sleep(DRAIN_LOOK_MILLIS);
        }
    }

    private void tail() throws InterruptedException {
        Tail start = start();
        try (LogReader log = task.source().log(start.upTo(), LatestRelations.reading(task, start.upTo()))) {
            open.set(log);
            BatchAssembler batches = new BatchAssembler(task.name(), epoch, start.sequence() + 1, start.upTo(), BATCH_BYTES_MAX);
            while (!closed) {
                Optional<Change> change = nextOrFlush(log, batches);
                List<Batch> full = change.isPresent()
                        ? batches.add(change.get())
                        : batches.idle(log.position());
                if (!full.isEmpty()) {
                    changes.append(full);
                }
            }
        } catch (RuntimeException failure) {
            if (!closed) {
                throw failure;
            }
        } finally {
            LogReader last = open.getAndSet(null);
            bytesReadBefore += last == null ? 0 : last.bytesRead();
        }
    }

    /** Whole transactions in front of what cannot be read are kept. */
    private Optional<Change> nextOrFlush(LogReader log, BatchAssembler batches) throws InterruptedException {
        try {
            return log.next();
        } catch (DtsException failure) {
            List<Batch> complete = batches.idle(log.position());
            if (!closed && !complete.isEmpty()) {
                changes.append(complete);
            }
            throw failure;
        }
    }

    /** Behind the queue's last complete batch; a queue that was lost starts again from what the target has, or from P0. */
    private Tail start() {
        Optional<Tail> tail = changes.truncateTail();
        List<Optional<Checkpoint>> applied = task.checkpoints();
        long furthest = applied.stream().flatMap(Optional::stream).mapToLong(Checkpoint::sequence).max().orElse(0);
        if (tail.isPresent() && tail.get().sequence() >= furthest) {
            return tail.get();
        }
        if (applied.stream().distinct().count() > 1) {
            throw new DtsException(ErrorCode.STATE_DAMAGED, "task " + task.name() + ": the queue has lost changes that some of its "
                    + applied.size() + " partitions have on the target and others have not",
                    "`dts reset " + task.name() + "` and copy again");
        }
        tail.ifPresent(_ -> changes.goOnBehind(furthest));
        Position p0 = Facts.of(task).logStart().orElseThrow();
        return applied.getFirst().map(a -> new Tail(a.epoch(), a.sequence(), a.position())).orElse(new Tail(epoch, 0, p0));
    }

    /** Bytes of log read by this process. */
    public long bytesRead() {
        LogReader now = open.get();
        return bytesReadBefore + (now == null ? 0 : now.bytesRead());
    }

    @Override
    public void close() {
        closed = true;
        LogReader now = open.get();
        if (now != null) {
            now.close();
        }
    }
}
