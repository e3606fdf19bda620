package io.opendts.queue;

import io.opendts.model.Batch;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Relation;
import io.opendts.sqlite.SqliteFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.IntFunction;

/**
 * The change log of one task in a SQLite file of its own, {@code changes/<task>.db} in the state folder, opened by one process
 * at a time (the task's lock). What was just appended is handed over in memory, after it is durable.
 *
 * <p>Durable across the death of the process, not across a power cut: then the tail may be missing, and the reader goes on
 * from the last batch that is there; the source still has its log.
 */
public final class EmbeddedChangeLog implements ChangeLog {

    static final String DAMAGED_REMEDY = "stop the task, delete its file under changes/ in the state folder and resume: the source's log "
            + "is read again from the checkpoint on the target";

    /**
     * @param maxWaitingBytes above it the reader of the source has to wait
     * @param handoverBytes   of the newest batches that are kept in memory for apply
     */
    public record Limits(long maxWaitingBytes, long handoverBytes) {
        public static final Limits DEFAULT = new Limits(8L << 30, 16L << 20);
    }

    /**
     * Trimmed batches are deleted in groups: at the pace of single transactions, deleting would double the work. Those not yet
     * deleted are there again after a crash, behind the checkpoint, and nobody reads them.
     */
    private static final int TRIM_BATCHES = 64;

    private final SqliteFile file;
    private final ChangeTable table;
    private final BatchCodec encoder;
    private final BatchCodec decoder;
    private final Limits limits;
    private final Handover handover;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition appended = lock.newCondition();
    private final Condition trimmed = lock.newCondition();
    private Ends ends;
    private long deletedThrough;
    private long readUpTo = Long.MIN_VALUE;
    /** Where the tail was cut while apply had read further; apply must hear of it once. */
    private long cutAfter = Long.MAX_VALUE;

    private EmbeddedChangeLog(Path home, SqliteFile file, IntFunction<Relation> relations, Limits limits) {
        this.file = file;
        this.table = new ChangeTable(file, home);
        this.encoder = new BatchCodec(relations);
        this.decoder = new BatchCodec(relations);
        this.limits = limits;
        this.handover = new Handover(limits.handoverBytes());
        this.ends = table.ends();
        this.deletedThrough = ends.trimmedThrough();
    }

    /** @param relations by number; null for one that does not exist. Called by the thread that reads */
    public static EmbeddedChangeLog open(Path stateDir, String task, IntFunction<Relation> relations, Limits limits) {
        return new EmbeddedChangeLog(stateDir, SqliteFile.open(stateDir, path(stateDir, task), ChangeTable.KIND), relations, limits);
    }

    public static EmbeddedChangeLog open(Path stateDir, String task, IntFunction<Relation> relations) {
        return open(stateDir, task, relations, Limits.DEFAULT);
    }

    /** Where a task's log is; deleting it takes the files beside it (-wal, -shm) along. */
    public static void delete(Path stateDir, String task) {
        ChangeTable.delete(path(stateDir, task));
    }

    private static Path path(Path stateDir, String task) {
        return stateDir.resolve("changes").resolve(task + ".db");
    }

