package io.opendts.state.database;

import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.state.RelationJson;
import io.opendts.state.Relations;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The row of a task's last number is the lock of registering: numbers are handed out one by one. */
final class DatabaseRelations implements Relations {

    private static final String LATEST = "from Layout l where l.task = ?1 and l.db = ?2 and l.tbl = ?3"
            + " and l.id not in (select c.id from LayoutChange c where c.task = ?1) order by l.id desc";

    private final Database database;

    DatabaseRelations(Database database) {
        this.database = database;
    }

    @Override
    public Registered register(String task, Table table, Route route, boolean cascadingParent) {
        Optional<Registered> there = database.read(s -> latest(s, task, table.id())).filter(l -> same(l, table, route, cascadingParent));
        return there.orElseGet(() -> database.write(s -> {
            Optional<Rows.LayoutNumber> last = s.lock(Rows.LayoutNumber.class, task);
            Optional<Registered> latest = latest(s, task, table.id());
            if (latest.isPresent() && same(latest.get(), table, route, cascadingParent)) {
                return latest.get();
            }
            Registered registered = new Registered(table, route, Relation.of(next(s, task, last), table, route, cascadingParent));
            s.insert(row(task, registered));
            return registered;
        }));
    }

    private static int next(Session s, String task, Optional<Rows.LayoutNumber> last) {
        Rows.LayoutNumber number = last.orElseGet(Rows.LayoutNumber::new);
        number.task = task;
        number.last++;
        if (last.isPresent()) {
            s.update(number);
        } else {
            s.insert(number);
        }
        return number.last;
    }

    @Override
    public Registered change(String task, Seen seen, Position since, boolean gone) {
        return change(task, seen, changes -> Relations.recorded(changes, seen, since, gone),
                relation -> new Registered(seen, relation, since, gone));
    }

    @Override
    public Registered lookedUp(String task, Seen seen, Position since, LookUp lookUp) {
        return change(task, seen, changes -> Relations.lookedUp(changes, seen.table().id(), since, lookUp.between()),
                relation -> new Registered(seen.table(), seen.route(), relation, since, lookUp));
    }

    private Registered change(String task, Seen seen, Function<List<Registered>, Optional<Registered>> recorded,
            Function<Relation, Registered> made) {
        return database.write(s -> {
            Optional<Rows.LayoutNumber> last = s.lock(Rows.LayoutNumber.class, task);
            Optional<Registered> there = recorded.apply(changes(s, task, seen.table().id()));
            if (there.isPresent()) {
                return there.get();
            }
            Registered registered = made.apply(Relation.of(next(s, task, last), seen.table(), seen.route(), seen.cascadingParent()));
            Rows.LayoutChange mark = new Rows.LayoutChange();
            mark.task = task;
            mark.id = registered.relation().id();
            s.insert(mark);
            s.insert(row(task, registered));
            return registered;
        });
    }

    private static List<Registered> changes(Session s, String task, TableId table) {
        return s.list(Rows.Layout.class, "from Layout l where l.task = ?1 and l.db = ?2 and l.tbl = ?3 and l.id in"
                        + " (select c.id from LayoutChange c where c.task = ?1) order by l.id", task, table.database(), table.name())
                .stream().map(DatabaseRelations::registered).toList();
    }

    @Override
    public List<Registered> recorded(String task) {
        return database.read(s -> s.list(Rows.Layout.class, "from Layout l where l.task = ?1 and l.id in"
                        + " (select c.id from LayoutChange c where c.task = ?1) order by l.id", task))
                .stream().map(DatabaseRelations::registered).toList();
    }

    private static boolean same(Registered latest, Table table, Route route, boolean cascadingParent) {
        return latest.sameLayout(new Registered(table, route, Relation.of(latest.relation().id(), table, route, cascadingParent)));
    }

    private static Rows.Layout row(String task, Registered registered) {
        Rows.Layout row = new Rows.Layout();
        row.task = task;
        row.id = registered.relation().id();
        row.db = registered.table().id().database();
        row.tbl = registered.table().id().name();
        row.payload = RelationJson.write(registered);
        return row;
    }

    @Override
    public Optional<Registered> find(String task, int id) {
        return database.read(s -> s.find(Rows.Layout.class, new Rows.LayoutId(task, id))).map(DatabaseRelations::registered);
    }

    @Override
    public Optional<Registered> latest(String task, TableId table) {
        return database.read(s -> latest(s, task, table));
    }

    private static Optional<Registered> latest(Session s, String task, TableId table) {
        return s.list(Rows.Layout.class, 1, LATEST, task, table.database(), table.name()).stream().findFirst()
                .map(DatabaseRelations::registered);
    }

    @Override
    public List<Registered> latest(String task) {
        return database.read(s -> s.list(Rows.Layout.class, "from Layout l where l.task = ?1 and l.id in "
                        + "(select max(m.id) from Layout m where m.task = ?1"
                        + " and m.id not in (select c.id from LayoutChange c where c.task = ?1) group by m.db, m.tbl)"
                        + " order by l.db, l.tbl", task))
                .stream().map(DatabaseRelations::registered).toList();
    }

    private static Registered registered(Rows.Layout row) {
        return RelationJson.read(row.payload, "the state store", Failures.DAMAGED_REMEDY);
    }
}
