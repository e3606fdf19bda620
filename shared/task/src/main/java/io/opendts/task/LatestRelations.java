package io.opendts.task;

import io.opendts.model.Change.Reshaped;
import io.opendts.model.DdlKind;
import io.opendts.model.ObjectName;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Route.Operation;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.LookUps;
import io.opendts.spi.Relations;
import io.opendts.spi.Selector;
import io.opendts.spi.Shadows;
import io.opendts.state.Relations.LookUp;
import io.opendts.state.Relations.Registered;
import io.opendts.state.Relations.Seen;
import io.opendts.task.DdlRules.DdlPolicy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

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
    private final RecordedLookUps lookUps;
    private final KeptHistory history;
    private final RecordedShadows shadows;
    /** Null until somebody asks again. */
    private List<String> databases;

    private LatestRelations(TaskContext task, List<Registered> changes) {
        this.task = task;
        this.lookUps = new RecordedLookUps(task, this);
        this.history = new KeptHistory(task.store().progress(), task.name(), changes);
        this.folds = task.source().foldsNames();
        this.selector = task.selector();
        this.shadows = new RecordedShadows(task, this::folded, known.values());
    }

    /** As they are at a position. */
    public static LatestRelations of(TaskContext task, Position at) {
        List<Registered> changes = task.store().relations().changes(task.name());
        LatestRelations relations = new LatestRelations(task, changes);
        task.store().relations().latest(task.name()).forEach(relations::put);
        DatabaseTexts.of(task).at(at, task.logOrder())
                .forEach((name, text) -> relations.databaseTexts.put(relations.foldedName(name), text));
        for (Registered change : changes) {
            Position since = change.since().orElseThrow();
            if (task.logOrder().reached(since, at)) {
                relations.lookUps.remember(change);
            }
            if (change.lookUp().filter(LookUp::between).isPresent() ? task.logOrder().reached(at, since)
                    : !task.logOrder().reached(since, at)) {
                relations.take(change);
            }
        }
        task.store().relations().shadows(task.name()).stream()
                .filter(shadow -> !task.logOrder().reached(shadow.since().orElseThrow(), at)).forEach(relations.shadows::put);
        relations.lookUps.pass(() -> at);
        return relations;
    }

    /** As they are behind a change of the schema, and the position in front of it. */
    public static LatestRelations behind(TaskContext task, Position at, List<Reshaped> change) {
        LatestRelations relations = of(task, at);
        change.stream().flatMap(one -> one.before().stream()).forEach(gone -> relations.known.remove(relations.folded(gone.source())));
        change.stream().flatMap(one -> one.after().stream())
                .flatMap(after -> task.store().relations().find(task.name(), after.id()).stream()).forEach(relations::put);
        return relations;
    }

    /** Whether the log has rows of the table still to come that are left out, for a copy of it holds them: it is copied behind these. */
    public boolean awaited(TableId table, Position at) {
        lookUps.pass(() -> at);
        return lookUps.leavesOut(table);
    }

    /** For the reader of the log. @param from where it starts: statements behind it are met again */
    public static LatestRelations reading(TaskContext task, Position from) {
        LatestRelations relations = of(task, from);
        relations.lookUps.forgetFormerStops();
        relations.lookUps.ask(relations.lost());
        relations.lookUps.tellRequests(Facts.of(task).partitions() > 1);
        return relations;
    }

    /** Tables of which somebody has deleted what was recorded. */
    private List<TableId> lost() {
        List<TableId> lost = new ArrayList<>(history.lost());
        if (history.lostTables(task.store().relations().latest(task.name()).size())) {
            task.source().describe(selector).tables().stream().map(Table::id).filter(table -> of(table).isEmpty()).forEach(lost::add);
        }
        return lost;
    }

    /** The version is in force from here on. */
    void take(Registered version) {
        if (version.gone()) {
            databases = null;
            known.remove(folded(version.table().id()));
        } else {
            put(version);
        }
        lookUps.take(version);
    }

    void recorded(Registered version) {
        history.add(version);
    }

    private Registered change(Seen seen, Position since, boolean gone) {
        Registered version = task.store().relations().change(task.name(), seen, since, gone);
        recorded(version);
        return version;
    }

    private Relation put(Registered registered) {
        databases = null;
        known.put(folded(registered.table().id()), new Known(registered.table(), registered.route(), registered.relation()));
        return registered.relation();
    }

    TableId folded(TableId id) {
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
    public LookUps lookUps() {
        return lookUps;
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
        Relation relation = put(change(new Seen(after, route.get(), cascades(after) || cascadesToOthers(after.id())), since, false));
        keepOrderOfParents(after, since);
        return Optional.of(relation);
    }

    /** Their rows cause cascades from here on. */
    void keepOrderOfParents(Table child, Position since) {
        child.foreignKeys().stream().filter(Table.ForeignKey::cascading).flatMap(key -> of(key.parent()).stream())
                .filter(parent -> !parent.relation().ordered())
                .forEach(parent -> put(change(new Seen(parent.table(), parent.route(), true), since, false)));
    }

    /** A selected table as the catalog has it. */
    Seen seen(Table table) {
        return new Seen(table, selector.route(table).orElseThrow(), cascades(table) || cascadesToOthers(table.id()));
    }

    Seen seen(Known as) {
        return new Seen(as.table(), as.route(), cascades(as.table()) || cascadesToOthers(as.table().id()));
    }

    private boolean cascadesToOthers(TableId parent) {
        return children(parent).stream().anyMatch(child -> cascades(child, parent));
    }

    /** This table and those to which foreign keys that cascade tie it, over however many others; empty where there is no such key. */
    public List<Known> together(TableId table) {
        Map<TableId, Known> found = new LinkedHashMap<>();
        Deque<TableId> open = new ArrayDeque<>(List.of(table));
        boolean tied = false;
        while (!open.isEmpty()) {
            Optional<Known> next = of(open.poll());
            if (next.isPresent() && found.putIfAbsent(folded(next.get().table().id()), next.get()) == null) {
                List<TableId> neighbours = neighbours(next.get().table());
                tied |= !neighbours.isEmpty();
                open.addAll(neighbours);
            }
        }
        return tied ? List.copyOf(found.values()) : List.of();
    }

    private List<TableId> neighbours(Table table) {
        Stream<TableId> parents = table.foreignKeys().stream().filter(Table.ForeignKey::cascading).map(Table.ForeignKey::parent)
                .filter(parent -> of(parent).isPresent());
        Stream<TableId> children = children(table.id()).stream().filter(child -> cascades(child, table.id())).map(Table::id);
        return Stream.concat(parents, children).toList();
    }

    /** Tables of which a cascade of this one changes rows, and of these and so on. */
    List<Known> changedBy(TableId parent) {
        Map<TableId, Known> found = new LinkedHashMap<>();
        Deque<TableId> open = new ArrayDeque<>(List.of(parent));
        while (!open.isEmpty()) {
            TableId next = open.poll();
            for (Table child : children(next)) {
                if (cascades(child, next) && !folded(child.id()).equals(folded(parent))
                        && found.putIfAbsent(child.id(), of(child.id()).orElseThrow()) == null) {
                    open.add(child.id());
                }
            }
        }
        return List.copyOf(found.values());
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
            lookUps.take(change(new Seen(last.table(), last.route(), last.relation().ordered()), since, true));
            StoppedTable.remove(task.store().progress(), task.name(), last.table().id());
        }
    }

    @Override
    public Shadows shadows() {
        return shadows;
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
