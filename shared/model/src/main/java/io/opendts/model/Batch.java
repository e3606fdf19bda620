package io.opendts.model;

import java.util.List;
import java.util.Objects;

/**
 * Changes in the order of the source's log, as they travel from the reader to apply.
 *
 * @param epoch    of the lease under which the reader wrote it: a batch of an older epoch than one already seen is ignored
 * @param sequence counts up by one within a task and epoch
 * @param from     where it starts: equal to the {@code upTo} of the batch before it
 * @param upTo     where the log goes on after the last transaction that ends in this batch
 * @param whole    whether it ends on a transaction boundary; false only for pieces of a transaction that is larger than
 *                 a batch may be, whose {@code upTo} is then still the start of that transaction
 */
public record Batch(String task, long epoch, long sequence, Position from, Position upTo, boolean whole, List<Change> changes) {

    public Batch {
        Objects.requireNonNull(task, "task");
        changes = List.copyOf(changes);
    }
}
