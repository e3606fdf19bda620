package io.opendts.state;

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

final class EmbeddedRelations implements Relations {

    private final SqliteFile file;

    EmbeddedRelations(SqliteFile file) {
        this.file = file;
    }

    @Override
    public Registered register(String task, Table table, Route route, boolean cascadingParent) {
        return file.write(c -> {
            Optional<Registered> latest = latest(c, task, table.id());
            if (latest.isPresent()) {
                Registered same = new Registered(table, route, Relation.of(latest.get().relation().id(), table, route, cascadingParent));
                if (latest.get().sameLayout(same)) {
                    return latest.get();
                }
            }
            Sql.update(c, "insert into relation_numbers (task, last) values (?, 1) on conflict (task) do update set last = last + 1",
                    task);
            int id = Sql.query(c, row -> row.getInt(1), "select last from relation_numbers where task = ?", task).getFirst();
            Registered registered = new Registered(table, route, Relation.of(id, table, route, cascadingParent));
            Sql.update(c, "insert into relations (task, id, db, tbl, payload) values (?, ?, ?, ?, ?)",
                    task, id, table.id().database(), table.id().name(), RelationJson.write(registered));
            return registered;
        });
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
                "select payload from relations where task = ? and db = ? and tbl = ? order by id desc limit 1",
                task, table.database(), table.name()).stream().findFirst();
    }

    @Override
    public List<Registered> latest(String task) {
        return file.read(c -> Sql.query(c, this::registered,
                "select payload from relations where task = ? and id in "
                        + "(select max(id) from relations where task = ? group by db, tbl) order by db, tbl", task, task));
    }

    private Registered registered(ResultSet row) throws SQLException {
        return RelationJson.read(row.getString(1), file.path().toString(), StateTables.KIND.remedy());
    }
}
