package io.opendts.functions.apply;

import io.opendts.model.Change;
import io.opendts.model.Relation;
import io.opendts.model.Route.Operation;
import io.opendts.model.Row;
import io.opendts.spi.Applier.Step;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Turns changes into the steps that bring a target from one state of the source to a later one. Pure but for the accumulator;
 * one planner a run, one thread.
 *
 * <p>Tables whose rows are independent of other tables are reduced to their net effect; tables whose changes must keep their
 * order ({@link Relation#ordered()}) are written change by change, in the order of the log among themselves. The two kinds
 * never touch each other: a table that a cascading foreign key ties to another is of the ordered kind on both sides.
 */
final class ApplyPlanner {

    private final boolean strict;
    private final CopiedChanges copied;
    private final CarriedOperations operations;
    private final Map<Integer, NetEffect> effects = new LinkedHashMap<>();
    private final List<Step> ordered = new ArrayList<>();
    private final List<Row> insertRun = new ArrayList<>();
    private Relation insertRunRelation;
    private Change.Begin transaction;
    private long rows;
    private long transactions;

    /**
     * @param strict        whether the target is known to be in the state from which the first change starts
     * @param transaction   the one that an earlier batch began and did not end; null if none
     * @param operations    that the task carries
     * @param copied        what of the changes is in the full copy
     */
    ApplyPlanner(boolean strict, CarriedOperations operations, Change.Begin transaction, CopiedChanges copied) {
        this.strict = strict;
        this.operations = operations;
        this.transaction = transaction;
        this.copied = copied;
    }

    void add(Change change) {
        switch (change) {
            case Change.Begin begin -> transaction = begin;
            case Change.End _ -> transactions++;
            case Change.Insert(Relation relation, Row after) -> {
                if (wanted(relation, Operation.INSERT)) {
                    insert(relation, after);
                }
            }
            case Change.Update(Relation relation, Row before, Row after) -> {
                if (wanted(relation, Operation.UPDATE)) {
                    update(relation, before, after);
                }
            }
            case Change.Delete(Relation relation, Row before) -> {
                if (wanted(relation, Operation.DELETE)) {
                    delete(relation, before);
                }
            }
            case Change.Truncate(Relation relation) -> {
                if (truncated(relation)) {
                    endInsertRun();
                    ordered.addAll(drainEffects());
                    ordered.add(new Step.TruncateTable(relation));
                }
            }
            case Change.Ddl ddl -> throw SchemaChanges.notFollowed(ddl.database(), ddl.statement());
        }
    }

    /** The steps, in order; the planner is empty afterwards. */
    List<Step> steps() {
        endInsertRun();
        List<Step> steps = new ArrayList<>(ordered);
        ordered.clear();
        steps.addAll(drainEffects());
        return steps;
    }

    long rows() {
        return rows;
    }

    long transactions() {
        return transactions;
    }

    /** The transaction that has begun and not ended, or the last one that did. */
    Change.Begin transaction() {
        return transaction;
    }

    /** A copy of which some was read before it is whole only with it, whatever is carried. */
    private boolean truncated(Relation relation) {
        return operations.carries(relation, Operation.DDL, transaction) && notCopied(relation);
    }

    private boolean wanted(Relation relation, Operation operation) {
        if (!operations.carries(relation, operation, transaction)) {
            return false;
        }
        rows++;
        return notCopied(relation);
    }

    private boolean notCopied(Relation relation) {
        return !copied.hold(relation, transaction);
    }

    private void insert(Relation relation, Row after) {
        if (!oneByOne(relation)) {
            effect(relation).insert(after);
            return;
        }
        if (insertRunRelation == null || insertRunRelation.id() != relation.id()) {
            endInsertRun();
            insertRunRelation = relation;
        }
        insertRun.add(after);
    }

    private void update(Relation relation, Row before, Row after) {
        if (operations.withoutInserts(relation) && operations.behind(transaction)) {
            endInsertRun();
            ordered.add(new Step.UpdateFound(relation, before, after));
        } else if (withoutCascades(relation)) {
            delete(relation, before);
            insert(relation, after);
        } else if (oneByOne(relation)) {
            beforeCascade(relation);
            ordered.add(new Step.UpdateOne(relation, before, after, strictFor(relation)));
        } else {
            effect(relation).update(before, after);
        }
    }

    private void delete(Relation relation, Row before) {
        if (withoutCascades(relation)) {
            endInsertRun();
            ordered.add(new Step.DeleteRows(relation, List.of(before), false));
        } else if (oneByOne(relation)) {
            beforeCascade(relation);
            ordered.add(new Step.DeleteOne(relation, before, strictFor(relation)));
        } else {
            effect(relation).delete(before);
        }
    }

    private void endInsertRun() {
        if (insertRunRelation != null) {
            ordered.add(new Step.InsertRows(insertRunRelation, List.copyOf(insertRun), strictFor(insertRunRelation)));
            insertRun.clear();
            insertRunRelation = null;
        }
    }

    /** The row alone: what cascades made of it is in the copy. */
    private boolean withoutCascades(Relation relation) {
        return !strict && transaction != null && copied.holdCascades(relation, transaction);
    }

    /**
     * A child that only refers to a parent must be gone when its parent goes, or the target refuses it, and would have to do it
     * without cascades. Strictly that is a conflict, which is settled change by change.
     */
    private void beforeCascade(Relation relation) {
        endInsertRun();
        if (!strict && !relation.keyless()) {
            ordered.addAll(drainEffects());
        }
    }

    /** Without inserts a net effect, which may put a row where none was, would make rows that never came. */
    private boolean oneByOne(Relation relation) {
        return relation.ordered() || operations.withoutInserts(relation);
    }

    /**
     * A keyless table is copied at one exact position, and nothing can be replaced in it: always strict. A table of which not
     * everything is carried cannot be: its rows differ from the source's by intention.
     */
    private boolean strictFor(Relation relation) {
        return !operations.partial(relation) && (strict && !copied.ahead(relation) || relation.keyless());
    }

    private NetEffect effect(Relation relation) {
        return effects.computeIfAbsent(relation.id(), _ -> new NetEffect(relation));
    }

    private List<Step> drainEffects() {
        List<Step> steps = new ArrayList<>();
        effects.values().forEach(e -> e.steps(strictFor(e.relation()), steps));
        effects.clear();
        return steps;
    }
}
