package io.opendts.model;

import io.opendts.model.Table.ForeignKey;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Which tables of a task cascading foreign keys tie together, and how. Rows that the storage engine deletes or changes by such
 * a key are missing from most servers' logs: the target must do the same again, and can where it has the same rows at that
 * point of the log. A full copy therefore has one moment, the cascade point, before which the changes of these tables count as
 * copied: parents are copied before it, links exactly at it, children after it. Pure.
 */
public record Cascades(Map<TableId, Part> parts) {

    public enum Part {
        /** Changed by no cascade and the cause of none. */
        APART,
        /** Only the cause of cascades. */
        PARENT,
        /** Changed by cascades and the cause of others; also one without a key, whose rows cannot be written twice. */
        LINK,
        /** Only changed by cascades. */
        CHILD
    }

    public Cascades {
        parts = Map.copyOf(parts);
    }

    /**
     * A parent that is not among the tables is none: whatever it causes does not come by this task.
     *
     * @param keyless whether rows of a table travel without a key that finds them
     */
    public static Cascades among(List<Table> tables, Predicate<Table> keyless) {
        Set<TableId> there = tables.stream().map(Table::id).collect(Collectors.toSet());
        Set<TableId> parents = new HashSet<>();
        Set<TableId> children = new HashSet<>();
        for (Table table : tables) {
            for (ForeignKey key : table.foreignKeys()) {
                if (key.cascading() && there.contains(key.parent())) {
                    parents.add(key.parent());
                    children.add(table.id());
                }
            }
        }
        Map<TableId, Part> parts = new TreeMap<>();
        tables.forEach(table -> parts.put(table.id(),
                part(parents.contains(table.id()), children.contains(table.id()), keyless.test(table))));
        return new Cascades(parts);
    }

    private static Part part(boolean parent, boolean child, boolean keyless) {
        if (!parent && !child) {
            return Part.APART;
        }
        return parent && child || keyless ? Part.LINK : parent ? Part.PARENT : Part.CHILD;
    }

    public Part part(TableId table) {
        return parts.getOrDefault(table, Part.APART);
    }

    /** Those that cascades tie to others, or to themselves. */
    public boolean ties(TableId table) {
        return part(table) != Part.APART;
    }
}
