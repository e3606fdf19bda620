package io.opendts.state;

import io.opendts.sqlite.SqliteFile;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

final class EmbeddedRequests implements Requests {

    private static final String SELECT = "select task, id, due_at, attempts, first_failed_at, code, reason from requests where task = ?";

    private final SqliteFile file;
    private final InstantSource clock;

    EmbeddedRequests(SqliteFile file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    @Override
    public Optional<Open> find(String task, String id) {
        return file.read(c -> Sql.query(c, EmbeddedRequests::open, SELECT + " and id = ?", task, id).stream().findFirst());
    }

    @Override
    public List<Open> open(String task) {
        return file.read(c -> Sql.query(c, EmbeddedRequests::open, SELECT + " order by id", task));
    }

    @Override
    public List<String> claim(String task, List<String> ids, long nowMillis, long dueMillis) {
        return file.write(c -> {
            List<String> claimed = new ArrayList<>();
            for (String id : ids) {
                if (Sql.update(c, "insert into requests (task, id, due_at, attempts, first_failed_at, code, reason) "
                        + "select name, ?, ?, 0, 0, '', '' from tasks where name = ? "
                        + "on conflict (task, id) do update set due_at = excluded.due_at where due_at <= ?",
                        id, dueMillis, task, nowMillis) == 1) {
                    claimed.add(id);
                }
            }
            return claimed;
        });
    }

    @Override
    public void sent(String task, List<String> ids, long dueMillis) {
        file.write(c -> {
            for (String id : ids) {
                Sql.update(c, "update requests set due_at = ? where task = ? and id = ?", dueMillis, task, id);
            }
            return null;
        });
    }

    @Override
    public void failed(String task, String id, String code, String reason, long dueMillis) {
        file.write(c -> Sql.update(c, "insert into requests (task, id, due_at, attempts, first_failed_at, code, reason) "
                + "values (?, ?, ?, 1, ?, ?, ?) on conflict (task, id) do update set due_at = excluded.due_at, attempts = attempts + 1, "
                + "first_failed_at = case first_failed_at when 0 then excluded.first_failed_at else first_failed_at end, "
                + "code = excluded.code, reason = excluded.reason", task, id, dueMillis, clock.millis(), code, reason));
    }

    @Override
    public void done(String task, String id) {
        file.write(c -> Sql.update(c, "delete from requests where task = ? and id = ?", task, id));
    }

    @Override
    public void renew(String task) {
        file.write(c -> Sql.update(c, "delete from requests where task = ?", task));
    }

    private static Open open(ResultSet row) throws SQLException {
        return new Open(row.getString(1), row.getString(2), row.getLong(3), row.getInt(4), row.getLong(5), row.getString(6),
                row.getString(7));
    }
}
