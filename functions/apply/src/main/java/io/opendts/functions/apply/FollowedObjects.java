package io.opendts.functions.apply;

import io.opendts.model.Catalog;
import io.opendts.model.Change;
import io.opendts.model.Checkpoint;
import io.opendts.model.DdlKind;
import io.opendts.model.DtsException;
import io.opendts.model.ObjectName;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.SchemaObject;
import io.opendts.model.SchemaObject.Kind;
import io.opendts.spi.Applier;
import io.opendts.spi.ObjectChange;
import io.opendts.spi.ObjectChange.Refused;
import io.opendts.spi.ObjectChange.State;
import io.opendts.spi.Source;
import io.opendts.task.DdlDecision;
import io.opendts.task.DdlRules.DdlPolicy;
import io.opendts.task.Facts;
import io.opendts.task.LatestRelations;
import io.opendts.task.MadeObjects;
import io.opendts.task.TaskContext;
import io.opendts.task.WaitingObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Views, routines, triggers, events, sequences and databases: whatever a statement says, the target's become what the source has now.
 * That may be ahead of the log, so one that the target does not take waits until it has been followed as far. One thread.
 */
final class FollowedObjects {

    private static final System.Logger LOG = System.getLogger(FollowedObjects.class.getName());

    private final TaskContext task;
    private final MadeObjects made;
    private final Map<ObjectName, WaitingObject> waiting = new LinkedHashMap<>();
    private boolean tablesChanged;

    FollowedObjects(TaskContext task) {
        this.task = task;
        this.made = MadeObjects.of(task);
        WaitingObject.of(task.store().progress(), task.name()).forEach(one -> waiting.put(one.name(), one));
    }

    /** @param statement where it stands that names them */
    void follow(List<ObjectName> named, Position statement, Supplier<Applier> session) {
        if (named.isEmpty()) {
            return;
        }
        Map<ObjectName, List<SchemaObject>> now = MadeObjects.byName(task.source().objects(task.selector(), named));
        Map<ObjectName, String> known = made.digests();
        Map<ObjectName, List<SchemaObject>> wanted = new LinkedHashMap<>();
        now.forEach((name, objects) -> {
            if (named.stream().anyMatch(one -> one.kind() == name.kind() && (one.kind() == Kind.TRIGGER || one.means(name)))
                    || !MadeObjects.digest(objects).equals(known.get(name))
                            && task.ddl().of(ddlKind(name), name.id()) == DdlPolicy.APPLY) {
                wanted.put(name, objects);
            }
        });
        Predicate<ObjectName> meant = name -> named.stream().anyMatch(one -> one.means(name)) && !now.containsKey(name);
        known.keySet().stream().filter(meant).forEach(name -> wanted.put(name, List.of()));
        waiting.keySet().stream().filter(meant).forEach(name -> wanted.put(name, List.of()));
        named.stream().filter(name -> name.kind() == Kind.DATABASE && !name.id().name().isEmpty()).filter(meant)
                .forEach(name -> wanted.put(name, List.of()));
        make(wanted, known, statement, statement, session);
    }

    private static DdlKind ddlKind(ObjectName name) {
        return switch (name.kind()) {
            case DATABASE -> DdlKind.DATABASE;
            case SEQUENCE -> DdlKind.SEQUENCE;
            case FUNCTION, PROCEDURE -> DdlKind.ROUTINE;
            case VIEW -> DdlKind.VIEW;
            case EVENT -> DdlKind.EVENT;
            case TRIGGER -> DdlKind.TRIGGER;
        };
    }

    /** Where the log stands their names are tables', whatever the source has made of them since. */
    void giveWay(List<Change.Reshaped> tables, Position statement, Supplier<Applier> session) {
        List<ObjectName> names = tables.stream().filter(table -> !table.before().map(Relation::source).equals(table.after()
                .map(Relation::source))).flatMap(table -> table.after().stream()).flatMap(after -> Stream.of(Kind.VIEW, Kind.SEQUENCE)
                        .map(kind -> new ObjectName(kind, after.source()))).toList();
        if (!names.isEmpty()) {
            Map<ObjectName, String> known = made.digests();
            Map<ObjectName, List<SchemaObject>> gone = new LinkedHashMap<>();
            names.stream().filter(known::containsKey).forEach(name -> gone.put(name, List.of()));
            make(gone, known, statement, statement, session);
        }
    }

    /** What waits for tables is to be tried again. */
    void tablesChanged() {
        tablesChanged = true;
    }

