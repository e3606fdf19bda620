package io.opendts.state;

import io.opendts.model.Chunk;
import io.opendts.model.TableId;
import java.util.List;
import java.util.Optional;

/** How far the last comparison of a task's two ends is. A new run forgets the one before. */
public interface Verifications {

    /** @param kind MISSING, SURPLUS, DIFFERENT or TABLE_MISSING; @param key of the row as SQL literals, empty for a table */
    record Example(String kind, String key) {}

    /** @param rows compared on the source; @param examples the first of the differences */
    record Compared(Chunk chunk, long rows, long differences, List<Example> examples) {
        public Compared {
            examples = List.copyOf(examples);
        }
    }

    /** @param planned whether all tables have been split; @param chunks known so far, a walk adds its own one by one */
    record Run(String run, long beganMillis, boolean planned, int tables, long chunks, long done, long rows, long differences) {

        public boolean complete() {
            return planned && done == chunks;
        }
    }

    /** Starts a run and answers its name. */
    String begin(String task);

    Optional<Run> current(String task);

    /** Records a table's chunks; false, and nothing written, when that table has been planned before or the run is not the current one. */
    boolean plan(String task, String run, TableId table, List<Chunk> chunks);

    /** All tables have been planned. */
    void planned(String task, String run);

    /** Chunks still to be compared, by table and number, at most {@code limit}. */
    List<Chunk> open(String task, String run, int limit);

    /** Records what came of a chunk, with the one that follows it in a walk; false, and nothing written, the second time. */
    boolean done(String task, String run, Compared compared, Optional<Chunk> next);

    /** Chunks with differences, by table and number, at most {@code limit}. */
    List<Compared> differing(String task, String run, int limit);
}
