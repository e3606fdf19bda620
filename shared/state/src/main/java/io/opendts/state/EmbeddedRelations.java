package io.opendts.state;

import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.sqlite.SqliteFile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;

final class EmbeddedRelations implements Relations {

    /** Each transaction waits for the disk; a long one keeps other processes from writing. */
    private static final int TABLES_PER_TRANSACTION = 200;

    private static final String CHANGES = "select r.payload from relations r join relation_changes h on h.task = r.task and h.id = r.id";

    private final SqliteFile file;

    EmbeddedRelations(SqliteFile file) {
        this.file = file;
    }

    @Override
    public Registered register(String task, Table table, Route route, boolean cascadingParent) {
        return file.write(c -> register(c, task, new Seen(table, route, cascadingParent)));
    }

    @Override
    public void register(String task, List<Seen> tables) {
        for (int from = 0; from < tables.size(); from += TABLES_PER_TRANSACTION) {
            List<Seen> some = tables.subList(from, Math.min(tables.size(), from + TABLES_PER_TRANSACTION));
            file.write(c -> {
                for (Seen seen : some) {
                    register(c, task, seen);
                }
                return null;
            });
        }
    }

    private Registered register(Connection c, String task, Seen seen) throws SQLException {
        TableId table = seen.table().id();
        Optional<Registered> latest = latest(c, task, table).filter(known -> known.sameLayout(numbered(seen, known.relation().id())));
        if (latest.isPresent()) {
            return latest.get();
        }
        return insert(c, task, numbered(seen, next(c, task)));
    }

    private static int next(Connection c, String task) throws SQLException {
        Sql.update(c, "insert into relation_numbers (task, last) values (?, 1) on conflict (task) do update set last = last + 1", task);
        return Sql.query(c, row -> row.getInt(1), "select last from relation_numbers where task = ?", task).getFirst();
    }

    private static Registered insert(Connection c, String task, Registered registered) throws SQLException {
        TableId table = registered.table().id();
        Sql.update(c, "insert into relations (task, id, db, tbl, payload) values (?, ?, ?, ?, ?)",
                task, registered.relation().id(), table.database(), table.name(), RelationJson.write(registered));
        return registered;
    }

    @Override
    public Registered change(String task, Seen seen, Position since, boolean gone) {
        return change(task, seen.table().id(), changes -> Relations.recorded(changes, seen, since, gone),
                id -> new Registered(seen, numbered(seen, id).relation(), since, gone));
    }

    @Override
    public Registered lookedUp(String task, Seen seen, Position since, LookUp lookUp) {
        return change(task, seen.table().id(), changes -> Relations.lookedUp(changes, seen.table().id(), since, lookUp.between()),
                id -> new Registered(seen.table(), seen.route(), numbered(seen, id).relation(), since, lookUp));
    }

    private Registered change(String task, TableId table, Function<List<Registered>, Optional<Registered>> recorded,
            IntFunction<Registered> made) {
        return file.write(c -> {
            Optional<Registered> there = recorded.apply(changes(c, task, table));
            if (there.isPresent()) {
                return there.get();
            }
            int id = next(c, task);
            Sql.update(c, "insert into relation_changes (task, id) values (?, ?)", task, id);
            return insert(c, task, made.apply(id));
        });
    }

    private List<Registered> changes(Connection c, String task, TableId table) throws SQLException {
        return Sql.query(c, this::registered, CHANGES + " where r.task = ? and r.db = ? and r.tbl = ? order by r.id",
                task, table.database(), table.name());
    }

    @Override
    public List<Registered> recorded(String task) {
        return file.read(c -> Sql.query(c, this::registered, CHANGES + " where r.task = ? order by r.id", task));
    }

    private static Registered numbered(Seen seen, int id) {
        return new Registered(seen.table(), seen.route(), Relation.of(id, seen.table(), seen.route(), seen.cascadingParent()));
    }

    @Override
    public Optional<Registered> find(String task, int id) {
        return file.read(c -> Sql.query(c, this::registered, "select payload from relations where task = ? and id = ?", task, id)
                .stream().findFirst());
    }

    @Override
    public Optional<Registered> latest(String task, TableId table) {
        return file.read(c -> latest(c, task, table));
    }

    private Optional<Registered> latest(Connection c, String task, TableId table) throws SQLException {
        return Sql.query(c, this::registered,
                "select payload from relations where task = ? and db = ? and tbl = ?"
                        + " and id not in (select id from relation_changes where task = ?) order by id desc limit 1",
                task, table.database(), table.name(), task).stream().findFirst();
    }

    @Override
    public List<Registered> latest(String task) {
        return file.read(c -> Sql.query(c, this::registered,
                "select payload from relations where task = ? and id in "
                        + "(select max(id) from relations where task = ? and id not in (select id from relation_changes where task = ?)"
                        + " group by db, tbl) order by db, tbl", task, task, task));
    }

    private Registered registered(ResultSet row) throws SQLException {
        return RelationJson.read(row.getString(1), file.path().toString(), StateTables.KIND.remedy());
    }
}
