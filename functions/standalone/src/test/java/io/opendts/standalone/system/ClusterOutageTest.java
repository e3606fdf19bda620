package io.opendts.standalone.system;

import static io.opendts.testkit.ServerVersion.MYSQL_8_0;
import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.standalone.cluster.TestCluster;
import io.opendts.state.StateStore;
import io.opendts.testkit.ServerPair;
import io.opendts.testkit.WriteLoadOptions;
import io.opendts.testkit.junit.OnPairs;
import io.opendts.testkit.junit.OnPairs.Pair;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka or the state store is away for half a minute, hanging or dead, while one task is copied and another one synchronizes: the
 * processes wait and say so, go on by themselves, and nothing is lost.
 */
@EnabledIfSystemProperty(named = "dts.chaos", matches = "true", disabledReason = "takes minutes")
@Deployed
class ClusterOutageTest {

    private static final String STORE = System.getProperty("dts.store", "mysql");
    private static final int AWAY_SECONDS = 30;
    /** A question that hangs is given up after ten seconds. */
    private static final long TOLD_SECONDS_MAX = 25;
    private static final long AGAIN_SECONDS_MAX = 60;

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

    private interface Step {
        void run() throws Exception;
    }

    @OnPairs(@Pair(source = MYSQL_8_0, target = MYSQL_8_0))
    void kafka_hangs(ServerPair pair) throws Exception {
        outage(pair, "out1", "DTS-5103", () -> cluster.signal("kafka", "STOP"), () -> cluster.signal("kafka", "CONT"));
    }

    @OnPairs(@Pair(source = MYSQL_8_0, target = MYSQL_8_0))
    void kafka_is_dead(ServerPair pair) throws Exception {
        outage(pair, "out2", "DTS-5103", () -> cluster.kill("kafka"), cluster::startWhatIsDead);
    }

    @OnPairs(@Pair(source = MYSQL_8_0, target = MYSQL_8_0))
    void the_state_store_hangs(ServerPair pair) throws Exception {
        outage(pair, "out3", "DTS-5004", () -> cluster.signal("state-store", "STOP"), () -> cluster.signal("state-store", "CONT"));
    }

    @OnPairs(@Pair(source = MYSQL_8_0, target = MYSQL_8_0))
    void the_state_store_is_dead(ServerPair pair) throws Exception {
        outage(pair, "out4", "DTS-5004", () -> cluster.kill("state-store"), cluster::startWhatIsDead);
    }

    private static void outage(ServerPair pair, String name, String code, Step begin, Step end) throws Exception {
        List<String> functions = cluster.ids().stream().filter(id -> !id.equals("kafka") && !id.equals("state-store")).toList();
        try (ClusterTask running = start(pair, name + "a")) {
            running.awaitIncremental();
            try (ClusterTask copied = start(pair, name + "b")) {
                long begun = System.nanoTime();
                begin.run();
                try {
                    for (String id : functions) {
                        ClusterTask.await(id + " says " + code, TOLD_SECONDS_MAX,
                                () -> Readiness.of(cluster.url(id)).text().contains(code));
                    }
                    LockSupport.parkNanos(TimeUnit.SECONDS.toNanos(AWAY_SECONDS) - (System.nanoTime() - begun));
                } finally {
                    end.run();
                }
                for (String id : functions) {
                    assertThat(cluster.isAlive(id)).as("%s waits and does not end", id).isTrue();
                    ClusterTask.await(id + " is ready", AGAIN_SECONDS_MAX, () -> Readiness.of(cluster.url(id)).ready());
                }
                copied.provesEqual();
            }
            running.provesEqual();
        }
        assertThat(DeadLetters.all(cluster.kafka())).as("dead letters").isEmpty();
    }

    private static ClusterTask start(ServerPair pair, String name) throws Exception {
        return ClusterTask.start(cluster, store, pair, folder, WriteLoadOptions.defaults(name).withTables(2, 30_000).withRate(50, 2));
    }
}
