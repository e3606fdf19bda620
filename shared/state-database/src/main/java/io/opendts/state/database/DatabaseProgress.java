package io.opendts.state.database;

import io.opendts.state.Progress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

final class DatabaseProgress implements Progress {

    private final Database database;

    DatabaseProgress(Database database) {
        this.database = database;
    }

    @Override
    public Optional<String> get(String task, String name) {
        return database.read(s -> s.find(Rows.Fact.class, new Rows.FactId(task, name))).map(row -> row.value);
    }

    @Override
    public void put(String task, String name, String value) {
        putAll(task, Map.of(name, value));
    }

    /** Of two that insert at once the later one fails on the key, starts again, and finds the first one's. */
    @Override
    public String putOnce(String task, String name, String value) {
        return database.write(s -> s.find(Rows.Fact.class, new Rows.FactId(task, name)).map(row -> row.value).orElseGet(() -> {
            s.insert(row(task, name, value));
            return value;
        }));
    }

    private static Rows.Fact row(String task, String name, String value) {
        Rows.Fact row = new Rows.Fact();
        row.task = task;
        row.name = name;
        row.value = value;
        return row;
    }

    /** In the order of names: two processes that write the same facts wait for each other and do not meet crosswise. */
    @Override
    public void putAll(String task, Map<String, String> values) {
        database.write(s -> {
            for (Map.Entry<String, String> value : new TreeMap<>(values).entrySet()) {
                int changed = s.change("update Fact f set f.value = ?3 where f.task = ?1 and f.name = ?2",
                        task, value.getKey(), value.getValue());
                if (changed == 0) {
                    s.insert(row(task, value.getKey(), value.getValue()));
                }
            }
            return null;
        });
    }

    @Override
    public Map<String, String> all(String task, String prefix) {
        Map<String, String> found = new LinkedHashMap<>();
        database.read(s -> s.list(Rows.Fact.class, "from Fact f where f.task = ?1 and left(f.name, ?2) = ?3 order by f.name",
                task, prefix.codePointCount(0, prefix.length()), prefix)).forEach(row -> found.put(row.name, row.value));
        return found;
    }

    @Override
    public void remove(String task, String name) {
        database.alone(s -> s.change("delete from Fact f where f.task = ?1 and f.name = ?2", task, name));
    }
}
