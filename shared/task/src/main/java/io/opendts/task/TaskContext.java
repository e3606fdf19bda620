package io.opendts.task;

import io.opendts.model.Checkpoint;
import io.opendts.model.Position;
import io.opendts.model.Stage;
import io.opendts.spi.CheckScope;
import io.opendts.spi.Checkpoints;
import io.opendts.spi.LogOrder;
import io.opendts.spi.SchemaPlan;
import io.opendts.spi.Selector;
import io.opendts.spi.Source;
import io.opendts.spi.Target;
import io.opendts.state.StateStore;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * All that a function needs to work for a task: what the task file says, in the terms of the engine interface, and the two
 * ends. Made anew in every process; what must outlive a process is in the store.
 *
 * @param targetAsSource the target's server, for comparing; empty where it cannot be read
 * @param migration    whether the incremental stage is shown as "migrating"
 * @param startAt      where the log is read from; empty for where it ends when the task begins
 * @param ignoredItems precheck items whose failure the user accepts
 * @param applyPartitions wanted for the changes of a task that needs only the order of each key
 * @param targets      the target under the checkpoint of one partition, by its number
 * @param rowsPerChunk aimed at when a table is split
 * @param chunksAtOnce copied at a time at most, in all processes together; empty: as many as there are workers
 */
public record TaskContext(
        String name,
        boolean migration,
        Set<Stage> stages,
        Source source,
        Target target,
        Optional<Source> targetAsSource,
        LogOrder logOrder,
        Selector selector,
        CheckScope.ExistingTables existingTables,
        SchemaPlan.Triggers triggers,
        Conflicts conflicts,
        DdlRules ddl,
        Optional<Position> startAt,
        Set<String> ignoredItems,
        long rowsPerChunk,
        OptionalInt chunksAtOnce,
        int applyPartitions,
        IntFunction<Target> targets,
        Retries retries,
        StateStore store) implements AutoCloseable {

    /** What becomes of a change that meets something else on the target than the source had. */
    public enum Conflicts { FAIL, IGNORE, OVERWRITE }

    public TaskContext {
        stages = Set.copyOf(stages);
        ignoredItems = Set.copyOf(ignoredItems);
    }

    public boolean runs(Stage stage) {
        return stages.contains(stage);
    }

    /** Checkpoints of all partitions, by number; empty ones before the first change was applied. */
    public List<Optional<Checkpoint>> checkpoints() {
        try (Checkpoints all = target.checkpoints(Facts.of(this).partitions())) {
            return all.now();
        }
    }

    /** Takes all that the task keeps for itself on the target away. Idempotent. */
    public void forgetOnTarget() {
        target.forget();
        for (int partition = 1; partition < Facts.of(this).partitions(); partition++) {
            try (Target one = targets.apply(partition)) {
                one.forget();
            }
        }
    }

    public CheckScope checkScope() {
        return new CheckScope(stages, existingTables);
    }

    @Override
    public void close() {
        source.close();
        target.close();
        targetAsSource.ifPresent(Source::close);
    }
}