    /**
     * Tries again what must be there by now, and what may be.
     *
     * @throws DtsException the target refuses one although it has all that the source had
     */
    void step(Checkpoint standing, Supplier<Applier> session) {
        Position at = standing.position();
        List<WaitingObject> due = waiting.values().stream()
                .filter(one -> tablesChanged || one.until().filter(until -> task.logOrder().reached(at, until)).isPresent()).toList();
        tablesChanged = false;
        List<WaitingObject> leftOut = due.stream()
                .filter(one -> DdlDecision.skipped(task.store().progress(), task.name(),
                        new Change.Begin("", one.statement(), 0))).toList();
        leftOut.forEach(one -> {
            LOG.log(System.Logger.Level.WARNING, "task {0} leaves out, as it was told, {1}", task.name(), one.name());
            forget(one.name());
        });
        retry(due.stream().filter(one -> !leftOut.contains(one)).toList(), at, session);
    }

    private void retry(List<WaitingObject> some, Position at, Supplier<Applier> session) {
        if (some.isEmpty()) {
            return;
        }
        List<ObjectName> names = some.stream().map(WaitingObject::name).toList();
        Map<ObjectName, List<SchemaObject>> now = MadeObjects.byName(task.source().objects(task.selector(), names));
        Map<ObjectName, List<SchemaObject>> wanted = new LinkedHashMap<>();
        names.forEach(name -> wanted.put(name, now.getOrDefault(name, List.of())));
        make(wanted, made.digests(), at, some.getFirst().statement(), session);
    }

    /**
     * @param at        how far the tables of the target have been followed
     * @param statement that named them, where none has before
     */
    private void make(Map<ObjectName, List<SchemaObject>> wanted, Map<ObjectName, String> known, Position at, Position statement,
            Supplier<Applier> session) {
        if (wanted.isEmpty()) {
            return;
        }
        Position until = task.source().position();
        List<State> states = wanted.entrySet().stream().map(one -> new State(one.getKey(), one.getValue(), known.containsKey(one.getKey())))
                .toList();
        ObjectChange change = new ObjectChange(catalog(wanted, known, at), task.selector(), task.triggers(), states);
        List<Refused> refused = session.get().follow(change);
        Map<ObjectName, List<SchemaObject>> done = new HashMap<>(wanted);
        refused.forEach(one -> done.remove(one.name()));
        done.forEach((name, objects) -> {
            if (objects.isEmpty()) {
                made.remove(name);
            } else {
                made.put(Map.of(name, objects));
            }
            forget(name);
        });
        for (Refused one : refused) {
            waits(one, wanted.get(one.name()), at, statement, until);
        }
    }

    /** Texts name tables as the target has them, and whatever else is there. */
    private Catalog catalog(Map<ObjectName, List<SchemaObject>> wanted, Map<ObjectName, String> known, Position at) {
        List<SchemaObject> objects = new ArrayList<>();
        known.keySet().stream().filter(name -> !wanted.containsKey(name))
                .forEach(name -> objects.add(new SchemaObject(name.kind(), name.id(), Optional.empty(), "", "")));
        wanted.values().forEach(objects::addAll);
        return new Catalog(Facts.of(task).sourceVersion(), task.source().foldsNames(), LatestRelations.of(task, at).tables(), objects);
    }

    private void waits(Refused refused, List<SchemaObject> objects, Position at, Position statement, Position until) {
        ObjectName name = refused.name();
        WaitingObject before = waiting.get(name);
        Position first = before == null ? statement : before.statement();
        String digest = MadeObjects.digest(objects);
        Optional<String> invalid = objects.stream().flatMap(object -> Optional.ofNullable(object.settings().get(Source.INVALID)).stream())
                .findFirst();
        boolean same = before != null && before.digest().equals(digest);
        boolean due = same && before.until().filter(then -> task.logOrder().reached(at, then)).isPresent();
        if (invalid.isEmpty() && (due || objects.isEmpty())) {
            throw SchemaChanges.withChoice(task, new DtsException(refused.code(), "the source's " + name + " was changed, and the target"
                    + " does not take it: " + refused.reason(), refused.remedy()), new Change.Begin("", first, 0));
        }
        if (invalid.isPresent() && !(same && before.until().isEmpty())) {
            LOG.log(System.Logger.Level.WARNING, "task {0} does not make {1}, which the source itself cannot open ({2}), until tables"
                    + " change: {3}", task.name(), name, invalid.get(), refused.reason());
        }
        WaitingObject next = new WaitingObject(name, first, invalid.isPresent() ? Optional.empty()
                : Optional.of(same ? before.until().orElse(until) : until), digest);
        next.put(task.store().progress(), task.name());
        waiting.put(name, next);
    }

    private void forget(ObjectName name) {
        if (waiting.remove(name) != null) {
            WaitingObject.remove(task.store().progress(), task.name(), name);
        }
    }
}
