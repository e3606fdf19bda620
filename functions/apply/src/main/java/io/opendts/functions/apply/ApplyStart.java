package io.opendts.functions.apply;

import io.opendts.functions.apply.ApplyFunction.Settings;
import io.opendts.model.Checkpoint;
import io.opendts.model.DdlKind;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import io.opendts.model.Route;
import io.opendts.model.Route.Operation;
import io.opendts.model.TableId;
import io.opendts.spi.Applier;
import io.opendts.spi.CheckScope;
import io.opendts.spi.Target;
import io.opendts.state.Chunks.Copied;
import io.opendts.state.Relations;
import io.opendts.state.Relations.Registered;
import io.opendts.task.DdlRules.DdlPolicy;
import io.opendts.task.Facts;
import io.opendts.task.TaskContext;
import io.opendts.task.TaskContext.Conflicts;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From where, and by which rules, a task's changes are applied in this process: the target decides, the store knows the copy. */
final class ApplyStart {

    private static final String BEGAN = "incremental.began";

    private ApplyStart() {}

    static ApplyFunction open(TaskContext task) {
        return open(task, task.target(), 0);
    }

    /** @param target that holds the partition's checkpoint */
    static ApplyFunction open(TaskContext task, Target target, int partition) {
        Checkpoint start = firstCheckpoint(task, target, partition == 0 ? BEGAN : BEGAN + "." + partition);
        return new ApplyFunction(target, task.logOrder(), settings(task, partition), start);
    }

    /**
     * The target's own; at the very beginning P0. A task that had one and finds none does not start over on its own: its
     * target has been replaced or cleared.
     */
    private static Checkpoint firstCheckpoint(TaskContext task, Target target, String began) {
        Facts facts = Facts.of(task);
        Checkpoint checkpoint = target.checkpoint().orElseGet(() -> beginning(task, target, facts, began));
        facts.once(began, System.currentTimeMillis());
        return checkpoint;
    }

    /** Of epoch 0: the batches that follow it may have been read under any lease. */
    private static Checkpoint beginning(TaskContext task, Target target, Facts facts, String began) {
        if (facts.moment(began).isPresent()) {
            throw new DtsException(ErrorCode.STATE_DAMAGED,
                    "task " + task.name() + ": the target no longer has this task's checkpoint, so what it holds is unknown",
                    "if the target was replaced: `dts reset " + task.name() + "` and copy again");
        }
        Checkpoint first = new Checkpoint(facts.logStart().orElseThrow(), 0, 0);
        try (Applier applier = target.applier()) {
            applier.commit(first);
        }
        return first;
    }

    private static Settings settings(TaskContext task, int partition) {
        Facts facts = Facts.of(task);
        List<Registered> known = task.store().relations().latest(task.name());
        Map<TableId, Position> exact = new HashMap<>();
        for (Registered table : known) {
            if (table.relation().keyless()) {
                List<Copied> copied = task.store().chunks().copied(task.name(), table.table().id(), 0, 1);
                copied.stream().findFirst().flatMap(Copied::exactAt).ifPresent(at -> exact.put(table.table().id(), at));
            }
        }
        Partitions partitions = new Partitions(task, partition);
        Resyncs resyncs = new Resyncs(task, partitions);
        return new Settings(facts.copyEnd(), new CopiedChanges(exact, Relations.cascades(known), facts.cascadePoint(), task.logOrder(),
                resyncs), conflicts(task), new SchemaChanges(task, resyncs), resyncs, partitions,
                table -> operations(task, table));
    }

    /** A table whose TRUNCATE is passed over is as one of which changes of the schema are not selected: rows stay that the source lacks. */
    private static Set<Operation> operations(TaskContext task, TableId table) {
        Set<Operation> operations = EnumSet.allOf(Operation.class);
        task.selector().table(table).map(Route::operations).ifPresent(operations::retainAll);
        if (task.ddl().of(DdlKind.TRUNCATE, table) == DdlPolicy.IGNORE) {
            operations.remove(Operation.DDL);
        }
        return operations;
    }

    /** The copy has left rows in place that were there before it: a change of the source's row then meets another one. */
    private static Conflicts conflicts(TaskContext task) {
        boolean kept = task.existingTables() == CheckScope.ExistingTables.IGNORE && task.conflicts() == Conflicts.FAIL;
        return kept ? Conflicts.OVERWRITE : task.conflicts();
    }
}
