package io.opendts.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How one source table travels: where to, which columns, which rows, which operations.
 *
 * @param excluded source names of columns that stay behind
 * @param renames  source column name to target column name
 * @param filter   SQL condition on the source's columns
 */
public record Route(
        TableId source,
        TableId target,
        Set<String> excluded,
        Map<String, String> renames,
        Optional<String> filter,
        Set<Operation> operations) {

    /** What may be carried. */
    public enum Operation { INSERT, UPDATE, DELETE, DDL }

    public Route {
        excluded = Set.copyOf(excluded);
        renames = Map.copyOf(renames);
        operations = Set.copyOf(operations);
    }

    /** A table that keeps its name and all of its columns. */
    public static Route same(TableId table) {
        return new Route(table, table, Set.of(), Map.of(), Optional.empty(), Set.of(Operation.values()));
    }

    /** The columns that travel, in the source's order, under the source's names. */
    public List<Column> carried(Table table) {
        return table.columns().stream().filter(c -> !c.generated() && !excluded.contains(c.name())).toList();
    }

    /** The name that a source column has on the target. */
    public String targetName(String sourceColumn) {
        return renames.getOrDefault(sourceColumn, sourceColumn);
    }
}
