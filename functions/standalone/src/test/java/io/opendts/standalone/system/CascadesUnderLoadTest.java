package io.opendts.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.LocalTasks;
import io.opendts.standalone.Work;
import io.opendts.standalone.run.StandaloneWork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Rows that go, lose their reference or get another one by cascades of cascades, and come back under the same keys, all through
 * the full copy: nothing of it is in the log of most servers, and each has its trace on the target.
 */
class CascadesUnderLoadTest {

    private static final int KEYS = 40;
    private static final int STILL_ROWS = 12_000;
    private static final int SMALL_CHANGES = 400;
    private static final long PAUSE_NANOS = 500_000;
    private static final long LIMIT_NANOS = 60_000_000_000L;
    /** A duplicate, no such parent, a parent that is in use, a cascade too deep, a deadlock, a lock waited for too long. */
    private static final Set<Integer> REFUSALS = Set.of(1062, 1452, 1451, 1213, 1205, 3008, 6575);

    private static final List<String> SCHEMA = List.of("CREATE DATABASE tied CHARACTER SET utf8mb4",
            "CREATE TABLE tied.region (id INT PRIMARY KEY, pad VARCHAR(300))",
            "CREATE TABLE tied.shop (id INT PRIMARY KEY, region INT, pad VARCHAR(300), KEY (region),"
                    + "CONSTRAINT shop_region FOREIGN KEY (region) REFERENCES tied.region (id) ON DELETE CASCADE ON UPDATE CASCADE)",
            "CREATE TABLE tied.item (id INT, shop INT, part_of INT, pad VARCHAR(300), PRIMARY KEY (id), KEY (shop), KEY (part_of),"
                    + "CONSTRAINT item_shop FOREIGN KEY (shop) REFERENCES tied.shop (id) ON DELETE CASCADE ON UPDATE CASCADE,"
                    + "CONSTRAINT item_item FOREIGN KEY (part_of) REFERENCES tied.item (id) ON DELETE CASCADE)",
            "CREATE TABLE tied.note (id INT PRIMARY KEY, item INT, shop INT, pad VARCHAR(300), KEY (item), KEY (shop),"
                    + "CONSTRAINT note_item FOREIGN KEY (item) REFERENCES tied.item (id) ON DELETE SET NULL ON UPDATE CASCADE,"
                    + "CONSTRAINT note_shop FOREIGN KEY (shop) REFERENCES tied.shop (id) ON DELETE CASCADE ON UPDATE SET NULL)",
            "CREATE TABLE tied.tag (id INT PRIMARY KEY, region INT, pad VARCHAR(300), KEY (region),"
                    + "CONSTRAINT tag_region FOREIGN KEY (region) REFERENCES tied.region (id) ON DELETE CASCADE ON UPDATE CASCADE)",
            "CREATE TABLE tied.plain (id INT PRIMARY KEY, region INT, pad VARCHAR(300), KEY (region),"
                    + "CONSTRAINT plain_region FOREIGN KEY (region) REFERENCES tied.region (id))");
    private static final List<String> TABLES = List.of("region", "shop", "item", "note", "tag", "plain");

    @TempDir
    private Path folder;

    private final Work work = new StandaloneWork();
    private TestServer source;
    private TestServer target;
    private Path taskFile;

    @ParameterizedTest
    @ValueSource(strings = {"mysql80>mysql80", "mariadb1011>mariadb1011", "mysql97>mysql97", "mysql57>mysql57"})
    void leave_the_same_rows_on_both_sides(String servers) throws Exception {
        prepare(servers);
        try (Load load = new Load(source); RunningTask running = RunningTask.start(work, taskFile, folder.resolve("state"), false)) {
            assertThat(running.awaitState("migrating")).as("told: %s", running.events()).isTrue();
            load.await(SMALL_CHANGES);
            running.stop();
        }
        catchUp();
        new Sides(source, target).haveEqualRows("tied");
    }

    @ParameterizedTest
    @ValueSource(strings = {"mysql80>mysql80", "mariadb1011>mariadb1011"})
    void are_copied_anew_together_when_one_is_changed_or_asked_for(String servers) throws Exception {
        prepare(servers);
        try (Load load = new Load(source); RunningTask running = RunningTask.start(work, taskFile, folder.resolve("state"), false)) {
            assertThat(running.awaitState("full")).as("told: %s", running.events()).isTrue();
            source.run("ALTER TABLE tied.item MODIFY pad VARCHAR(310)");
            load.await(SMALL_CHANGES / 4);
            source.run("ALTER TABLE tied.tag DROP FOREIGN KEY tag_region, ADD CONSTRAINT tag_of FOREIGN KEY (region)"
                    + " REFERENCES tied.region (id) ON DELETE SET NULL ON UPDATE CASCADE");
            assertThat(running.awaitState("migrating")).as("told: %s", running.events()).isTrue();
            source.run("ALTER TABLE tied.region MODIFY pad VARCHAR(320)");
            load.await(SMALL_CHANGES);
            target.run("SET foreign_key_checks = 0", "DELETE FROM tied.note WHERE id > 1000", "DELETE FROM tied.shop WHERE id > 1000");
            assertThat(LocalTasks.embedded().resync(folder.resolve("state"), "tied", "tied.shop", _ -> { })).isEqualTo(ExitCode.DONE);
            load.await(SMALL_CHANGES);
            running.stop();
        }
        catchUp();
        Sides sides = new Sides(source, target);
        sides.haveEqualRows("tied");
        sides.haveEqualSchemas("tied", true);
    }

