package io.opendts.functions.apply;

import io.opendts.model.Cascades;
import io.opendts.model.Cascades.Part;
import io.opendts.model.Change;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.TableId;
import io.opendts.spi.LogOrder;
import java.util.Map;
import java.util.Optional;

/**
 * What the log holds that the full copy holds as well.
 *
 * @param exactCopies  of tables without a key: the position at which exactly each was copied
 * @param cascadePoint of the tables that cascades tie together; empty without a copy of such
 * @param anew         tables that are copied anew
 */
record CopiedChanges(Map<TableId, Position> exactCopies, Cascades cascades, Optional<Position> cascadePoint, LogOrder order,
        CopiedAnew anew) {

    CopiedChanges {
        exactCopies = Map.copyOf(exactCopies);
    }

    /**
     * Whether the copy holds this transaction's changes of the table: applied again they would undo later ones.
     *
     * @param transaction null where it is not known, which is so only behind the full copy
     */
    boolean hold(Relation relation, Change.Begin transaction) {
        if (anew.hold(relation.source(), transaction)) {
            return true;
        }
        return transaction != null && fullCopyHolds(relation, transaction);
    }

    private boolean fullCopyHolds(Relation relation, Change.Begin transaction) {
        Position copy = exactCopies.get(relation.source());
        if (copy != null) {
            return order.covers(copy, transaction);
        }
        Part part = cascades.part(relation.source());
        return (part == Part.LINK || part == Part.CHILD) && beforeCascadePoint(transaction);
    }

    /** Whether it holds what cascades made of the transaction's changes of the table, though not the changes themselves. */
    boolean holdCascades(Relation relation, Change.Begin transaction) {
        return cascades.part(relation.source()) == Part.PARENT && beforeCascadePoint(transaction);
    }

    /** Whether a row may be there as it became later: what changes it replaces what it finds. */
    boolean ahead(Relation relation) {
        return anew.ahead(relation.source());
    }

    private boolean beforeCascadePoint(Change.Begin transaction) {
        return cascadePoint.filter(point -> order.covers(point, transaction)).isPresent();
    }
}
