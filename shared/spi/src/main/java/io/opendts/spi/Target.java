package io.opendts.spi;

import io.opendts.model.Catalog;
import io.opendts.model.CheckItem;
import io.opendts.model.Checkpoint;
import io.opendts.model.Chunk;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Where data goes. Safe for use by many threads. Raises {@link io.opendts.model.DtsException} with codes 3xxx; those that are
 * retryable may be called again: nothing here is half done twice.
 */
public interface Target extends AutoCloseable {

    /** All items at once; what is wrong is an item, never an exception. */
    List<CheckItem> check(Catalog source, Selector selector, CheckScope scope);

    /** Makes a step of the schema; idempotent. Reports each object made. */
    void define(SchemaPlan plan, SchemaPlan.Step step, Consumer<String> report);

    /** A chunk, and where its rows come from. */
    record Load(Chunk chunk, Relation relation, RowFeed feed) {}

    /**
     * Loads chunks by the bulk path, in one transaction. Their completion is stored in it too: chunks that are already on the
     * target are not read again.
     *
     * @param loads    at least one; either none or all of them have been loaded before
     * @param existing whether rows stay that are there under the same key (IGNORE), or are replaced
     * @return how each read ended, also when an earlier try had done it
     */
    List<ChunkRead> load(List<Load> loads, CheckScope.ExistingTables existing);

    /**
     * A chunk whose rows are of a moment behind the checkpoints of all partitions of the task's changes.
     *
     * @param feed asked with the position of the checkpoint that is furthest
     */
    record LoadBehind(Chunk chunk, Relation relation, Function<Position, RowFeed> feed) {}

    /**
     * As {@link #load}, and only while the checkpoint of the first partition stands, whose target this is: no session can
     * move it, or another partition's, meanwhile. Rows that are in the way are replaced.
     *
     * @throws io.opendts.model.DtsException TASK_RUNS_ELSEWHERE where another one stands
     * @throws OutOfStepException where some partition has none yet
     */
    List<ChunkRead> load(List<LoadBehind> loads, Checkpoint standing, int partitions);

    /** The checkpoint of the partition whose target this is; empty before the first. */
    Optional<Checkpoint> checkpoint();

    /** Those of all partitions. */
    Checkpoints checkpoints(int partitions);

    /** A session that applies changes; at most one at a time for a task. */
    Applier applier();

    /** Forgets the task: its progress rows, nothing else. Idempotent. */
    void forget();

    @Override
    void close();
}
