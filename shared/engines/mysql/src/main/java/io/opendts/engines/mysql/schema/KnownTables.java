package io.opendts.engines.mysql.schema;

import io.opendts.model.Catalog;
import io.opendts.model.ObjectName;
import io.opendts.model.Route;
import io.opendts.model.SchemaObject;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** A selection that knows the columns of the tables of a catalog, whoever asks for a route. */
final class KnownTables implements Selector {

    private final Selector all;
    private final Map<TableId, Table> tables = new HashMap<>();

    KnownTables(Selector all, Catalog catalog) {
        this.all = all;
        catalog.tables().forEach(table -> tables.put(table.id(), table));
    }

    @Override
    public Optional<String> database(String source) {
        return all.database(source);
    }

    @Override
    public Optional<Route> table(TableId source) {
        Table known = tables.get(source);
        return known == null ? all.table(source) : all.route(known);
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
    public Map<String, String> collations() {
        return all.collations();
    }
}
