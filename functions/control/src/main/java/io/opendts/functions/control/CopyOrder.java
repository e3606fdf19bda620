package io.opendts.functions.control;

import io.opendts.model.Table;
import io.opendts.model.Table.ForeignKey;
import io.opendts.model.TableId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * In which order tables are copied. Rows that a cascading foreign key deletes or changes are missing from most servers' logs: the
 * target does it again when the parent's change is applied, provided it has the parent. Parents are therefore copied before
 * children: whatever row of a child the copy saw, its parent's deletion came after the parent's copy, and finds it there. All other
 * tables are of the first level. Pure.
 */
final class CopyOrder {

    private CopyOrder() {}

    /** Tables by level; a level is copied when the ones before it are complete. Tables of a cycle share a level. */
    static List<List<TableId>> levels(List<Table> tables) {
        Map<TableId, Set<TableId>> parents = new HashMap<>();
        for (Table table : tables) {
            Set<TableId> of = new HashSet<>();
            table.foreignKeys().stream().filter(ForeignKey::cascading).map(ForeignKey::parent)
                    .filter(parent -> !parent.equals(table.id())).forEach(of::add);
            parents.put(table.id(), of);
        }
        parents.values().forEach(of -> of.retainAll(parents.keySet()));
        List<List<TableId>> levels = new ArrayList<>();
        Set<TableId> placed = new HashSet<>();
        while (placed.size() < tables.size()) {
            List<TableId> level = tables.stream().map(Table::id)
                    .filter(id -> !placed.contains(id) && placed.containsAll(parents.get(id))).sorted().toList();
            if (level.isEmpty()) {
                level = tables.stream().map(Table::id).filter(id -> !placed.contains(id)).sorted().toList();
            }
            levels.add(level);
            placed.addAll(level);
        }
        return levels;
    }
}
