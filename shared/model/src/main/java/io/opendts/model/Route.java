package io.opendts.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * How one source table travels: where to, which columns, which rows, which operations.
 *
 * @param excluded source names of columns that stay behind
 * @param renames  source column name to target column name
 * @param filter   SQL condition on the source's columns
 * @param dataSource of a table that is merged with others: what stands in {@link #DATA_SOURCE} of all of its rows, so that rows of
 *                 different tables never count as one; see {@link #dataSource(String, TableId)}
 */
public record Route(
        TableId source,
        TableId target,
        Set<String> excluded,
        Map<String, String> renames,
        Optional<String> filter,
        Set<Operation> operations,
        Optional<String> dataSource) {

    /** The column of a merged table that tells where a row came from; the name is DTS's. */
    public static final String DATA_SOURCE = "__dts_data_source";

    /** What may be carried. */
    public enum Operation { INSERT, UPDATE, DELETE, DDL }

    public Route {
        excluded = Set.copyOf(excluded);
        renames = Map.copyOf(renames);
        operations = Set.copyOf(operations);
        dataSource = Objects.requireNonNullElse(dataSource, Optional.empty());
    }

    /** A table that is not merged. */
    public Route(TableId source, TableId target, Set<String> excluded, Map<String, String> renames, Optional<String> filter,
                 Set<Operation> operations) {
        this(source, target, excluded, renames, filter, operations, Optional.empty());
    }

    /** A table that keeps its name and all of its columns. */
    public static Route same(TableId table) {
        return new Route(table, table, Set.of(), Map.of(), Optional.empty(), Set.of(Operation.values()));
    }

    /**
     * What tells a table from all others that are merged with it: {@code task:database.table}, after DTS's
     * {@code instance:database.table}. What would make two names read alike, or end a literal of any SQL dialect, is written in
     * hexadecimal ({@code %2E} for a point), so that the value may stand between quotes as it is.
     */
    public static String dataSource(String task, TableId table) {
        return task + ":" + plain(table.database()) + "." + plain(table.name());
    }

    private static String plain(String name) {
        StringBuilder out = new StringBuilder(name.length());
        name.chars().forEach(c -> {
            if (c < ' ' || "%.:'\"\\`".indexOf(c) >= 0) {
                out.append('%').append("%02X".formatted(c));
            } else {
                out.append((char) c);
            }
        });
        return out.toString();
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
