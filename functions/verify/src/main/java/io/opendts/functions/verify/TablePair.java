package io.opendts.functions.verify;

import io.opendts.model.Column;
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
        List<Column> onSource = route.carried(sourceTable);
        Relation sourceRelation = with(layout, onSource);
        Relation targetRelation = with(layout, onTarget);
        Set<String> carried = onTarget.stream().map(Column::name).collect(Collectors.toSet());
        Set<String> excluded = targetTable.columns().stream().map(Column::name)
                .filter(n -> !carried.contains(n)).collect(Collectors.toSet());
        Route back = new Route(targetTable.id(), targetTable.id(), excluded, Map.of(), Optional.empty(), route.operations());
        return Optional.of(new TablePair(
                new Side(sourceServer, sourceTable, route, sourceRelation),
                new Side(targetServer, targetTable, back, targetRelation), layout));
    }

    /** For a comparison all values together identify a row that has no key: no exact position is needed to read it. */
    private static Relation with(Relation layout, List<Column> columns) {
        List<Integer> identity = layout.keyless() ? IntStream.range(0, columns.size()).boxed().toList() : layout.identity();
        return new Relation(0, layout.source(), layout.target(), columns, identity, layout.uniques(), layout.ordered());
    }
}