    @Override
    public void append(List<Batch> batches) throws InterruptedException {
        if (batches.isEmpty()) {
            return;
        }
        checkOrder(batches);
        List<byte[]> frames = new ArrayList<>(batches.size());
        for (Batch batch : batches) {
            frames.add(encoder.encode(batch));
        }
        waitForRoom();
        table.insert(batches, frames);
        lock.lock();
        try {
            for (int i = 0; i < batches.size(); i++) {
                handover.add(batches.get(i), frames.get(i).length);
                ends = ends.with(batches.get(i), frames.get(i).length);
            }
            appended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void checkOrder(List<Batch> batches) {
        lock.lock();
        try {
            long sequence = ends.fresh() ? batches.getFirst().sequence() - 1 : ends.last();
            long epoch = ends.epoch();
            for (Batch batch : batches) {
                if (batch.sequence() != sequence + 1 || batch.epoch() < epoch) {
                    throw gap("batch " + batch.sequence() + " of epoch " + batch.epoch() + " cannot follow batch " + sequence + " of epoch "
                            + epoch + " in " + file.path());
                }
                sequence = batch.sequence();
                epoch = batch.epoch();
            }
        } finally {
            lock.unlock();
        }
    }

    private void waitForRoom() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (ends.waitingBytes() > limits.maxWaitingBytes() && ends.endsWhole()) {
                trimmed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Tail> last() {
        lock.lock();
        try {
            return ends.tail();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Optional<Tail> truncateTail() {
        lock.lock();
        try {
            if (!ends.endsWhole()) {
                long whole = ends.lastWhole();
                table.truncate(whole);
                handover.dropAfter(whole);
                ends = table.ends();
                cutAfter = readUpTo > whole ? whole : Long.MAX_VALUE;
                appended.signalAll();
            }
            return ends.tail();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void goOnBehind(long sequence) {
        lock.lock();
        try {
            table.clear();
            handover.dropThrough(Long.MAX_VALUE);
            ends = Ends.FRESH;
            deletedThrough = sequence;
            appended.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Batch> readFrom(long sequence, int maxBytes, long waitMillis) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long leftNanos = TimeUnit.MILLISECONDS.toNanos(waitMillis);
            checkReachable(sequence);
            while (ends.fresh() || sequence > ends.last()) {
                if (leftNanos <= 0) {
                    return List.of();
                }
                leftNanos = appended.awaitNanos(leftNanos);
                checkReachable(sequence);
            }
            List<Batch> handed = handover.from(sequence, maxBytes);
            if (!handed.isEmpty()) {
                readUpTo = handed.getLast().sequence();
                return handed;
            }
        } finally {
            lock.unlock();
        }
        return fromDisk(sequence, maxBytes);
    }

    private List<Batch> fromDisk(long sequence, int maxBytes) {
        List<Batch> batches = new ArrayList<>();
        long next = sequence;
        for (byte[] frame : table.read(sequence, maxBytes)) {
            Batch batch = decoder.decode(frame);
            if (batch.sequence() != next) {
                throw gap("batch " + next + " is missing in " + file.path() + ": it goes on with " + batch.sequence());
            }
            batches.add(batch);
            next++;
        }
        if (batches.isEmpty()) {
            throw gap("batch " + sequence + " is missing in " + file.path());
        }
        lock.lock();
        try {
            readUpTo = next - 1;
        } finally {
            lock.unlock();
        }
        return batches;
    }

    private void checkReachable(long sequence) {
        long cut = cutAfter;
        cutAfter = Long.MAX_VALUE;
        if (cut != Long.MAX_VALUE && sequence > cut + 1) {
            readUpTo = cut;
            throw gap("the pieces of an unfinished transaction before batch " + sequence + " were dropped from " + file.path());
        }
        if (!ends.fresh() && (sequence <= ends.trimmedThrough() || sequence > ends.last() + 1)) {
            throw gap("batch " + sequence + " is not in " + file.path() + ": it holds " + (ends.trimmedThrough() + 1) + " to "
                    + ends.last());
        }
    }

    @Override
    public void trim(long throughSequence) {
        lock.lock();
        try {
            long through = Math.min(throughSequence, ends.lastWhole());
            if (ends.fresh() || through <= ends.trimmedThrough()) {
                return;
            }
            ends = ends.trimmed(through);
            if (through - deletedThrough >= TRIM_BATCHES || ends.waitingBytes() > limits.maxWaitingBytes()) {
                ends = ends.freed(table.trim(through, ends.lastWhole()));
                deletedThrough = through;
            }
            handover.dropThrough(through);
            trimmed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public Size size() {
        lock.lock();
        try {
            return new Size(ends.last() - ends.trimmedThrough(), ends.waitingBytes());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long fileBytes() {
        return table.fileBytes();
    }

    @Override
    public void close() {
        table.close();
    }

    private static DtsException gap(String message) {
        return new DtsException(ErrorCode.QUEUE_GAP, message, "resume the task: it goes on from the checkpoint on the target");
    }
}
