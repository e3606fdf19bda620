package io.opendts.engines.mysql.schema;

import io.opendts.model.Catalog;
import io.opendts.model.Column;
import io.opendts.model.Route;
import io.opendts.model.Table;
import io.opendts.spi.Selector;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Collations of columns that are others on the target. Pure.
 *
 * @param becomes by the source's name
 * @param lacking those without a counterpart, each with a column that has it
 */
public record CollationChanges(Map<String, String> becomes, Map<String, String> lacking) {

    public static CollationChanges of(Catalog catalog, Selector selector, TargetFacts facts) {
        TargetFacts target = facts.wanting(selector.collations());
        Map<String, String> becomes = new TreeMap<>();
        Map<String, String> lacking = new TreeMap<>();
        for (Table table : catalog.tables()) {
            Optional<Route> route = selector.route(table);
            for (Column column : table.columns()) {
                if (column.collation().isEmpty() || route.isEmpty() || route.get().excluded().contains(column.name())) {
                    continue;
                }
                String collation = column.collation().get();
                Optional<String> nearest = Collations.nearest(collation, target);
                if (nearest.isEmpty()) {
                    lacking.putIfAbsent(collation, table.id() + "." + column.name());
                } else if (!Collations.sameMeaning(collation, nearest.get())) {
                    becomes.put(collation, nearest.get());
                }
            }
        }
        return new CollationChanges(becomes, lacking);
    }
}
