package io.opendts.functions.apply;

import io.opendts.model.Change;
import io.opendts.model.Relation;
import io.opendts.model.Route.Operation;
import io.opendts.model.TableId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Which kinds of changes are carried of each table. Until the end of the full copy all of them are: a copy that took hours is one
 * state of the source only with everything that happened meanwhile. What the task leaves out it leaves out from there on. One thread.
 */
final class CarriedOperations {

    static final CarriedOperations ALL = new CarriedOperations(_ -> EnumSet.allOf(Operation.class), _ -> true);

    private static final Set<Operation> ROWS = Set.of(Operation.INSERT, Operation.UPDATE, Operation.DELETE);

    private final Function<TableId, Set<Operation>> selected;
    private final Predicate<Change.Begin> behindCopy;
    private final Map<TableId, Set<Operation>> known = new HashMap<>();

    /**
     * @param selected   by the name on the source; without DDL where TRUNCATE is passed over
     * @param behindCopy whether a transaction lies behind the end of the full copy
     */
    CarriedOperations(Function<TableId, Set<Operation>> selected, Predicate<Change.Begin> behindCopy) {
        this.selected = selected;
        this.behindCopy = behindCopy;
    }

    private Set<Operation> of(Relation relation) {
        return known.computeIfAbsent(relation.source(), selected);
    }

    /**
     * Rows of such a table may be missing on the target, or be more than the source's, by intention; the latter also where only
     * changes of the schema are left out, because TRUNCATE is one. An ordered table stays strict then: where cascades change rows,
     * or keys that whole values do not decide, a conflict is told rather than settled.
     */
    boolean partial(Relation relation) {
        Set<Operation> carried = of(relation);
        return !carried.containsAll(ROWS) || !carried.contains(Operation.DDL) && !relation.ordered();
    }

    /** A row that is changed may then be one that never came. */
    boolean withoutInserts(Relation relation) {
        return !of(relation).contains(Operation.INSERT);
    }

    /** @param transaction null where it is not known, which is so only behind the copy */
    boolean carries(Relation relation, Operation operation, Change.Begin transaction) {
        return of(relation).contains(operation) || !behind(transaction);
    }

    boolean behind(Change.Begin transaction) {
        return transaction == null || behindCopy.test(transaction);
    }
}
