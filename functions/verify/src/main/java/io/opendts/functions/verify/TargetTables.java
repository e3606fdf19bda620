package io.opendts.functions.verify;

import io.opendts.model.Catalog;
import io.opendts.model.Route;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.Selector;
import io.opendts.spi.Source;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The tables of a target that hold what was selected on the source, found by the names that they were to have. */
final class TargetTables {

    private final boolean folded;
    private final Map<TableId, Table> tables = new HashMap<>();

    private TargetTables(boolean folded) {
        this.folded = folded;
    }

    static TargetTables read(Source target, Catalog source, Selector selector) {
        TargetTables found = new TargetTables(target.foldsNames());
        Set<TableId> wanted = new HashSet<>();
        source.tables().forEach(t -> selector.table(t.id()).ifPresent(r -> wanted.add(found.fold(r.target()))));
        target.describe(new Wanted(found, wanted)).tables().forEach(t -> found.tables.put(found.fold(t.id()), t));
        return found;
    }

    Optional<Table> of(TableId id) {
        return Optional.ofNullable(tables.get(fold(id)));
    }

    private TableId fold(TableId id) {
        return folded ? new TableId(id.database().toLowerCase(Locale.ROOT), id.name().toLowerCase(Locale.ROOT)) : id;
    }

    private record Wanted(TargetTables names, Set<TableId> tables) implements Selector {

        @Override
        public Optional<String> database(String name) {
            String database = names.fold(new TableId(name, "")).database();
            return tables.stream().anyMatch(t -> t.database().equals(database)) ? Optional.of(name) : Optional.empty();
        }

        @Override
        public Optional<Route> table(TableId table) {
            return tables.contains(names.fold(table)) ? Optional.of(Route.same(table)) : Optional.empty();
        }

        @Override
        public boolean objects(String database) {
            return false;
        }
    }
}
