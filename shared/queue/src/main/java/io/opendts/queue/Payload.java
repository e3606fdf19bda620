package io.opendts.queue;

import io.opendts.model.CheckItem;
import io.opendts.model.Chunk;
import java.util.List;

/** What the messages carry. Null stands for "none" in the JSON form. Positions and states are their text forms. */
public sealed interface Payload {

    String task();

    record PrecheckRequested(String task) implements Payload {}

    record PrecheckCompleted(String task, boolean passed, List<CheckItem> items) implements Payload {}

    /** @param step name of the schema plan's step */
    record SchemaRequested(String task, String step) implements Payload {}

    record SchemaCompleted(String task, String step, int objects, long tookMillis) implements Payload {}

    /** @param relation number of the layout under which the chunk is written */
    record ChunkRequested(String task, Chunk chunk, int relation) implements Payload {}

    /**
     * @param exactAt position at which the rows are exact; null where the copy cannot say
     * @param next    the chunk that follows in a walk; null when there is none
     */
    record ChunkCompleted(String task, Chunk chunk, long rows, long bytes, long tookMillis, String exactAt, Chunk next)
            implements Payload {}

    /**
     * @param run   of the comparison that was asked for last; others are passed over
     * @param chunk what to compare; null asks for the plan of the whole task
     */
    record VerifyRequested(String task, String run, Chunk chunk) implements Payload {}

    /** @param chunk null when the plan is there */
    record VerifyCompleted(String task, String run, Chunk chunk, long rows, long different) implements Payload {}

    /** @param frame a batch as its codec writes it, in base64 */
    record ChangesBatch(String task, String frame) implements Payload {}

    /** @param position up to which the source's log is durable on the target */
    record ChangesApplied(String task, long epoch, long sequence, String position, long transactions, long rows) implements Payload {}

    /** @param state as users see it; @param code null unless the task failed */
    record TaskStateChanged(String task, String state, String code, String message, String remedy, long atMillis) implements Payload {}
}
