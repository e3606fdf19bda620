package io.opendts.standalone.system;

import static io.opendts.testkit.ServerVersion.MYSQL_8_0;
import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.standalone.cluster.TestCluster;
import io.opendts.state.StateStore;
import io.opendts.testkit.ServerPair;
import io.opendts.testkit.WriteLoadOptions;
import io.opendts.testkit.junit.OnPairs;
import io.opendts.testkit.junit.OnPairs.Pair;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Processes that are stopped (SIGSTOP) until another one has taken over, and then go on believing that the work is theirs: nothing is
 * doubled, nothing is lost, and they give way.
 */
@EnabledIfSystemProperty(named = "dts.chaos", matches = "true", disabledReason = "takes minutes")
@Deployed
class ClusterZombieTest {

    private static final int DEADLOCK = 1213;
    private static final String STORE = System.getProperty("dts.store", "mysql");
    private static final long TAKE_OVER_SECONDS_MAX = 10;
    private static final long GIVE_WAY_SECONDS_MAX = 20;
    /** INNODB_TRX is a copy that is not made anew while somebody reads it ten times a second. */
    private static final String ROW_LOCK_WAITS =
            "SELECT `COUNT` FROM information_schema.INNODB_METRICS WHERE NAME = 'lock_row_lock_current_waits'";
    /** A server ends a session in the middle of a chunk after a minute of silence; whoever waits for its locks looks each 50 s. */
    private static final long CHUNK_SECONDS_MAX = 240;
    private static final long TOGETHER_MILLIS = 3_000;
    private static final int TRIES_MAX = 10;
    /** Enough of them, where chunks are stopped, to meet one. */
    private static final int ROWS = Boolean.getBoolean("dts.chaos") ? 100_000 : 20_000;

    @TempDir
    private static Path folder;

    private static TestCluster cluster;
    private static StateStore store;

    @BeforeAll
    static void aCluster() {
        Assumptions.assumeTrue(TestCluster.isBuilt(), "the functions have not been built");
        cluster = TestCluster.up(folder.resolve("cluster"), STORE, 2);
        store = cluster.stateStore();
    }

    @AfterAll
    static void noClusterIsLeft() {
        if (cluster != null) {
            store.close();
            cluster.close();
        }
    }

    @OnPairs(@Pair(source = MYSQL_8_0, target = MYSQL_8_0))
    void a_stopped_reader_gives_way(ServerPair pair) throws Exception {
        try (ClusterTask task = start(pair, "zombie1")) {
            task.awaitIncremental();
            takesTurns(task, task.name());
            task.provesEqual();
        }
        assertNoDeadLetters();
    }

    @OnPairs(@Pair(source = MYSQL_8_0, target = MYSQL_8_0))
    void a_stopped_apply_process_gives_way(ServerPair pair) throws Exception {
        try (ClusterTask task = start(pair, "zombie2")) {
            task.awaitIncremental();
            takesTurns(task, task.name() + ":apply");
            task.provesEqual();
        }
        assertNoDeadLetters();
    }

