package io.opendts.task;

import io.opendts.model.Checkpoint;
import io.opendts.model.Position;

/**
 * What an apply worker has made durable since it began, and how late.
 *
 * @param lagMillis from the commit on the source to the commit on the target, of the last transaction
 */
public record Standing(Checkpoint checkpoint, long transactions, long rows, long conflicts, long lagMillis) {

    /** Nothing waits: what was applied last may be old, but the target is not late. */
    public Standing idle() {
        return lagMillis == 0 ? this : new Standing(checkpoint, transactions, rows, conflicts, 0);
    }

    /** Of two partitions that both have their share of the rows: as far as the one that is behind. */
    Standing with(Standing other) {
        Checkpoint behind = checkpoint.sequence() <= other.checkpoint.sequence() ? checkpoint : other.checkpoint;
        return new Standing(behind, transactions, rows + other.rows, conflicts + other.conflicts, Math.max(lagMillis, other.lagMillis));
    }

    /** As one line; {@link #parse} reads it back. The position comes last, for it may hold anything. */
    String text() {
        return lagMillis + " " + transactions + " " + rows + " " + conflicts + " " + checkpoint.epoch() + " " + checkpoint.sequence() + " "
                + checkpoint.position().text();
    }

    static Standing parse(String text) {
        String[] part = text.split(" ", 7);
        Checkpoint checkpoint = new Checkpoint(new Position(part[6]), Long.parseLong(part[4]), Long.parseLong(part[5]));
        return new Standing(checkpoint, Long.parseLong(part[1]), Long.parseLong(part[2]), Long.parseLong(part[3]), Long.parseLong(part[0]));
    }

    /** The counts go on from another checkpoint. */
    public Standing from(Checkpoint start) {
        return new Standing(start, transactions, rows, conflicts, lagMillis);
    }
}
