package io.opendts.functions.apply;

import io.opendts.model.Relation;
import io.opendts.model.Row;
import io.opendts.spi.Applier.Step;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a run of changes comes to for one table: for each row, found by its identity, the difference between before the
 * first and after the last change. Grouping is what makes apply fast: one statement then does the work of hundreds of
 * transactions. Mutable accumulator, one thread.
 *
 * <p>Why the order of {@link #steps} is right: all rows that go, or that change a value of a unique key, are deleted first;
 * then rows that keep their keys are updated in place; then rows are inserted. What is inserted is part of one state that
 * the source had at the end of the run, so nothing in it can collide, and whatever stood in its way in between is gone.
 */
final class NetEffect {

    /**
     * One row over the run.
     *
     * @param first the row before the run; null if it was not there
     * @param last  the row after the run; null if it is gone
     * @param seen  any image of it, to find it by
     */
    private record Effect(Row first, Row last, Row seen) {}

    private final Relation relation;
    private final int[] identity;
    private final List<int[]> uniques;
    private final Map<Row, Effect> byIdentity = new HashMap<>();

    NetEffect(Relation relation) {
        this.relation = relation;
        this.identity = positions(relation.identity());
        this.uniques = relation.uniques().stream().map(NetEffect::positions).toList();
    }

    void insert(Row after) {
        byIdentity.merge(after.project(identity), new Effect(null, after, after), (old, _) -> new Effect(old.first(), after, after));
    }

    void delete(Row before) {
        byIdentity.merge(before.project(identity), new Effect(before, null, before), (old, _) -> new Effect(old.first(), null, before));
    }

    void update(Row before, Row after) {
        Row from = before.project(identity);
        Row to = after.project(identity);
        if (from.equals(to)) {
            byIdentity.merge(from, new Effect(before, after, after), (old, _) -> new Effect(old.first(), after, after));
        } else {
            delete(before);
            insert(after);
        }
    }

    /**
     * Adds what is to be done.
     *
     * @param strict as in {@link Step}. While the target may hold rows from any moment of the full copy, it is false, and a
     *               row that came and went within the run is deleted too: the copy may have seen it in between
     */
    void steps(boolean strict, List<Step> out) {
        List<Row> deletes = new ArrayList<>();
        List<Row> updates = new ArrayList<>();
        List<Row> inserts = new ArrayList<>();
        for (Effect effect : byIdentity.values()) {
            Row first = effect.first();
            Row last = effect.last();
            if (first != null && last != null && !movesUniqueKey(first, last)) {
                updates.add(last);
                continue;
            }
            if (first != null) {
                deletes.add(first);
            } else if (last == null && !strict) {
                deletes.add(effect.seen());
            }
            if (last != null) {
                inserts.add(last);
            }
        }
        if (!deletes.isEmpty()) {
            out.add(new Step.DeleteRows(relation, deletes, strict));
        }
        if (!updates.isEmpty()) {
            out.add(new Step.UpdateRows(relation, updates, strict));
        }
        if (!inserts.isEmpty()) {
            out.add(new Step.InsertRows(relation, inserts, strict));
        }
    }

    /**
     * A row that takes another value in a secondary unique key cannot be updated in place: its new value may still belong to
     * another row of the same run. Compared by bytes: a difference that the collation ignores only costs a delete and an insert.
     */
    private boolean movesUniqueKey(Row first, Row last) {
        for (int[] unique : uniques) {
            if (!first.project(unique).equals(last.project(unique))) {
                return true;
            }
        }
        return false;
    }

    private static int[] positions(List<Integer> list) {
        return list.stream().mapToInt(Integer::intValue).toArray();
    }

    Relation relation() {
        return relation;
    }
}
