package io.opendts.task;

import io.opendts.model.ObjectName;
import io.opendts.model.Route;
import io.opendts.model.SchemaObject;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.OnlineDdl;
import io.opendts.spi.Selector;
import io.opendts.state.StateStore;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A selection without the tables that tools for schema changes have made since the task began, and may have left. */
public final class WithoutShadows implements Selector {

    private final Selector all;
    private final Set<TableId> shadows;

    private WithoutShadows(Selector all, Set<TableId> shadows) {
        this.all = all;
        this.shadows = shadows;
    }

    public static Selector of(Selector all, StateStore store, String task) {
        Set<TableId> there = new HashSet<>();
        store.relations().shadows(task).forEach(shadow -> {
            if (shadow.gone()) {
                there.remove(shadow.table().id());
            } else {
                there.add(shadow.table().id());
            }
        });
        return new WithoutShadows(all, there);
    }

    @Override
    public Optional<String> database(String source) {
        return all.database(source);
    }

    @Override
    public Optional<Route> table(TableId source) {
        return shadows.contains(source) ? Optional.empty() : all.table(source);
    }

    @Override
    public Optional<Route> route(Table table) {
        return shadows.contains(table.id()) ? Optional.empty() : all.route(table);
    }

    @Override
    public boolean objects(String database) {
        return all.objects(database);
    }

    @Override
    public Optional<TableId> object(SchemaObject.Kind kind, TableId source) {
        return all.object(kind, source);
    }

    @Override
    public boolean takes(ObjectName name) {
        return all.takes(name);
    }

    @Override
    public OnlineDdl onlineDdl() {
        return all.onlineDdl();
    }

    @Override
    public Map<String, String> collations() {
        return all.collations();
    }
}
