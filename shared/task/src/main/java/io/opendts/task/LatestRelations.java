package io.opendts.task;

import io.opendts.model.DdlKind;
import io.opendts.model.ObjectName;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Route.Operation;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.Relations;
import io.opendts.spi.Selector;
import io.opendts.state.Relations.Registered;
import io.opendts.state.Relations.Seen;
import io.opendts.task.DdlRules.DdlPolicy;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The layout of every selected table that is in force where a log reader is, as it asks for them: the catalog's, and from the
 * statements that it passes on what these make of them, which is recorded before anything is given on. One reader, one thread.
 */
public final class LatestRelations implements Relations {

    private final TaskContext task;
    private final boolean folds;
    private final Selector selector;
    private final Map<TableId, Known> known = new HashMap<>();
    private final Map<String, String> databaseTexts = new HashMap<>();
    /** Null until somebody asks again. */
    private List<String> databases;

    private LatestRelations(TaskContext task) {
        this.task = task;
        this.folds = task.source().foldsNames();
        this.selector = task.selector();
    }

    /** @param from where the log is read from: statements behind it are met again */
    public static LatestRelations of(TaskContext task, Position from) {
        LatestRelations relations = new LatestRelations(task);
        task.store().relations().latest(task.name()).forEach(relations::put);
        DatabaseTexts.of(task).at(from, task.logOrder())
                .forEach((name, text) -> relations.databaseTexts.put(relations.foldedName(name), text));
        for (Registered change : task.store().relations().changes(task.name())) {
            boolean ahead = task.logOrder().reached(change.since().orElseThrow(), from);
            if (!ahead && change.gone()) {
                relations.known.remove(relations.folded(change.table().id()));
            } else if (!ahead) {
                relations.put(change);
            }
        }
        return relations;
    }

    private Relation put(Registered registered) {
        databases = null;
        known.put(folded(registered.table().id()), new Known(registered.table(), registered.route(), registered.relation()));
        return registered.relation();
    }

    private TableId folded(TableId id) {
        return folds ? new TableId(id.database().toLowerCase(Locale.ROOT), id.name().toLowerCase(Locale.ROOT)) : id;
    }

    @Override
    public Optional<Known> of(TableId table) {
        return Optional.ofNullable(known.get(folded(table)));
    }

    @Override
    public boolean followsSchema(TableId table) {
        return selector.table(table).map(route -> route.operations().contains(Operation.DDL)).orElse(false);
    }

    /** A policy that was another one when the statement was read does not bring back the rows that came since. */
    @Override
    public boolean picksUp(TableId table) {
        return followsSchema(table) && task.ddl().of(DdlKind.CREATE_TABLE, table) != DdlPolicy.IGNORE;
    }

    @Override
    public boolean carriesSchema() {
        return true;
    }

    @Override
    public Optional<Relation> become(Table after, Position since) {
        Optional<Route> route = selector.route(after).filter(to -> to.dataSource().isEmpty() && to.operations().contains(Operation.DDL));
        if (route.isEmpty()) {
            return Optional.empty();
        }
        boolean cascading = cascades(after) || children(after.id()).stream().anyMatch(child -> cascades(child, after.id()));
        Relation relation = put(task.store().relations().change(task.name(), new Seen(after, route.get(), cascading), since, false));
        after.foreignKeys().stream().filter(Table.ForeignKey::cascading).flatMap(key -> of(key.parent()).stream())
                .filter(parent -> !parent.relation().ordered())
                .forEach(parent -> put(task.store().relations().change(task.name(), new Seen(parent.table(), parent.route(), true), since,
                        false)));
        return Optional.of(relation);
    }

    private static boolean cascades(Table table) {
        return table.foreignKeys().stream().anyMatch(Table.ForeignKey::cascading);
    }

    private boolean cascades(Table child, TableId parent) {
        return child.foreignKeys().stream().anyMatch(key -> key.cascading() && folded(key.parent()).equals(folded(parent)));
    }

    @Override
    public void gone(TableId table, Position since) {
        Known last = known.remove(folded(table));
        databases = null;
        if (last != null) {
            task.store().relations().change(task.name(), new Seen(last.table(), last.route(), last.relation().ordered()), since, true);
        }
    }

    @Override
    public List<Table> children(TableId parent) {
        return known.values().stream().map(Known::table)
                .filter(child -> child.foreignKeys().stream().anyMatch(key -> folded(key.parent()).equals(folded(parent)))).toList();
    }

    @Override
    public Optional<String> database(String name) {
        return Optional.ofNullable(databaseTexts.get(foldedName(name)));
    }

    @Override
    public void database(String name, String definition, Position since) {
        DatabaseTexts.of(task).become(name, definition, since);
        databaseTexts.put(foldedName(name), definition);
    }

    private String foldedName(String database) {
        return folds ? database.toLowerCase(Locale.ROOT) : database;
    }

    @Override
    public List<Table> tables(String database) {
        TableId in = folded(new TableId(database, ""));
        return known.entrySet().stream().filter(one -> one.getKey().database().equals(in.database())).map(one -> one.getValue().table())
                .sorted(Comparator.comparing(Table::id)).toList();
    }

    /** All that are known. */
    public List<Table> tables() {
        return known.values().stream().map(Known::table).toList();
    }

    @Override
    public boolean follows(ObjectName object) {
        return selector.takes(object);
    }

    @Override
    public List<String> databases() {
        if (databases == null) {
            databases = known.values().stream().map(one -> one.table().id().database()).distinct().sorted().toList();
        }
        return databases;
    }
}
