package io.opendts.functions.verify;

import io.opendts.model.Catalog;
import io.opendts.model.Route;
import io.opendts.model.TableId;
import io.opendts.spi.Selector;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** The tables of a target that hold what was selected on the source. */
public final class TargetSelector implements Selector {

    private final Set<TableId> tables = new HashSet<>();

    public TargetSelector(Catalog source, Selector selector) {
        source.tables().forEach(t -> selector.table(t.id()).ifPresent(r -> tables.add(r.target())));
    }

    @Override
    public Optional<String> database(String name) {
        return tables.stream().anyMatch(t -> t.database().equals(name)) ? Optional.of(name) : Optional.empty();
    }

    @Override
    public Optional<Route> table(TableId table) {
        return tables.contains(table) ? Optional.of(Route.same(table)) : Optional.empty();
    }

    @Override
    public boolean objects(String database) {
        return false;
    }
}
