package io.opendts.task;

import io.opendts.model.Position;
import io.opendts.model.Stage;
import io.opendts.spi.CheckScope;
import io.opendts.spi.LogOrder;
import io.opendts.spi.SchemaPlan;
import io.opendts.spi.Selector;
import io.opendts.spi.Source;
import io.opendts.spi.Target;
import io.opendts.state.StateStore;
import java.util.Optional;
import java.util.Set;

/**
 * All that a function needs to work for a task: what the task file says, in the terms of the engine interface, and the two
 * ends. Made anew in every process; what must outlive a process is in the store.
 *
 * @param targetAsSource the target's server, for comparing; empty where it cannot be read
 * @param migration    whether the incremental stage is shown as "migrating"
 * @param startAt      where the log is read from; empty for where it ends when the task begins
 * @param ignoredItems precheck items whose failure the user accepts
 * @param rowsPerChunk aimed at when a table is split
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
        DdlPolicy ddl,
        Optional<Position> startAt,
        Set<String> ignoredItems,
        long rowsPerChunk,
        Retries retries,
        StateStore store) implements AutoCloseable {

    /** What becomes of a change that meets something else on the target than the source had. */
    public enum Conflicts { FAIL, IGNORE, OVERWRITE }

    /** What becomes of a change of the source's schema. */
    public enum DdlPolicy { APPLY, IGNORE, FAIL }

    public TaskContext {
        stages = Set.copyOf(stages);
        ignoredItems = Set.copyOf(ignoredItems);
    }

    public boolean runs(Stage stage) {
        return stages.contains(stage);
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
