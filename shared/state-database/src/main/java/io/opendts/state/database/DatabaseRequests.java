package io.opendts.state.database;

import io.opendts.state.Requests;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

final class DatabaseRequests implements Requests {

    private final Database database;
    private final InstantSource clock;

    DatabaseRequests(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public Optional<Open> find(String task, String id) {
        return database.read(s -> s.find(Rows.Request.class, new Rows.RequestId(task, id))).map(DatabaseRequests::open);
    }

    @Override
    public List<Open> open(String task) {
        return database.read(s -> s.list(Rows.Request.class, "from Request r where r.task = ?1 order by r.id", task))
                .stream().map(DatabaseRequests::open).toList();
    }

    @Override
    public void asked(String task, String id, long dueMillis) {
        database.write(s -> {
            if (s.change("update Request r set r.dueAt = ?3 where r.task = ?1 and r.id = ?2", task, id, dueMillis) == 0) {
                s.insert(row(task, id, dueMillis));
            }
            return null;
        });
    }

    @Override
    public void failed(String task, String id, String code, String reason, long dueMillis) {
        database.write(s -> {
            Optional<Rows.Request> there = s.lock(Rows.Request.class, new Rows.RequestId(task, id));
            Rows.Request row = there.orElseGet(() -> row(task, id, dueMillis));
            row.dueAt = dueMillis;
            row.attempts++;
            row.firstFailedAt = row.firstFailedAt == 0 ? clock.millis() : row.firstFailedAt;
            row.code = code;
            row.reason = reason;
            if (there.isPresent()) {
                s.update(row);
            } else {
                s.insert(row);
            }
            return null;
        });
    }

    private static Rows.Request row(String task, String id, long dueMillis) {
        Rows.Request row = new Rows.Request();
        row.task = task;
        row.id = id;
        row.dueAt = dueMillis;
        row.code = "";
        row.reason = "";
        return row;
    }

    @Override
    public void done(String task, String id) {
        database.alone(s -> s.change("delete from Request r where r.task = ?1 and r.id = ?2", task, id));
    }

    @Override
    public void renew(String task) {
        database.alone(s -> s.change("delete from Request r where r.task = ?1", task));
    }

    private static Open open(Rows.Request row) {
        return new Open(row.task, row.id, row.dueAt, row.attempts, row.firstFailedAt, row.code, row.reason);
    }
}
