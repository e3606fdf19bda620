package io.opendts.standalone.system;

import static io.opendts.testkit.ServerVersion.MYSQL_8_0;
import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.DtsException;
import io.opendts.model.Stage;
import io.opendts.model.TaskState;
import io.opendts.standalone.cluster.TestCluster;
import io.opendts.state.StateStore;
import io.opendts.testkit.ServerPair;
import io.opendts.testkit.WriteLoadOptions;
import io.opendts.testkit.junit.OnPairs;
import io.opendts.testkit.junit.OnPairs.Pair;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.io.TempDir;

/**
 * Any process of a cluster, Kafka and the state store among them, is killed with -9 at random moments while tasks go through all of
 * their stages under load, and is started again. Nothing is lost or doubled, and no task fails.
 * {@code -Ddts.kills=100 -Ddts.seed=N -Ddts.store=postgresql} for more of it.
 */
@Deployed
class ClusterKillTest {

    private static final int KILLS = Integer.getInteger("dts.kills", 3);
    private static final long SEED = Long.getLong("dts.seed", 20_261_121L);
    private static final String STORE = System.getProperty("dts.store", "mysql");
    private static final int EACH = 2;
    private static final int FEW = 20;
    private static final int ROWS = KILLS > FEW ? 100_000 : 30_000;

    /** After so many kills of a task in its last stage another one is begun, so that the early stages get their share. */
    private static final int LAST_STAGE_KILLS = 12;

    private static final int LIFE_MILLIS_RANGE = 2_000;
    private static final int DEATH_MILLIS_RANGE = 2_000;
    private static final double SECOND_DEATH = 0.75;

    @TempDir
    private Path folder;

    private final Random random = new Random(SEED);
    private final Map<String, Integer> byProcess = new TreeMap<>();
    private final Map<String, Integer> byStage = new TreeMap<>();
    private TestCluster cluster;
    private StateStore store;
    private String stage = "none";
    private int kills;

    @OnPairs(@Pair(source = MYSQL_8_0, target = MYSQL_8_0))
    void nothing_is_lost_or_doubled(ServerPair pair) throws Exception {
        Assumptions.assumeTrue(TestCluster.isBuilt(), "the functions have not been built");
        System.out.println(KILLS + " kills with -Ddts.seed=" + SEED + " -Ddts.store=" + STORE);
        long begin = System.nanoTime();
        try (TestCluster started = TestCluster.up(folder.resolve("cluster"), STORE, EACH); StateStore opened = started.stateStore()) {
            cluster = started;
            store = opened;
            for (int round = 1; kills < KILLS; round++) {
                round(pair, WriteLoadOptions.defaults("load" + round).withTables(2, ROWS).withRate(100, 3).withSeed(SEED + round));
            }
            assertThat(DeadLetters.all(cluster.kafka())).as("dead letters").isEmpty();
        } finally {
            System.out.println(kills + " kills in " + TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin) + " s; by stage "
                    + byStage + ", by process " + byProcess);
        }
    }

    private void round(ServerPair pair, WriteLoadOptions options) throws Exception {
        try (ClusterTask task = ClusterTask.start(cluster, store, pair, folder, options)) {
            long chunksDone = 0;
            int lastStage = 0;
            while (kills < KILLS && lastStage < LAST_STAGE_KILLS) {
                pause(LIFE_MILLIS_RANGE);
                lastStage += kill(task);
                while (kills < KILLS && !alive().isEmpty() && random.nextDouble() < SECOND_DEATH) {
                    pause(DEATH_MILLIS_RANGE);
                    lastStage += kill(task);
                }
                pause(DEATH_MILLIS_RANGE);
                cluster.startWhatIsDead();
                long now = task.chunksDone();
                assertThat(now).as("chunks done after kill %d: the copy goes on, it does not start over", kills)
                        .isGreaterThanOrEqualTo(chunksDone);
                chunksDone = now;
                assertThat(task.state()).as("state after kill %d", kills).isNotInstanceOf(TaskState.Failed.class);
            }
            task.provesEqual();
        }
    }

    /** One that is dead already stays so: that was its kill. */
    private int kill(ClusterTask task) {
        List<String> ids = alive();
        String id = ids.get(random.nextInt(ids.size()));
        String last = stage(task);
        cluster.kill(id);
        kills++;
        System.out.println("kill " + kills + ": " + id + " of " + task.name() + " in " + last);
        byProcess.merge(id, 1, Integer::sum);
        byStage.merge(last, 1, Integer::sum);
        return last.equals(Stage.INCREMENTAL.name()) ? 1 : 0;
    }

    private List<String> alive() {
        return cluster.ids().stream().filter(cluster::isAlive).toList();
    }

    /** As last seen where the state store is away. */
    private String stage(ClusterTask task) {
        try {
            if (cluster.isAlive("state-store")) {
                stage = task.state() instanceof TaskState.Running(Stage now) ? now.name() : task.state().getClass().getSimpleName();
            }
        } catch (DtsException starting) {
            stage = stage.endsWith("?") ? stage : stage + "?";
        }
        return stage;
    }

    private void pause(int rangeMillis) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(rangeMillis)));
    }
}
