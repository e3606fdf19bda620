package io.opendts.queue;

import io.opendts.model.CheckItem;
import io.opendts.model.Chunk;
import io.opendts.model.TableId;
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

    /** @param chunk what to compare; null asks for the whole task */
    record VerifyRequested(String task, Chunk chunk, int relation) implements Payload {}

    record VerifyCompleted(String task, Chunk chunk, long rows, long different, List<Difference> examples) implements Payload {}

    /** @param kind missing, surplus or different on the target; @param key values of the key, as text */
    record Difference(TableId table, String kind, String key) {}

    /** @param state as users see it; @param code null unless the task failed */
    record TaskStateChanged(String task, String state, String code, String message, String remedy, long atMillis) implements Payload {}
}
