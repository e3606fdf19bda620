package io.opendts.state;

import io.opendts.model.CheckItem;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Stage;
import io.opendts.model.TaskState;
import io.opendts.sqlite.SqliteFile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

final class EmbeddedTasks implements Tasks {

    private static final String SELECT = "select name, type, spec, spec_hash, state, version, created_at, updated_at from tasks";

    private final SqliteFile file;
    private final InstantSource clock;

    EmbeddedTasks(SqliteFile file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    @Override
    public TaskRecord create(String name, String type, String spec, String specHash) {
        return file.write(c -> {
            Optional<TaskRecord> there = find(c, name);
            if (there.isPresent()) {
                return same(there.get(), specHash);
            }
            long now = clock.millis();
            Sql.update(c, "insert into tasks (name, type, spec, spec_hash, state, version, created_at, updated_at) "
                    + "values (?, ?, ?, ?, ?, 0, ?, ?)", name, type, spec, specHash, StateText.of(new TaskState.Draft()), now, now);
            return new TaskRecord(name, type, spec, specHash, new TaskState.Draft(), 0, now, now);
        });
    }

    private static TaskRecord same(TaskRecord there, String specHash) {
        if (!there.specHash().equals(specHash)) {
            throw new DtsException(ErrorCode.TASK_CHANGED, "a task named " + there.name() + " exists with another task file",
                    "undo the change of the task file, give the task another name, or reset or delete the existing one");
        }
        return there;
    }

    @Override
    public TaskRecord replaceSpec(String name, String spec, String specHash) {
        return file.write(c -> {
            Sql.update(c, "update tasks set spec = ?, spec_hash = ?, version = version + 1, updated_at = ? where name = ?",
                    spec, specHash, clock.millis(), name);
            return get(c, name);
        });
    }

    @Override
    public void seal(String name, byte[] sealed) {
        file.write(c -> {
            get(c, name);
            return Sql.update(c, "insert into sealed (task, content) values (?, ?) "
                    + "on conflict (task) do update set content = excluded.content", name, sealed);
        });
    }

    @Override
    public Optional<byte[]> sealed(String name) {
        return file.read(c -> Sql.query(c, row -> row.getBytes(1), "select content from sealed where task = ?", name).stream().findFirst());
    }

    @Override
    public Optional<TaskRecord> find(String name) {
        return file.read(c -> find(c, name));
    }

    @Override
    public TaskRecord get(String name) {
        return file.read(c -> get(c, name));
    }

    @Override
    public List<TaskRecord> list() {
        return file.read(c -> Sql.query(c, this::task, SELECT + " order by name"));
    }

    @Override
    public Transition transition(String task, long expectedVersion, TaskState.Event event, Set<Stage> stages) {
        return file.write(c -> {
            TaskRecord record = get(c, task);
            if (expectedVersion != ANY_VERSION && expectedVersion != record.version()) {
                throw new DtsException(ErrorCode.TASK_CHANGED, "task " + task + " was changed by another process meanwhile: it is now "
                        + TaskState.shown(record.state(), false), "look at its status and try again");
            }
            return change(c, record, TaskState.next(record.state(), event, stages));
        });
    }

    private Transition change(Connection c, TaskRecord record, TaskState next) throws SQLException {
        if (next.equals(record.state())) {
            return new Transition(record.name(), record.state(), next, record.version());
        }
        long now = clock.millis();
        long version = record.version() + 1;
        Sql.update(c, "update tasks set state = ?, version = ?, updated_at = ? where name = ?",
                StateText.of(next), version, now, record.name());
        Sql.update(c, "insert into events (task, from_state, to_state, happened_at) values (?, ?, ?, ?)",
                record.name(), StateText.of(record.state()), StateText.of(next), now);
        Sql.update(c, "delete from events where task = ? and id <= "
                        + "coalesce((select id from events where task = ? order by id desc limit 1 offset ?), 0)",
                record.name(), record.name(), EVENTS_KEPT_PER_TASK);
        return new Transition(record.name(), record.state(), next, version);
    }

    @Override
    public List<TaskEvent> events(String task, long afterId, int limit) {
        return file.read(c -> Sql.query(c,
                row -> new TaskEvent(row.getLong(1), task, parsed(row.getString(2), StateText::state),
                        parsed(row.getString(3), StateText::state), row.getLong(4)),
                "select id, from_state, to_state, happened_at from events where task = ? and id > ? order by id limit ?",
                task, afterId, limit));
    }

    @Override
    public void ask(String task, TaskState.Event event) {
        file.write(c -> {
            get(c, task);
            return Sql.update(c, "insert into asked (task, event, asked_at) values (?, ?, ?)", task, StateText.of(event), clock.millis());
        });
    }

    @Override
    public List<Asked> asked(String task) {
        return file.read(c -> Sql.query(c,
                row -> new Asked(row.getLong(1), task, parsed(row.getString(2), StateText::event), row.getLong(3)),
                "select id, event, asked_at from asked where task = ? order by id", task));
    }

    @Override
    public void drop(Asked asked) {
        file.write(c -> take(c, asked));
    }

    private static int take(Connection c, Asked asked) throws SQLException {
        return Sql.update(c, "delete from asked where id = ? and task = ?", asked.id(), asked.task());
    }

    @Override
    public Transition answer(Asked asked, Set<Stage> stages) {
        return file.write(c -> {
            TaskRecord record = get(c, asked.task());
            TaskState next = take(c, asked) == 0 ? record.state() : TaskState.next(record.state(), asked.event(), stages);
            return change(c, record, next);
        });
    }

    @Override
    public void savePrecheck(String task, List<CheckItem> items) {
        file.write(c -> {
            Sql.update(c, "delete from prechecks where task = ?", task);
            int position = 0;
            for (CheckItem item : items) {
                Sql.update(c, "insert into prechecks (task, position, item, result, code, message, remedy, ignorable) "
                                + "values (?, ?, ?, ?, ?, ?, ?, ?)",
                        task, position++, item.item(), item.result().name(), item.code() == null ? null : item.code().name(),
                        item.message(), item.remedy(), item.ignorable() ? 1 : 0);
            }
            return null;
        });
    }

    @Override
    public List<CheckItem> precheck(String task) {
        return file.read(c -> Sql.query(c,
                row -> new CheckItem(row.getString(1), parsed(row.getString(2), CheckItem.Result::valueOf),
                        row.getString(3) == null ? null : parsed(row.getString(3), ErrorCode::valueOf),
                        row.getString(4), row.getString(5), row.getInt(6) != 0),
                "select item, result, code, message, remedy, ignorable from prechecks where task = ? order by position", task));
    }

    @Override
    public Transition reset(String task) {
        return file.write(c -> {
            TaskRecord record = get(c, task);
            for (String table : StateTables.DONE) {
                Sql.update(c, "delete from " + table + " where task = ?", task);
            }
            return change(c, record, new TaskState.Draft());
        });
    }

    @Override
    public void delete(String task) {
        file.write(c -> {
            for (String table : StateTables.ALL) {
                Sql.update(c, "delete from " + table + " where " + (table.equals("tasks") ? "name" : "task") + " = ?", task);
            }
            return null;
        });
    }

    private Optional<TaskRecord> find(Connection c, String name) throws SQLException {
        return Sql.query(c, this::task, SELECT + " where name = ?", name).stream().findFirst();
    }

    private TaskRecord get(Connection c, String name) throws SQLException {
        return find(c, name).orElseThrow(() -> new DtsException(ErrorCode.TASK_NOT_FOUND, "there is no task named " + name,
                "see the names with: dts list"));
    }

    private TaskRecord task(ResultSet row) throws SQLException {
        return new TaskRecord(row.getString(1), row.getString(2), row.getString(3), row.getString(4),
                parsed(row.getString(5), StateText::state), row.getLong(6), row.getLong(7), row.getLong(8));
    }

    private <T> T parsed(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw new DtsException(ErrorCode.STATE_DAMAGED, file.path() + " holds a value that cannot be read: " + text,
                    StateTables.KIND.remedy(), e);
        }
    }
}
