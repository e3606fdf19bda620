package io.opendts.functions.snapshot;

import io.opendts.model.Table;
import io.opendts.model.Table.ForeignKey;
import io.opendts.model.TableId;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * In which order tables are copied. Rows that a cascading foreign key deletes or changes are missing from most servers' logs: the
 * target does it again when the parent's change is applied, provided it has the parent. Parents are therefore copied before
 * children: whatever row of a child the copy saw, its parent's deletion came after the parent's copy, and finds it there. All other
 * tables are of the first level. Pure.
 */
final class CopyOrder {

    private CopyOrder() {}

    /** The level of each table; a level is copied when the ones before it are complete. Tables of a cycle share a level. */
    static Map<TableId, Integer> levels(List<Table> tables) {
        Map<TableId, Set<TableId>> parents = new HashMap<>();
        for (Table table : tables) {
            parents.put(table.id(), table.foreignKeys().stream().filter(ForeignKey::cascading).map(ForeignKey::parent)
                    .filter(parent -> !parent.equals(table.id())).collect(Collectors.toSet()));
        }
        parents.values().forEach(of -> of.retainAll(parents.keySet()));
        Map<TableId, Integer> levels = new HashMap<>();
        for (int level = 0; !parents.isEmpty(); level++) {
            List<TableId> next = parents.keySet().stream().filter(id -> levels.keySet().containsAll(parents.get(id))).toList();
            for (TableId id : next.isEmpty() ? List.copyOf(parents.keySet()) : next) {
                levels.put(id, level);
                parents.remove(id);
            }
        }
        return levels;
    }
}
