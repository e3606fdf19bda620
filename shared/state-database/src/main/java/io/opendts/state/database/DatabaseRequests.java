package io.opendts.state.database;

import io.opendts.state.Requests;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

final class DatabaseRequests implements Requests {

    private static final String DUE = "update Request r set r.dueAt = ?3 where r.task = ?1 and r.id in ?2";

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

    /** By turns for each task, under the lock of its row: of callers at the same time the second one sees what the first has. */
    @Override
    public List<String> claim(String task, List<String> ids, long nowMillis, long dueMillis) {
        return database.write(s -> {
            if (s.lock(Rows.Task.class, task).isEmpty()) {
                return List.of();
            }
            Map<String, Long> due = s.list(Rows.Request.class, "from Request r where r.task = ?1 and r.id in ?2", task, ids).stream()
                    .collect(Collectors.toMap(row -> row.id, row -> row.dueAt));
            List<String> claimed = ids.stream().filter(id -> due.getOrDefault(id, 0L) <= nowMillis).distinct().toList();
            List<String> again = claimed.stream().filter(due::containsKey).toList();
            if (!again.isEmpty()) {
                s.change(DUE, task, again, dueMillis);
            }
            s.insertMany("requests (task, id, due_at, attempts, first_failed_at, code, reason)", claimed.stream()
                    .filter(id -> !due.containsKey(id)).map(id -> List.<Object>of(task, id, dueMillis, 0, 0L, "", "")).toList());
            return claimed;
        });
    }

    @Override
    public void sent(String task, List<String> ids, long dueMillis) {
        database.alone(s -> s.change(DUE, task, ids, dueMillis));
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
