package io.opendts.standalone.system;

import static io.opendts.testkit.ServerVersion.MARIADB_10_11;
import static io.opendts.testkit.ServerVersion.MYSQL_8_0;
import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.functions.apply.ApplyLoop;
import io.opendts.functions.reader.ReaderFunction;
import io.opendts.model.Checkpoint;
import io.opendts.model.DtsException;
import io.opendts.model.Position;
import io.opendts.spec.Environment;
import io.opendts.spec.TaskFile;
import io.opendts.spi.Applier;
import io.opendts.spi.Target;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.run.StandaloneWork;
import io.opendts.state.EmbeddedStateStore;
import io.opendts.state.StateStore;
import io.opendts.task.Facts;
import io.opendts.task.Resync;
import io.opendts.task.ResyncRequest;
import io.opendts.task.TaskContext;
import io.opendts.task.TaskContexts;
import io.opendts.testkit.ServerPair;
import io.opendts.testkit.WriteLoad;
import io.opendts.testkit.WriteLoadOptions;
import io.opendts.testkit.junit.OnPairs;
import io.opendts.testkit.junit.OnPairs.Pair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables change all the time while people write to them, three partitions apply the changes, tables are copied anew, by request and
 * for what the log does not tell, and sessions of any of them on the target end at random moments, within statements too: in the end
 * rows and definitions are equal. {@code -Ddts.kills=100 -Ddts.seed=N} for more.
 */
class PartitionsTest {

    private static final int PARTITIONS = 3;
    private static final int NUMBERS_PER_COPY = 1_000_000;
    private static final int KILLS = Integer.getInteger("dts.kills", 12);
    private static final long SEED = Long.getLong("dts.seed", 20_261_130L);
    private static final long PAUSE_MILLIS = 150;
    private static final int LIFE_MILLIS_RANGE = 1_200;
    private static final long CATCH_UP_SECONDS_MAX = 120;
    /** By key over all partitions, as a whole in one for its other unique key, and without a key. */
    private static final List<String> COPIED_ANEW = List.of("load.sbtest1", "load.account", "load.journal");

    @TempDir
    private Path folder;

    private final List<Thread> threads = new ArrayList<>();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private volatile boolean closing;

