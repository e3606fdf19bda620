package io.opendts.task;

import io.opendts.model.Checkpoint;

/**
 * What one apply worker has made durable since it started, and how late.
 *
 * @param lagMillis from the commit on the source to the commit on the target, of the last transaction
 */
public record Standing(Checkpoint checkpoint, long transactions, long rows, long conflicts, long lagMillis) {

    /** Nothing waits: what was applied last may be old, but the target is not late. */
    public Standing idle() {
        return lagMillis == 0 ? this : new Standing(checkpoint, transactions, rows, conflicts, 0);
    }
}
