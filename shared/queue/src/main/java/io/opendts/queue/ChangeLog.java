package io.opendts.queue;

import io.opendts.model.Batch;
import io.opendts.model.Position;
import java.util.List;
import java.util.Optional;

/**
 * The topic dts.changes.&lt;task&gt;: batches from the one reader of a task to its one apply worker, in order. One thread
 * appends and one thread reads at a time; trimming and sizes may be called from anywhere.
 *
 * <p>Sequences count up by one through the whole log, across epochs. {@link #truncateTail} gives sequences of dropped pieces
 * out again under the next epoch: an apply worker that has taken such a piece gets QUEUE_GAP from its next
 * {@link #readFrom} and starts over from the target's checkpoint.
 */
public interface ChangeLog extends AutoCloseable {

    /**
     * The end of the log.
     *
     * @param sequence of the last batch that ends on a transaction boundary
     * @param upTo     where the source's log goes on
     */
    record Tail(long epoch, long sequence, Position upTo) {}

    /** What waits for apply. */
    record Size(long batches, long bytes) {}

    /**
     * Appends one batch; durable across kill -9 of this process when it returns. Blocks while more than the log's limit of
     * bytes waits, but never within a transaction, because the apply worker needs its end in order to free anything.
     *
     * @throws io.opendts.model.DtsException QUEUE_GAP when the sequence is not the next one or the epoch is an older one;
     *                                       STATE_UNAVAILABLE when it cannot be written
     */
    default void append(Batch batch) throws InterruptedException {
        append(List.of(batch));
    }

    /** Appends several at once: all or none. */
    void append(List<Batch> batches) throws InterruptedException;

    /** The last complete batch; empty in a log that was never written to. It is remembered after it has been trimmed. */
    Optional<Tail> last();

    /** Drops the pieces of a transaction whose end is not there: the first thing that a new reader does. */
    Optional<Tail> truncateTail();

    /**
     * The log has lost its end, as after a power cut, and what it had up to that sequence is on the target: the next batch is the one
     * behind it, and what is held in front is dropped. Called by who appends, behind {@link #truncateTail}; a log that allows the first
     * batch of a reader such a leap has nothing to do.
     */
    default void goOnBehind(long sequence) {}

    /**
     * Batches from a sequence on, in order: as many as are there within {@code maxBytes} (of their encoded size), one at
     * least. Empty after {@code waitMillis} without any. Does not remove them.
     *
     * @throws io.opendts.model.DtsException QUEUE_GAP when that sequence has been trimmed or truncated, or lies beyond the next
     *                                       one to come; QUEUE_DAMAGED when a batch cannot be read
     */
    List<Batch> readFrom(long sequence, int maxBytes, long waitMillis) throws InterruptedException;

    /** Removes everything up to and including a sequence: what is durable on the target. */
    void trim(long throughSequence);

    Size size();

    /** Bytes on the disk, free space within the file included. */
    long fileBytes();

    @Override
    void close();
}
