package io.opendts.state;

import io.opendts.model.Chunk;
import io.opendts.model.Position;
import io.opendts.model.TableId;
import java.util.List;
import java.util.Optional;

/** What of the full copy has been planned and what has been done: the reason why a full copy goes on and never starts over. */
public interface Chunks {

    /**
     * How far a table's full copy is.
     *
     * @param planned       chunks known so far: a walk adds its chunks one by one
     * @param done          of these
     * @param rowsEstimated from the source's statistics at the time of planning
     */
    record TableCopy(TableId table, long planned, long done, long rows, long bytes, long rowsEstimated) {

        public boolean complete() {
            return done == planned;
        }
    }

    /** A chunk that has been copied. {@code exactAt} as the copy reported it. */
    record Copied(Chunk chunk, long rows, long bytes, Optional<Position> exactAt) {}

    /**
     * How a table is copied.
     *
     * @param relation number of the layout in which its rows travel
     * @param level    tables of a level wait until those of all levels before it have been copied
     */
    record Plan(TableId table, int relation, int level, long rowsEstimated, List<Chunk> chunks) {
        public Plan {
            chunks = List.copyOf(chunks);
        }
    }

    /** A chunk to be copied, and the number of the layout in which its rows travel. */
    record Open(Chunk chunk, int relation) {}

    /** Records all chunks of a table at once; false, and nothing written, when the table has been planned before. */
    boolean plan(String task, Plan plan);

    /** Each as by itself; a store may write many at once. */
    default void plan(String task, List<Plan> plans) {
        plans.forEach(plan -> plan(task, plan));
    }

    /**
     * Chunks still to be copied, of the first level that has any, by table and number, at most {@code limit}: costs what it
     * answers, however many tables there are.
     */
    List<Open> open(String task, int limit);

    /**
     * Records that a chunk has been copied, together with the chunk that follows it in a walk, in the same layout and level.
     * False, and nothing written, when it had been recorded before (a message delivered twice).
     */
    boolean done(String task, Copied copied, Optional<Chunk> next);

    /** Chunks of a table that have been copied, by number, from {@code fromNumber} on, at most {@code limit}. */
    List<Copied> copied(String task, TableId table, int fromNumber, int limit);

    Optional<TableCopy> table(String task, TableId table);

    /** Every planned table, by name. */
    List<TableCopy> tables(String task);
}