    /** Each of the two is stopped once, so each shows that it can take the work again. */
    private static void takesTurns(ClusterTask task, String lease) throws Exception {
        for (int turn = 0; turn < 2; turn++) {
            ClusterTask.await("somebody has " + lease, TAKE_OVER_SECONDS_MAX, () -> task.holder(lease).isPresent());
            String old = task.holder(lease).orElseThrow();
            int from = ClusterTask.log(cluster, old, 0).length();
            cluster.signal(old, "STOP");
            try {
                takenOver(task, lease, old);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TOGETHER_MILLIS));
            } finally {
                cluster.signal(old, "CONT");
            }
            givesWay(old, from);
            ClusterTask.await(old + " is ready", GIVE_WAY_SECONDS_MAX, () -> Readiness.of(cluster.url(old)).ready());
        }
    }

    private static void takenOver(ClusterTask task, String lease, String old) {
        long millis = ClusterTask.await("another process than " + old + " has " + lease, TAKE_OVER_SECONDS_MAX,
                () -> task.holder(lease).filter(now -> !now.equals(old)).isPresent());
        System.out.println(lease + " was taken over from " + old + " within " + millis + " ms");
    }

    /** Whichever it notices first: its lease in other hands, its queue or target, or that its own question was open for too long. */
    private static void givesWay(String old, int from) {
        ClusterTask.await(old + " says that it gives way", GIVE_WAY_SECONDS_MAX, () -> {
            String log = ClusterTask.log(cluster, old, from);
            return log.contains("another process has taken over") || log.contains("gives way") || log.contains("giving up");
        });
    }

    @OnPairs(@Pair(source = MYSQL_8_0, target = MYSQL_8_0))
    void an_apply_process_that_is_stopped_in_a_transaction_blocks_nobody(ServerPair pair) throws Exception {
        try (ClusterTask task = start(pair, "zombie3"); MySqlConnection user = new TestServer("target", pair.target()).open()) {
            task.awaitIncremental();
            TestServer target = new TestServer("target", pair.target());
            ClusterTask.await("changes are applied", GIVE_WAY_SECONDS_MAX, () -> sequence(target, task) > 0);
            ClusterTask.await("a user has locked the rows", GIVE_WAY_SECONDS_MAX, () -> lockRows(user));
            ClusterTask.await("apply waits for a row in a transaction", GIVE_WAY_SECONDS_MAX,
                    () -> !target.one(ROW_LOCK_WAITS).equals("0"));
            String old = task.holder("zombie3:apply").orElseThrow();
            int from = ClusterTask.log(cluster, old, 0).length();
            cluster.signal(old, "STOP");
            try {
                user.execute("ROLLBACK");
                long before = sequence(target, task);
                takenOver(task, "zombie3:apply", old);
                long millis = ClusterTask.await("apply goes on", GIVE_WAY_SECONDS_MAX, () -> sequence(target, task) > before);
                System.out.println("zombie3 was applied again " + millis + " ms after it was taken over");
            } finally {
                cluster.signal(old, "CONT");
            }
            givesWay(old, from);
            task.provesEqual();
        }
        assertNoDeadLetters();
    }

    /** False for the victim of a deadlock. */
    private static boolean lockRows(MySqlConnection user) {
        try {
            user.execute("BEGIN");
            user.query("SELECT COUNT(*) FROM zombie3.sbtest1 FOR UPDATE");
            return true;
        } catch (MySqlServerError e) {
            if (e.errno() != DEADLOCK) {
                throw e;
            }
            return false;
        }
    }

    private static long sequence(TestServer target, ClusterTask task) {
        String found = target.one("SELECT `sequence` FROM _dts.progress WHERE task = " + TestServer.literal(task.name()));
        return found.isEmpty() ? 0 : Long.parseLong(found);
    }

    @OnPairs(@Pair(source = MYSQL_8_0, target = MYSQL_8_0))
    void a_snapshot_worker_that_is_stopped_in_a_chunk_blocks_nobody(ServerPair pair) throws Exception {
        try (ClusterTask task = start(pair, "zombie4")) {
            TestServer target = new TestServer("target", pair.target());
            boolean inside = false;
            for (int i = 0; i < TRIES_MAX && !inside; i++) {
                ClusterTask.await("a chunk is being loaded", GIVE_WAY_SECONDS_MAX, () -> !loading(target).isEmpty());
                cluster.signal("snapshot-1", "STOP");
                Set<String> before = loading(target);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TOGETHER_MILLIS));
                inside = loading(target).stream().anyMatch(before::contains);
                if (!inside) {
                    cluster.signal("snapshot-1", "CONT");
                }
            }
            System.out.println("snapshot-1 was stopped in the middle of a chunk: " + inside);
            long millis = ClusterTask.await("all chunks are copied", CHUNK_SECONDS_MAX, task::isIncremental);
            System.out.println("zombie4 was copied " + millis + " ms later");
            cluster.signal("snapshot-1", "CONT");
            task.provesEqual();
        } finally {
            cluster.signal("snapshot-1", "CONT");
        }
        ClusterTask.await("snapshot-1 is ready", GIVE_WAY_SECONDS_MAX, () -> Readiness.of(cluster.url("snapshot-1")).ready());
        assertNoDeadLetters();
    }

    /** Ids of sessions. */
    private static Set<String> loading(TestServer target) {
        return target.rows("SELECT ID FROM information_schema.PROCESSLIST WHERE INFO LIKE 'LOAD DATA%'").stream().map(List::getFirst)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @OnPairs(@Pair(source = MYSQL_8_0, target = MYSQL_8_0))
    void a_control_process_that_is_stopped_is_replaced(ServerPair pair) throws Exception {
        try (ClusterTask task = start(pair, "zombie5")) {
            String old = task.holder("*sweep").orElseThrow();
            cluster.signal(old, "STOP");
            try {
                takenOver(task, "*sweep", old);
                task.awaitIncremental();
            } finally {
                cluster.signal(old, "CONT");
            }
            ClusterTask.await(old + " is ready", GIVE_WAY_SECONDS_MAX, () -> Readiness.of(cluster.url(old)).ready());
            takesOverTheSweep(task);
            task.provesEqual();
        }
        assertNoDeadLetters();
    }

    private static void takesOverTheSweep(ClusterTask task) throws Exception {
        String other = task.holder("*sweep").orElseThrow();
        cluster.signal(other, "STOP");
        try {
            takenOver(task, "*sweep", other);
        } finally {
            cluster.signal(other, "CONT");
        }
        ClusterTask.await(other + " is ready", GIVE_WAY_SECONDS_MAX, () -> Readiness.of(cluster.url(other)).ready());
    }

    private static ClusterTask start(ServerPair pair, String name) throws Exception {
        return ClusterTask.start(cluster, store, pair, folder, WriteLoadOptions.defaults(name).withTables(2, ROWS).withRate(100, 3));
    }

    private static void assertNoDeadLetters() {
        assertThat(DeadLetters.all(cluster.kafka())).as("dead letters").isEmpty();
    }
}
