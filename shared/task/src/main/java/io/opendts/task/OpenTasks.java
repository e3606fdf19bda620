package io.opendts.task;

import io.opendts.state.StateStore;
import io.opendts.state.TaskRecord;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * The tasks that a process works for at the moment, each with its sessions, opened when first needed and kept for the next
 * message. Safe for many threads, which may use one task side by side.
 */
public final class OpenTasks implements AutoCloseable {

    /** Tasks kept open although nobody works for them. */
    private static final int IDLE_TASKS_MAX = 16;

    private final StateStore store;
    private final Function<String, TaskContext> opener;
    private final Map<String, Entry> entries = new LinkedHashMap<>(32, 0.75f, true);

    /** One opened context; a newer task file, or a newer task of the same name, gets another one. Guarded by the outer object. */
    private static final class Entry {
        private final String specHash;
        private final long createdMillis;
        private final TaskContext context;
        private int users;
        private boolean outdated;

        Entry(TaskRecord record, TaskContext context) {
            this.specHash = record.specHash();
            this.createdMillis = record.createdMillis();
            this.context = context;
        }

        boolean isFor(TaskRecord record) {
            return specHash.equals(record.specHash()) && createdMillis == record.createdMillis();
        }
    }

    /** A task in use; to be closed by whoever asked for it. */
    public final class Use implements AutoCloseable {

        private final Entry entry;
        private boolean closed;

        private Use(Entry entry) {
            this.entry = entry;
        }

        public TaskContext task() {
            return entry.context;
        }

        /** Ends all of the task's sessions at once: work that still goes on in them fails. */
        public void abandon() {
            synchronized (OpenTasks.this) {
                entry.outdated = true;
                entries.values().remove(entry);
            }
            entry.context.close();
        }

        @Override
        public void close() {
            boolean last;
            synchronized (OpenTasks.this) {
                if (closed) {
                    return;
                }
                closed = true;
                last = --entry.users == 0 && entry.outdated;
            }
            if (last) {
                entry.context.close();
            }
            closeIdle();
        }
    }

    /** @param opener builds a task's context by its name, connecting to nothing yet */
    public OpenTasks(StateStore store, Function<String, TaskContext> opener) {
        this.store = store;
        this.opener = opener;
    }

    /** @throws io.opendts.model.DtsException TASK_NOT_FOUND, and what the task file raises */
    public Use use(String task) {
        return use(store.tasks().get(task));
    }

    /** As {@link #use(String)}, for who has just asked the store. */
    public Use use(TaskRecord record) {
        String task = record.name();
        synchronized (this) {
            Entry known = entries.get(task);
            if (known != null && known.isFor(record)) {
                known.users++;
                return new Use(known);
            }
        }
        Entry opened = new Entry(record, opener.apply(task));
        boolean closeBefore = false;
        Entry before;
        synchronized (this) {
            opened.users++;
            before = entries.put(task, opened);
            if (before != null) {
                before.outdated = true;
                closeBefore = before.users == 0;
            }
        }
        if (closeBefore) {
            before.context.close();
        }
        return new Use(opened);
    }

    private void closeIdle() {
        Map<String, Entry> idle = new HashMap<>();
        synchronized (this) {
            Iterator<Map.Entry<String, Entry>> eldestFirst = entries.entrySet().iterator();
            long count = entries.values().stream().filter(e -> e.users == 0).count();
            while (count > IDLE_TASKS_MAX && eldestFirst.hasNext()) {
                Map.Entry<String, Entry> one = eldestFirst.next();
                if (one.getValue().users == 0) {
                    idle.put(one.getKey(), one.getValue());
                    eldestFirst.remove();
                    count--;
                }
            }
        }
        idle.values().forEach(entry -> entry.context.close());
    }

    @Override
    public synchronized void close() {
        entries.values().forEach(entry -> entry.context.close());
        entries.clear();
    }
}
