package io.opendts.engines.mysql.ddl;

import io.opendts.model.Column;
import io.opendts.model.DtsException;
import io.opendts.model.Route;
import io.opendts.model.Table;
import io.opendts.spi.SchemaChange.TableChange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Columns of a target's table in front of a change. They are compared under the names that they will have, so that keys and
 * expressions with a renamed column, which the server renames by itself, are the same.
 *
 * @param routeBefore gives kept columns the names that they will have, and the others names that no column has
 * @param now         the names that columns have, by those
 * @param dropped     of these names
 */
record TargetColumns(Route routeBefore, Map<String, String> now, Set<String> dropped) {

    /** @param late what is wrong where a column has been left behind that is to be carried from here on */
    static TargetColumns of(TableChange change, Supplier<DtsException> late) {
        Table table = change.before().orElseThrow().table();
        Route before = change.before().get().route();
        Route after = change.after().orElseThrow().route();
        Map<String, String> later = new HashMap<>();
        change.kept().forEach((name, from) -> {
            boolean carried = !after.excluded().contains(name);
            if (carried && before.excluded().contains(from)) {
                throw late.get();
            }
            if (carried) {
                later.put(from, after.targetName(name));
            }
        });
        Map<String, String> renames = new HashMap<>();
        Map<String, String> now = new HashMap<>();
        int gone = 0;
        for (Column column : table.columns()) {
            String name = later.containsKey(column.name()) ? later.get(column.name()) : "\0" + gone++;
            renames.put(column.name(), name);
            now.put(name, before.targetName(column.name()));
        }
        Set<String> dropped = new HashSet<>(now.keySet());
        dropped.removeAll(later.values());
        Route route = new Route(before.source(), after.target(), before.excluded(), renames, before.filter(), before.operations());
        return new TargetColumns(route, Map.copyOf(now), Set.copyOf(dropped));
    }
}
