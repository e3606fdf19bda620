package io.opendts.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What one needs to read and write the rows of one table at one version of its schema: the layout of a {@link Row} and
 * the names on the target. Registered in the state store once and referred to by its number in batches; the idea and the
 * name are those of PostgreSQL's logical replication.
 *
 * @param id       number, unique within a task, never used again for another layout
 * @param source   the table on the source
 * @param target   the table on the target
 * @param columns  in the order of the row's values, under their target names
 * @param identity positions of the columns that find a row; empty for a keyless table
 * @param uniques  positions of the columns of every other unique key whose columns all travel
 * @param ordered  whether rows must be written one by one in the source's order: keyless tables, both sides of cascading
 *                 foreign keys, and tables with unique keys that whole column values do not decide
 * @param dataSource what stands in {@link Route#DATA_SOURCE} of all rows on the target; it is not one of the columns, because
 *                 no row carries it
 */
public record Relation(
        int id,
        TableId source,
        TableId target,
        List<Column> columns,
        List<Integer> identity,
        List<List<Integer>> uniques,
        boolean ordered,
        Optional<String> dataSource) {

    public Relation {
        columns = List.copyOf(columns);
        identity = List.copyOf(identity);
        uniques = uniques.stream().map(List::copyOf).toList();
        dataSource = Objects.requireNonNullElse(dataSource, Optional.empty());
    }

    /** Of a table that is not merged. */
    public Relation(int id, TableId source, TableId target, List<Column> columns, List<Integer> identity, List<List<Integer>> uniques,
                    boolean ordered) {
        this(id, source, target, columns, identity, uniques, ordered, Optional.empty());
    }

    /** The layout that a route gives a table; {@code cascading} tells that foreign keys cascade from or to this table. */
    public static Relation of(int id, Table table, Route route, boolean cascading) {
        List<Column> carried = route.carried(table);
        List<String> names = carried.stream().map(Column::name).toList();
        Optional<Key> identity = table.keys().stream()
                .filter(k -> k.identifiesRows() && names.containsAll(k.columns()))
                .findFirst();
        boolean blurred = table.keys().stream().anyMatch(k -> !k.exact() || !names.containsAll(k.columns()));
        List<List<Integer>> uniques = table.keys().stream()
                .filter(k -> !identity.map(k::equals).orElse(false) && k.exact() && names.containsAll(k.columns()))
                .map(k -> positions(k, names))
                .toList();
        return new Relation(id, table.id(), route.target(),
                carried.stream().map(c -> c.named(route.targetName(c.name()))).toList(),
                identity.map(k -> positions(k, names)).orElse(List.of()),
                uniques,
                identity.isEmpty() || cascading || blurred, route.dataSource());
    }

    /** Whether no key finds a row of this table: every row is then found by all of its values. */
    public boolean keyless() {
        return identity.isEmpty();
    }

    private static List<Integer> positions(Key key, List<String> names) {
        return key.columns().stream().map(names::indexOf).toList();
    }
}
