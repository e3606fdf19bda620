package io.opendts.functions.reader;

import io.opendts.model.Batch;
import io.opendts.model.Change;
import io.opendts.model.Position;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts the stream of changes into batches. Latency first: what is there is sent as soon as the log has nothing more waiting;
 * under load batches of whole transactions grow to {@code batchBytesMax}. Only a transaction that is larger by itself is sent
 * in pieces, so that memory does not grow with it. One thread.
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
    private List<Change> whole = new ArrayList<>();
    private List<Change> open = new ArrayList<>();
    private long wholeBytes;
    private long openBytes;
    private boolean inTransaction;

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

    /** The batches that this change fills: none, one, or the transactions before a large one and that one's first piece. */
    List<Batch> add(Change change) {
        if (change instanceof Change.Ddl || change instanceof Change.Truncate) {
            return alone(change);
        }
        open.add(change);
        openBytes += bytes(change);
        switch (change) {
            case Change.Begin _ -> inTransaction = true;
            case Change.End(Position position) -> {
                inTransaction = false;
                lastEnd = position;
                whole.addAll(open);
                wholeBytes += openBytes;
                open = new ArrayList<>();
                openBytes = 0;
            }
            case Change.Insert _, Change.Update _, Change.Delete _, Change.Truncate _, Change.Ddl _ -> { }
        }
        List<Batch> full = new ArrayList<>();
        if (wholeBytes >= batchBytesMax || openBytes >= batchBytesMax && !whole.isEmpty()) {
            full.add(cutWhole());
        }
        if (openBytes >= batchBytesMax) {
            full.add(cutPiece());
        }
        return full;
    }

    /** A change of the schema, TRUNCATE too, is applied by itself: it shares its batch with the beginning of its transaction alone. */
    private List<Batch> alone(Change change) {
        List<Batch> full = new ArrayList<>();
        if (!whole.isEmpty()) {
            full.add(cutWhole());
        }
        open.add(change);
        full.add(cutPiece());
        return full;
    }

    /**
     * Nothing more is waiting: sends what is complete.
     *
     * @param position how far the log has been read; may lie behind the last transaction that anybody selected
     */
    List<Batch> idle(Position position) {
        if (!inTransaction) {
            lastEnd = position;
        }
        return whole.isEmpty() && (inTransaction || lastEnd.equals(from)) ? List.of() : List.of(cutWhole());
    }

    private Batch cutWhole() {
        Batch batch = new Batch(task, epoch, sequence++, from, lastEnd, true, whole);
        from = lastEnd;
        whole = new ArrayList<>();
        wholeBytes = 0;
        return batch;
    }

    private Batch cutPiece() {
        Batch batch = new Batch(task, epoch, sequence++, from, from, false, open);
        open = new ArrayList<>();
        openBytes = 0;
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
