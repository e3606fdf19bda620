package io.opendts.functions.verify;

import io.opendts.model.Column;
import io.opendts.model.Key;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Table;
import io.opendts.spi.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A source table and the target table that must hold the same rows.
 *
 * @param layout of the rows, under the target's names
 */
record TablePair(Side source, Side target, Relation layout) {

    /** Empty when a column that travels is not on the target. */
    static Optional<TablePair> of(Source sourceServer, Table sourceTable, Route route, Source targetServer, Table targetTable) {
        Relation layout = Relation.of(0, sourceTable, route, false);
        List<Column> onTarget = new ArrayList<>();
        for (Column column : layout.columns()) {
            Optional<Column> same = targetTable.columns().stream().filter(c -> c.name().equalsIgnoreCase(column.name())).findFirst();
            if (same.isEmpty()) {
                return Optional.empty();
            }
            onTarget.add(same.get());
        }
        List<Column> columns = new ArrayList<>(onTarget);
        if (route.dataSource().isPresent()) {
            Optional<Column> from = targetTable.columns().stream().filter(c -> c.name().equalsIgnoreCase(Route.DATA_SOURCE)).findFirst();
            if (from.isEmpty()) {
                return Optional.empty();
            }
            columns.add(from.get());
        }
        Table seen = new Table(targetTable.id(), columns, key(sourceTable, route, targetTable).stream().toList(), List.of(),
                targetTable.storageEngine(), targetTable.definition(), targetTable.rowsEstimated(), targetTable.bytesEstimated());
        return Optional.of(new TablePair(
                new Side(sourceServer, sourceTable, route, with(layout, route.carried(sourceTable))),
                new Side(targetServer, seen, back(route, targetTable), with(layout, onTarget)), layout));
    }

    /** How rows are read back: of a merged table, those that came from this source table. The value needs no escapes. */
    private static Route back(Route route, Table targetTable) {
        Set<String> excluded = targetTable.columns().stream().map(Column::name).filter(Route.DATA_SOURCE::equalsIgnoreCase)
                .collect(Collectors.toSet());
        return new Route(targetTable.id(), targetTable.id(), route.dataSource().isPresent() ? excluded : Set.of(), Map.of(),
                route.dataSource().map(from -> Route.DATA_SOURCE + " = '" + from + "'"), route.operations());
    }

    /** The key along which the source is cut, as the target has it: without a name where the target has no such index. */
    private static Optional<Key> key(Table sourceTable, Route route, Table targetTable) {
        List<String> carried = route.carried(sourceTable).stream().map(Column::name).toList();
        return sourceTable.keys().stream().filter(k -> k.identifiesRows() && carried.containsAll(k.columns())).findFirst().map(key -> {
            List<String> columns = key.columns().stream().map(route::targetName).map(name -> spelled(name, targetTable)).toList();
            String index = targetTable.keys().stream().filter(k -> withoutDataSource(k).equals(columns)).findFirst()
                    .map(k -> k.primary() ? "PRIMARY" : k.name()).orElse("");
            return new Key(index, columns, false, false, true);
        });
    }

    private static String spelled(String name, Table table) {
        return table.columns().stream().map(Column::name).filter(name::equalsIgnoreCase).findFirst().orElse(name);
    }

    private static List<String> withoutDataSource(Key key) {
        return key.columns().stream().filter(c -> !c.equalsIgnoreCase(Route.DATA_SOURCE)).toList();
    }

    /** For a comparison all values together identify a row that has no key: no exact position is needed to read it. */
    private static Relation with(Relation layout, List<Column> columns) {
        List<Integer> identity = layout.keyless() ? IntStream.range(0, columns.size()).boxed().toList() : layout.identity();
        return new Relation(0, layout.source(), layout.target(), columns, identity, layout.uniques(), layout.ordered());
    }
}
