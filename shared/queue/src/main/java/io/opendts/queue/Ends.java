package io.opendts.queue;

import io.opendts.model.Batch;
import io.opendts.model.Position;
import java.util.Optional;

/**
 * Both ends of a change log, as one value.
 *
 * @param fresh          nothing was ever appended: any sequence may come first
 * @param trimmedThrough the last sequence that apply is done with
 * @param last           the newest sequence
 * @param lastWhole      the newest that ends on a transaction boundary; {@code trimmedThrough} while there is none
 * @param epoch          of the newest batch
 * @param tailOrNull     of the newest whole one; null while there is none
 * @param heldBytes      of batches not yet deleted, the last whole one included, which stays
 */
record Ends(boolean fresh, long trimmedThrough, long last, long lastWhole, long epoch, ChangeLog.Tail tailOrNull, long heldBytes) {

    static final Ends FRESH = new Ends(true, 0, 0, 0, Long.MIN_VALUE, null, 0);

    Optional<ChangeLog.Tail> tail() {
        return Optional.ofNullable(tailOrNull);
    }

    boolean endsWhole() {
        return last == lastWhole;
    }

    /** None when apply is done with all, whatever has not been deleted yet. */
    long waitingBytes() {
        return last == trimmedThrough ? 0 : heldBytes;
    }

    Ends with(Batch batch, long bytes) {
        return with(batch.sequence(), batch.epoch(), batch.upTo(), batch.whole(), bytes);
    }

    Ends with(long sequence, long newEpoch, Position upTo, boolean whole, long bytes) {
        long trimmed = fresh ? sequence - 1 : trimmedThrough;
        long lastWholeNow = whole ? sequence : fresh ? trimmed : lastWhole;
        ChangeLog.Tail tailNow = whole ? new ChangeLog.Tail(newEpoch, sequence, upTo) : tailOrNull;
        return new Ends(false, trimmed, sequence, lastWholeNow, newEpoch, tailNow, heldBytes + bytes);
    }

    Ends trimmed(long through) {
        return new Ends(fresh, through, last, lastWhole, epoch, tailOrNull, heldBytes);
    }

    Ends freed(long bytes) {
        return new Ends(fresh, trimmedThrough, last, lastWhole, epoch, tailOrNull, heldBytes - bytes);
    }
}