    @OnPairs({@Pair(source = MYSQL_8_0, target = MYSQL_8_0), @Pair(source = MARIADB_10_11, target = MARIADB_10_11)})
    void meet_at_each_change_which_is_made_once(ServerPair pair) throws Exception {
        WriteLoadOptions options = WriteLoadOptions.defaults("load").withTables(2, 2_000).withRate(60, 2).withSeed(SEED);
        WriteLoad.prepare(pair.source(), options);
        TestServer source = new TestServer("source", pair.source());
        TestServer target = new TestServer("target", pair.target());
        source.run("CREATE TABLE load.silent (id INT PRIMARY KEY)", "INSERT INTO load.silent VALUES (1), (2)");
        Path file = LoadTask.write(folder, pair);
        Files.writeString(file, "consistency: relaxed\nparallelism: {apply: " + PARTITIONS + "}\n", StandardOpenOption.APPEND);
        try (RunningTask copy = RunningTask.start(new StandaloneWork(), file, folder.resolve("state"), true)) {
            assertThat(copy.exit()).as("told: %s", copy.events()).isEqualTo(ExitCode.DONE);
        }
        int changes;
        int copies;
        int kills = 0;
        TaskFile.Result.Valid valid = (TaskFile.Result.Valid) TaskFile.read(file, Environment.of(Map.of()));
        try (StateStore store = EmbeddedStateStore.open(folder.resolve("state"));
                TaskContext task = TaskContexts.open(valid.spec(), store, _ -> { });
                PartitionedChanges logs = new PartitionedChanges(folder, task, PARTITIONS)) {
            divide(task);
            try (ReaderFunction reader = new ReaderFunction(task, logs, 1_000)) {
                begin("reader", reader::run);
                for (int partition = 0; partition < PARTITIONS; partition++) {
                    Target own = task.targets().apply(partition);
                    ApplyLoop loop = new ApplyLoop(task, own, partition, logs.of(partition), _ -> { });
                    begin("apply-" + partition, () -> loop.run(() -> closing));
                }
                try (WriteLoad load = WriteLoad.start(pair.source(), options);
                        SchemaChanger changer = SchemaChanger.start(source, "load", SEED, PAUSE_MILLIS)) {
                    Random random = new Random(SEED);
                    while (kills < KILLS || changer.statements() < KILLS) {
                        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LIFE_MILLIS_RANGE)));
                        kills += endOne(target, random);
                        ResyncRequest.record(store, task.name(), COPIED_ANEW.get(random.nextInt(COPIED_ANEW.size())));
                        assertThat(failures).isEmpty();
                    }
                    source.run("SET sql_log_bin = 0", "ALTER TABLE load.silent ADD COLUMN v INT DEFAULT 5", "SET sql_log_bin = 1",
                            "INSERT INTO load.silent VALUES (3, 3)");
                    changes = changer.statements();
                    source.run("CREATE TABLE load.emptied (id INT PRIMARY KEY)", "INSERT INTO load.emptied VALUES (1), (2), (3), (4), (5)",
                            "TRUNCATE TABLE load.emptied", "INSERT INTO load.emptied VALUES (2), (6), (7)");
                    load.stop();
                }
                catchUp(task);
                copies = store.progress().get(task.name(), "resync.next-number").map(Integer::parseInt).orElse(0) / NUMBERS_PER_COPY;
            } finally {
                closing = true;
                threads.forEach(Thread::interrupt);
                for (Thread thread : threads) {
                    thread.join();
                }
            }
        }
        System.out.println(kills + " sessions ended, " + changes + " changes and " + copies + " copies with -Ddts.seed=" + SEED);
        Sides sides = new Sides(source, target);
        sides.haveEqualRows("load");
        sides.haveEqualSchemas("load", true);
        assertThat(copies).as("tables copied anew").isGreaterThan(COPIED_ANEW.size());
    }

    /** All of them begin where the one partition of the embedded mode has stopped. */
    private static void divide(TaskContext task) {
        Facts.of(task).partitions(PARTITIONS);
        Checkpoint reached = task.target().checkpoint().orElseThrow();
        for (int partition = 1; partition < PARTITIONS; partition++) {
            try (Target own = task.targets().apply(partition); Applier applier = own.applier()) {
                applier.commit(reached);
            }
        }
    }

    private interface Work {
        void run() throws InterruptedException;
    }

    private void begin(String name, Work work) {
        threads.add(Thread.ofPlatform().name(name).daemon(true).start(() -> {
            try {
                work.run();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException | Error failure) {
                if (!closing) {
                    failures.add(failure);
                }
            }
        }));
    }

    private static int endOne(TestServer target, Random random) {
        List<List<String>> sessions = target.rows("SELECT ID FROM information_schema.PROCESSLIST WHERE ID <> CONNECTION_ID()"
                + " AND COMMAND IN ('Query', 'Sleep')");
        if (sessions.isEmpty()) {
            return 0;
        }
        try {
            target.run("KILL " + sessions.get(random.nextInt(sessions.size())).getFirst());
            return 1;
        } catch (RuntimeException gone) {
            return 0;
        }
    }

    private void catchUp(TaskContext task) {
        Position goal = task.source().position();
        long begin = System.nanoTime();
        while (!caughtUp(task, goal)) {
            assertThat(failures).isEmpty();
            assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin)).as("seconds until all have caught up")
                    .isLessThan(CATCH_UP_SECONDS_MAX);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    private static boolean caughtUp(TaskContext task, Position goal) {
        try {
            return Resync.settled(task.store().progress(), task.name()) && task.checkpoints().stream().map(Optional::orElseThrow)
                    .allMatch(checkpoint -> task.logOrder().reached(checkpoint.position(), goal));
        } catch (DtsException ended) {
            return false;
        }
    }
}
