package io.opendts.standalone.system;

import static io.opendts.testkit.ServerVersion.MARIADB_10_11;
import static io.opendts.testkit.ServerVersion.MYSQL_8_0;
import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.standalone.ExitCode;
import io.opendts.standalone.run.StandaloneWork;
import io.opendts.testkit.ServerPair;
import io.opendts.testkit.junit.OnPairs;
import io.opendts.testkit.junit.OnPairs.Pair;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;

/**
 * A task that stood still catches up with tables that were changed again and again meanwhile, with rows of each version in the log.
 * {@code -Ddts.versions=500 -Ddts.rows=10000} for more changes, and more rows behind each.
 */
class SchemaBacklogTest {

    private static final int VERSIONS = Integer.getInteger("dts.versions", 60);
    private static final int ROWS = Integer.getInteger("dts.rows", 100);
    private static final List<String> TABLES = List.of("backlog.one", "backlog.two", "backlog.three");
    private static final int OWN_COLUMNS_MAX = 4;

    @TempDir
    private Path folder;
    /** Added by the test, the oldest first. */
    private final Map<String, List<String>> columns = new HashMap<>();

    @OnPairs({
        @Pair(source = MYSQL_8_0, target = MYSQL_8_0),
        @Pair(source = MARIADB_10_11, target = MARIADB_10_11),
    })
    void a_backlog_spans_many_versions(ServerPair pair) throws Exception {
        TestServer source = new TestServer("source", pair.source());
        source.run("CREATE DATABASE backlog CHARACTER SET utf8mb4");
        TABLES.forEach(table -> source.run("CREATE TABLE " + table
                + " (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(40), CHECK (v <> 'never'))", insert(table, 0)));
        Path file = LoadTask.write(folder, pair, "backlog");
        catchUp(file);
        for (int version = 1; version <= VERSIONS; version++) {
            String table = TABLES.get(version % TABLES.size());
            source.run(change(table, version));
            int now = version;
            TABLES.forEach(written -> source.run(write(written, now)));
        }
        long began = System.nanoTime();
        catchUp(file);
        System.out.printf("%d versions with %d rows of each table behind each: caught up in %d ms%n", VERSIONS, ROWS,
                (System.nanoTime() - began) / 1_000_000);
        Sides sides = new Sides(source, new TestServer("target", pair.target()));
        sides.haveEqualRows("backlog");
        sides.haveEqualSchemas("backlog", true);
    }

    private void catchUp(Path file) throws Exception {
        try (RunningTask task = RunningTask.start(new StandaloneWork(), file, folder.resolve("state"), true)) {
            assertThat(task.exit()).as("told: %s", task.events()).isEqualTo(ExitCode.DONE);
        }
    }

    private String change(String table, int version) {
        List<String> own = columns.computeIfAbsent(table, _ -> new ArrayList<>());
        if (own.size() > OWN_COLUMNS_MAX) {
            return "ALTER TABLE " + table + " DROP COLUMN " + own.removeFirst() + ", MODIFY v VARCHAR(" + (40 + version) + ") FIRST";
        }
        String name = "c" + version;
        return switch (own.isEmpty() ? 0 : version / TABLES.size() % 6) {
            case 0, 1 -> {
                own.add(name);
                yield "ALTER TABLE " + table + " ADD " + name + " INT DEFAULT " + version + (version % 2 == 0 ? " FIRST" : " AFTER id");
            }
            case 2 -> "ALTER TABLE " + table + " CHANGE " + own.getFirst() + " " + renamed(own, name) + " VARCHAR(30) CHARACTER SET latin1";
            case 3 -> "ALTER TABLE " + table + " MODIFY " + own.getLast() + " BIGINT DEFAULT 5, ADD INDEX i" + version + " (v)";
            case 4 -> swapped(table);
            default -> "ALTER TABLE " + table + " CONVERT TO CHARACTER SET " + (version % 2 == 0 ? "latin1" : "utf8mb4");
        };
    }

    private static String renamed(List<String> own, String name) {
        own.set(0, name);
        return name;
    }

    /** The names of two tables; one of them may be this one. */
    private String swapped(String table) {
        String other = TABLES.get((TABLES.indexOf(table) + 1) % TABLES.size());
        List<String> mine = columns.computeIfAbsent(table, _ -> new ArrayList<>());
        columns.put(table, columns.computeIfAbsent(other, _ -> new ArrayList<>()));
        columns.put(other, mine);
        return "RENAME TABLE " + table + " TO backlog.between_them, " + other + " TO " + table + ", backlog.between_them TO " + other;
    }

    private List<String> write(String table, int version) {
        List<String> own = columns.getOrDefault(table, List.of());
        List<String> statements = new ArrayList<>(List.of(insert(table, version),
                "UPDATE " + table + " SET v = CONCAT('version ', " + version + ") WHERE id % 7 = " + version % 7,
                "DELETE FROM " + table + " WHERE id % 11 = " + version % 11));
        own.forEach(column -> statements.add("UPDATE " + table + " SET " + column + " = id + " + version
                + " WHERE id % 5 = " + version % 5));
        return statements;
    }

    private static String insert(String table, int version) {
        return IntStream.range(0, ROWS).mapToObj(row -> "('row " + row + " of " + version + "')")
                .collect(Collectors.joining(", ", "INSERT INTO " + table + " (v) VALUES ", ""));
    }
}