    private void catchUp() throws Exception {
        try (RunningTask rest = RunningTask.start(work, taskFile, folder.resolve("state"), true)) {
            assertThat(rest.exit()).as("told: %s", rest.events()).isEqualTo(ExitCode.DONE);
        }
    }

    private void prepare(String servers) throws Exception {
        ServerPair pair = ServerPair.parse(servers);
        source = TestServers.source(pair);
        target = TestServers.target(pair);
        source.run(SCHEMA.toArray(String[]::new));
        TABLES.forEach(table -> source.run(stillRows(table)));
        taskFile = taskFile();
    }

    /** So many that copying takes its time; nobody touches them. */
    private static String stillRows(String table) {
        String columns = switch (table) {
            case "item" -> "(id,pad,shop,part_of)";
            case "note" -> "(id,pad,item,shop)";
            case "region" -> "(id,pad)";
            default -> "(id,pad," + (table.equals("shop") || table.equals("tag") || table.equals("plain") ? "region" : "") + ")";
        };
        String rest = columns.replaceAll("[^,]", "").substring(1).replace(",", ",NULL");
        return IntStream.range(0, STILL_ROWS).mapToObj(i -> "(" + (1_000 + i) + ",'" + "p".repeat(200) + "'" + rest + ")")
                .collect(Collectors.joining(",", "INSERT INTO tied." + table + " " + columns + " VALUES ", ""));
    }

    private Path taskFile() throws Exception {
        String side = "{engine: mysql, host: 127.0.0.1, port: %d, username: root, password: \"%s\"}\n";
        return Files.writeString(folder.resolve("task.yaml"), "name: tied\ntype: migration\nsource: "
                + side.formatted(source.port(), source.server().password()) + "target: "
                + side.formatted(target.port(), target.server().password()) + "objects: [{database: tied}]\n");
    }

    /** Writes rows of few keys, so that the same ones come and go often. */
    private static final class Load implements AutoCloseable {

        private final AtomicInteger done = new AtomicInteger();
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicReference<Throwable> failure = new AtomicReference<>();
        private final List<Thread> threads;

        private Load(TestServer server) {
            threads = IntStream.range(0, 2).mapToObj(seed -> Thread.ofPlatform().start(() -> {
                try (MySqlConnection connection = server.open()) {
                    Random random = new Random(seed);
                    while (!over.get()) {
                        run(connection, change(random));
                        done.incrementAndGet();
                        LockSupport.parkNanos(PAUSE_NANOS);
                    }
                } catch (RuntimeException e) {
                    failure.set(e);
                }
            })).toList();
        }

        private static void run(MySqlConnection connection, String change) {
            try {
                connection.execute(change);
            } catch (MySqlServerError refused) {
                if (!REFUSALS.contains(refused.errno())) {
                    throw refused;
                }
            }
        }

        private static String change(Random random) {
            String table = TABLES.get(random.nextInt(TABLES.size()));
            int id = key(random);
            return switch (random.nextInt(10)) {
                case 0, 1 -> "DELETE FROM tied." + table + " WHERE id = " + id;
                case 2 -> "UPDATE tied." + table + " SET id = " + key(random) + " WHERE id = " + id;
                case 3, 4, 5 -> "UPDATE tied." + table + " SET pad = '" + random.nextInt() + "' WHERE id = " + id;
                default -> insert(table, id, random);
            };
        }

        private static String insert(String table, int id, Random random) {
            String other = random.nextInt(4) == 0 ? "NULL" : Integer.toString(key(random));
            return "INSERT INTO tied." + table + switch (table) {
                case "region" -> " VALUES (" + id + ",'r')";
                case "item" -> " VALUES (" + id + "," + key(random) + "," + other + ",'i') ON DUPLICATE KEY UPDATE part_of = " + other;
                case "note" -> " VALUES (" + id + "," + other + "," + key(random) + ",'n') ON DUPLICATE KEY UPDATE item = " + other;
                default -> " VALUES (" + id + "," + key(random) + ",'s') ON DUPLICATE KEY UPDATE region = " + key(random);
            };
        }

        private static int key(Random random) {
            return 1 + random.nextInt(KEYS);
        }

        private void await(int more) {
            int goal = done.get() + more;
            long limit = System.nanoTime() + LIMIT_NANOS;
            while (done.get() < goal) {
                assertThat(failure.get()).isNull();
                assertThat(System.nanoTime()).as("the load stands still at " + done).isLessThan(limit);
                LockSupport.parkNanos(PAUSE_NANOS);
            }
        }

        @Override
        public void close() throws InterruptedException {
            over.set(true);
            for (Thread thread : threads) {
                thread.join(LIMIT_NANOS / 1_000_000);
            }
            assertThat(failure.get()).isNull();
        }
    }
}
