package io.opendts.functions.verify;

import io.opendts.model.Column;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Table;
import io.opendts.spi.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A source table and the target table that must hold the same rows. */
record TablePair(Side source, Side target) {

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
        Set<String> excluded = targetTable.columns().stream().map(Column::name).filter(n -> !carried.contains(n)).collect(Collectors.toSet());
        Route back = new Route(targetTable.id(), targetTable.id(), excluded, java.util.Map.of(), Optional.empty(), route.operations());
        return Optional.of(new TablePair(
                new Side(sourceServer, sourceTable, route, sourceRelation),
                new Side(targetServer, targetTable, back, targetRelation)));
    }

    private static Relation with(Relation layout, List<Column> columns) {
        return new Relation(0, layout.source(), layout.target(), columns, layout.identity(), layout.uniques(), layout.ordered());
    }
}
