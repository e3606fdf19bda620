package io.opendts.engines.mysql.shadow;

import io.opendts.model.Catalog;
import io.opendts.model.Column;
import io.opendts.model.SchemaObject;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What tools for schema changes have in a catalog while they are at work, or have left when they were killed: told by marks that
 * nobody else makes, and by names only beside these. Pure.
 */
public final class ToolsAtWork {

    /** Columns of gh-ost's changelog. */
    private static final List<String> LOG_COLUMNS = List.of("id", "last_update", "hint", "value");
    /** In the comment of the table that gh-ost puts in the way of its own swap. */
    public static final String SENTRY = "ghost-cut-over-sentry";

    private final Catalog catalog;
    private final Map<TableId, Table> tables;
    private final Set<Table> theirs = new HashSet<>();
    private final List<SchemaObject> triggers;

    private ToolsAtWork(Catalog catalog) {
        this.catalog = catalog;
        this.tables = catalog.tables().stream().collect(Collectors.toMap(table -> key(table.id()), Function.identity()));
        this.triggers = catalog.objects().stream().filter(this::isTrigger).toList();
    }

    public static ToolsAtWork in(Catalog catalog) {
        ToolsAtWork found = new ToolsAtWork(catalog);
        found.find();
        return found;
    }

    /** Names of their tables and triggers. */
    public List<String> names() {
        return Stream.concat(theirs.stream().map(Table::id), triggers.stream().map(SchemaObject::id)).map(TableId::toString).sorted()
                .toList();
    }

    private void find() {
        Set<TableId> ghOst = catalog.tables().stream().filter(ToolsAtWork::isLog).flatMap(table -> named(table).stream())
                .filter(name -> name.role() == ToolName.Role.LOG).map(name -> key(name.beside())).collect(Collectors.toSet());
        for (Table table : catalog.tables()) {
            named(table).filter(name -> ghOst.contains(key(name.beside())) && ofGhOst(table, name.role()) || filled(table, name))
                    .ifPresent(_ -> theirs.add(table));
        }
    }

    /** The catalog without them. */
    public Catalog others() {
        return new Catalog(catalog.serverVersion(), catalog.foldsNames(),
                catalog.tables().stream().filter(table -> !theirs.contains(table)).toList(),
                catalog.objects().stream().filter(object -> !triggers.contains(object)
                        && object.table().filter(on -> theirs.stream().anyMatch(table -> table.id().equals(on))).isEmpty()).toList());
    }

    private static boolean isLog(Table table) {
        return table.columns().stream().map(Column::name).toList().equals(LOG_COLUMNS);
    }

    private Optional<ToolName> named(Table table) {
        return ToolName.of(table.id(), id -> tables.containsKey(key(id)),
                database -> catalog.tables().stream().map(Table::id).filter(id -> id.database().equals(database)).toList());
    }

    private TableId key(TableId id) {
        return catalog.foldsNames() ? new TableId(id.database().toLowerCase(Locale.ROOT), id.name().toLowerCase(Locale.ROOT)) : id;
    }

    /** An old table is somebody's data, whoever has given it its name. */
    private static boolean ofGhOst(Table table, ToolName.Role role) {
        return switch (role) {
            case REPLACEMENT -> ToolName.isGhOst(table.id().name());
            case LOG -> true;
            case OLD -> table.definition().contains(SENTRY);
        };
    }

    private boolean isTrigger(SchemaObject object) {
        return object.kind() == SchemaObject.Kind.TRIGGER
                && object.table().filter(table -> ToolName.isTrigger(object.id().name(), table)).isPresent();
    }

    /** The triggers of pt-online-schema-change name the table that they fill. */
    private boolean filled(Table table, ToolName name) {
        String quoted = "`" + table.id().name().replace("`", "``") + "`";
        return name.role() == ToolName.Role.REPLACEMENT && triggers.stream()
                .anyMatch(trigger -> trigger.table().map(this::key).equals(Optional.of(key(name.beside())))
                        && trigger.definition().contains(quoted));
    }
}
