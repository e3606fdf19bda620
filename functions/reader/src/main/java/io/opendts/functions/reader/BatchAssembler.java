package io.opendts.functions.reader;

import io.opendts.model.Batch;
import io.opendts.model.Change;
import io.opendts.model.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Cuts the stream of changes into batches. Latency first: what is there is sent as soon as the log has nothing more waiting;
 * under load batches grow to {@code batchBytesMax}. A transaction that is larger is sent in pieces, so that memory does not
 * grow with it. One thread.
 */
final class BatchAssembler {

    /** Rough size of a change without its rows, for counting against the limit. */
    private static final int CHANGE_OVERHEAD_BYTES = 64;

    private final String task;
    private final long epoch;
    private final long batchBytesMax;
    private long sequence;
    private Position from;
    private Position lastEnd;
    private boolean inTransaction;
    private List<Change> pending = new ArrayList<>();
    private long pendingBytes;

    /**
     * @param sequence of the first batch
     * @param from     where the log is read from
     */
    BatchAssembler(String task, long epoch, long sequence, Position from, long batchBytesMax) {
        this.task = task;
        this.epoch = epoch;
        this.sequence = sequence;
        this.from = from;
        this.lastEnd = from;
        this.batchBytesMax = batchBytesMax;
    }

    /** A batch, if this change fills one. */
    Optional<Batch> add(Change change) {
        pending.add(change);
        pendingBytes += bytes(change);
        switch (change) {
            case Change.Begin _ -> inTransaction = true;
            case Change.End(Position position) -> {
                inTransaction = false;
                lastEnd = position;
            }
            case Change.Insert _, Change.Update _, Change.Delete _, Change.Truncate _, Change.Ddl _ -> { }
        }
        return pendingBytes >= batchBytesMax ? Optional.of(cut()) : Optional.empty();
    }

    /**
     * Nothing more is waiting: sends what is complete.
     *
     * @param position how far the log has been read; may lie behind the last transaction that anybody selected
     */
    Optional<Batch> idle(Position position) {
        if (inTransaction) {
            return Optional.empty();
        }
        lastEnd = position;
        return pending.isEmpty() && position.equals(from) ? Optional.empty() : Optional.of(cut());
    }

    private Batch cut() {
        Position upTo = inTransaction ? from : lastEnd;
        Batch batch = new Batch(task, epoch, sequence++, from, upTo, !inTransaction, pending);
        from = upTo;
        pending = new ArrayList<>();
        pendingBytes = 0;
        return batch;
    }

    private static long bytes(Change change) {
        return CHANGE_OVERHEAD_BYTES + switch (change) {
            case Change.Insert insert -> insert.after().size();
            case Change.Update update -> update.before().size() + update.after().size();
            case Change.Delete delete -> delete.before().size();
            case Change.Ddl ddl -> ddl.statement().length();
            case Change.Begin _, Change.End _, Change.Truncate _ -> 0;
        };
    }
}
