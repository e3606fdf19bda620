package io.opendts.state.database;

import io.opendts.model.CheckItem;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Stage;
import io.opendts.model.TaskState;
import io.opendts.state.Asked;
import io.opendts.state.StateText;
import io.opendts.state.TaskEvent;
import io.opendts.state.TaskRecord;
import io.opendts.state.Tasks;
import io.opendts.state.Transition;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Whoever changes a task's state locks its row first: of several control processes one decides at a time. */
final class DatabaseTasks implements Tasks {

    /** Entities whose rows are what a task has done; reset empties them. Chunks before their sum, as chunks.done locks them. */
    private static final List<String> DONE = List.of("Wish", "Checked", "Layout", "LayoutChange", "CopyChunk", "Copy", "Fact", "Request",
            "ComparedChunk", "ComparedTable", "Comparison");
    private static final List<String> REST = List.of("Happened", "LayoutNumber", "Held", "Sealed");

    private final Database database;
    private final InstantSource clock;

    DatabaseTasks(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public TaskRecord create(String name, String type, String spec, String specHash) {
        return database.write(s -> {
            Optional<Rows.Task> there = s.find(Rows.Task.class, name);
            if (there.isPresent()) {
                return same(record(there.get()), specHash);
            }
            Rows.Task row = new Rows.Task();
            row.name = name;
            row.type = type;
            row.spec = spec;
            row.specHash = specHash;
            row.state = StateText.of(new TaskState.Draft());
            row.createdAt = clock.millis();
            row.updatedAt = row.createdAt;
            s.insert(row);
            return record(row);
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
        return database.write(s -> {
            Rows.Task row = locked(s, name);
            row.spec = spec;
            row.specHash = specHash;
            row.version++;
            row.updatedAt = clock.millis();
            s.update(row);
            return record(row);
        });
    }

    @Override
    public void seal(String name, byte[] sealed) {
        database.write(s -> {
            locked(s, name);
            Optional<Rows.Sealed> there = s.find(Rows.Sealed.class, name);
            Rows.Sealed row = new Rows.Sealed();
            row.task = name;
            row.content = sealed;
            if (there.isPresent()) {
                s.update(row);
            } else {
                s.insert(row);
            }
            return null;
        });
    }

    @Override
    public Optional<byte[]> sealed(String name) {
        return database.read(s -> s.find(Rows.Sealed.class, name)).map(row -> row.content);
    }

    @Override
    public Optional<TaskRecord> find(String name) {
        return database.read(s -> s.find(Rows.Task.class, name)).map(DatabaseTasks::record);
    }

    @Override
    public TaskRecord get(String name) {
        return find(name).orElseThrow(() -> notFound(name));
    }

    @Override
    public List<TaskRecord> list() {
        return database.read(s -> s.list(Rows.Task.class, "from Task t order by t.name")).stream().map(DatabaseTasks::record).toList();
    }

    @Override
    public Transition transition(String task, long expectedVersion, TaskState.Event event, Set<Stage> stages) {
        return database.write(s -> {
            Rows.Task row = locked(s, task);
            TaskState state = state(row.state);
            if (expectedVersion != ANY_VERSION && expectedVersion != row.version) {
                throw new DtsException(ErrorCode.TASK_CHANGED, "task " + task + " was changed by another process meanwhile: it is now "
                        + TaskState.shown(state, false), "look at its status and try again");
            }
            return change(s, row, TaskState.next(state, event, stages));
        });
    }

    private Transition change(Session s, Rows.Task row, TaskState next) {
        TaskState state = state(row.state);
        if (next.equals(state)) {
            return new Transition(row.name, state, next, row.version);
        }
        Rows.Happened happened = new Rows.Happened();
        happened.task = row.name;
        happened.fromState = row.state;
        happened.toState = StateText.of(next);
        happened.happenedAt = clock.millis();
        row.state = happened.toState;
        row.version++;
        row.updatedAt = happened.happenedAt;
        s.update(row);
        s.insert(happened);
        if (row.version >= EVENTS_KEPT_PER_TASK) {
            forgetOldEvents(s, row.name);
        }
        return new Transition(row.name, state, next, row.version);
    }

    /** In two steps: MySQL does not delete from a table that the condition reads. */
    private static void forgetOldEvents(Session s, String task) {
        List<Long> kept = s.list(Long.class, EVENTS_KEPT_PER_TASK,
                "select e.id from Happened e where e.task = ?1 order by e.id desc", task);
        if (kept.size() == EVENTS_KEPT_PER_TASK) {
            s.change("delete from Happened e where e.task = ?1 and e.id < ?2", task, kept.getLast());
        }
    }

    @Override
    public List<TaskEvent> events(String task, long afterId, int limit) {
        return database.read(s -> s.list(Rows.Happened.class, limit,
                        "from Happened e where e.task = ?1 and e.id > ?2 order by e.id", task, afterId)).stream()
                .map(e -> new TaskEvent(e.id, task, state(e.fromState), state(e.toState), e.happenedAt)).toList();
    }

    @Override
    public void ask(String task, TaskState.Event event) {
        database.write(s -> {
            s.find(Rows.Task.class, task).orElseThrow(() -> notFound(task));
            Rows.Wish row = new Rows.Wish();
            row.task = task;
            row.event = StateText.of(event);
            row.askedAt = clock.millis();
            s.insert(row);
            return null;
        });
    }

    @Override
    public List<Asked> asked(String task) {
        return database.read(s -> s.list(Rows.Wish.class, "from Wish w where w.task = ?1 order by w.id", task)).stream()
                .map(w -> new Asked(w.id, task, parsed(w.event, StateText::event), w.askedAt)).toList();
    }

    @Override
    public void drop(Asked asked) {
        database.write(s -> take(s, asked));
    }

    private static int take(Session s, Asked asked) {
        return s.change("delete from Wish w where w.id = ?1 and w.task = ?2", asked.id(), asked.task());
    }

    @Override
    public Transition answer(Asked asked, Set<Stage> stages) {
        return database.write(s -> {
            Rows.Task row = locked(s, asked.task());
            TaskState state = state(row.state);
            return change(s, row, take(s, asked) == 0 ? state : TaskState.next(state, asked.event(), stages));
        });
    }

    @Override
    public void savePrecheck(String task, List<CheckItem> items) {
        database.write(s -> {
            s.change("delete from Checked c where c.task = ?1", task);
            int position = 0;
            for (CheckItem item : items) {
                Rows.Checked row = new Rows.Checked();
                row.task = task;
                row.position = position++;
                row.item = item.item();
                row.result = item.result().name();
                row.code = item.code() == null ? null : item.code().name();
                row.message = item.message();
                row.remedy = item.remedy();
                row.ignorable = item.ignorable() ? 1 : 0;
                s.insert(row);
            }
            return null;
        });
    }

    @Override
    public List<CheckItem> precheck(String task) {
        return database.read(s -> s.list(Rows.Checked.class, "from Checked c where c.task = ?1 order by c.position", task)).stream()
                .map(c -> new CheckItem(c.item, parsed(c.result, CheckItem.Result::valueOf),
                        c.code == null ? null : parsed(c.code, ErrorCode::valueOf), c.message, c.remedy, c.ignorable != 0)).toList();
    }

    @Override
    public Transition reset(String task) {
        return database.write(s -> {
            Rows.Task row = locked(s, task);
            forget(s, DONE, task);
            return change(s, row, new TaskState.Draft());
        });
    }

    @Override
    public void delete(String task) {
        database.write(s -> {
            s.lock(Rows.Task.class, task);
            forget(s, DONE, task);
            forget(s, REST, task);
            return s.change("delete from Task t where t.name = ?1", task);
        });
    }

    private static void forget(Session s, List<String> entities, String task) {
        for (String entity : entities) {
            s.change("delete from " + entity + " r where r.task = ?1", task);
        }
    }

    private static Rows.Task locked(Session s, String task) {
        return s.lock(Rows.Task.class, task).orElseThrow(() -> notFound(task));
    }

    private static DtsException notFound(String name) {
        return new DtsException(ErrorCode.TASK_NOT_FOUND, "there is no task named " + name, "see the names with: dts list");
    }

    private static TaskRecord record(Rows.Task row) {
        return new TaskRecord(row.name, row.type, row.spec, row.specHash, state(row.state), row.version, row.createdAt, row.updatedAt);
    }

    private static TaskState state(String text) {
        return parsed(text, StateText::state);
    }

    private static <T> T parsed(String text, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw Failures.damaged("holds a value that cannot be read: " + text, e);
        }
    }
}
