package io.opendts.state;

import io.opendts.sqlite.SqliteFile;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

final class EmbeddedProgress implements Progress {

    private final SqliteFile file;

    EmbeddedProgress(SqliteFile file) {
        this.file = file;
    }

    @Override
    public Optional<String> get(String task, String name) {
        return file.read(c -> Sql.query(c, row -> row.getString(1), "select value from progress where task = ? and name = ?", task, name)
                .stream().findFirst());
    }

    @Override
    public void put(String task, String name, String value) {
        putAll(task, Map.of(name, value));
    }

    @Override
    public String putOnce(String task, String name, String value) {
        return file.write(c -> {
            Sql.update(c, "insert into progress (task, name, value) values (?, ?, ?) on conflict (task, name) do nothing",
                    task, name, value);
            return Sql.query(c, row -> row.getString(1), "select value from progress where task = ? and name = ?", task, name)
                    .getFirst();
        });
    }

    @Override
    public void putAll(String task, Map<String, String> values) {
        file.write(c -> {
            for (Map.Entry<String, String> value : values.entrySet()) {
                Sql.update(c, "insert into progress (task, name, value) values (?, ?, ?) "
                        + "on conflict (task, name) do update set value = excluded.value", task, value.getKey(), value.getValue());
            }
            return null;
        });
    }

    @Override
    public Map<String, String> all(String task, String prefix) {
        return file.read(c -> {
            Map<String, String> found = new LinkedHashMap<>();
            Sql.query(c, row -> found.put(row.getString(1), row.getString(2)),
                    "select name, value from progress where task = ? and substr(name, 1, ?) = ? order by name",
                    task, prefix.length(), prefix);
            return found;
        });
    }

    @Override
    public void remove(String task, String name) {
        file.write(c -> Sql.update(c, "delete from progress where task = ? and name = ?", task, name));
    }
}
