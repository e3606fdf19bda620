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
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Every request and every completion comes again and again, late and in any order: still each is done once. */
@EnabledIfSystemProperty(named = "dts.chaos", matches = "true", disabledReason = "takes minutes")
@Deployed
class ClusterRedeliveryTest {

    private static final long SEED = Long.getLong("dts.seed", 20_261_121L);
    private static final String STORE = System.getProperty("dts.store", "mysql");

    @TempDir
    private Path folder;

    @OnPairs(@Pair(source = MYSQL_8_0, target = MYSQL_8_0))
    void copies_change_nothing(ServerPair pair) throws Exception {
        Assumptions.assumeTrue(TestCluster.isBuilt(), "the functions have not been built");
        System.out.println("-Ddts.seed=" + SEED);
        try (TestCluster cluster = TestCluster.up(folder.resolve("cluster"), STORE, 2); StateStore store = cluster.stateStore();
                Copier copier = Copier.start(cluster.kafka(), SEED);
                ClusterTask task = ClusterTask.start(cluster, store, pair, folder,
                        WriteLoadOptions.defaults("copies").withTables(3, 10_000).withRate(100, 3))) {
            task.awaitIncremental();
            copier.everythingAgain();
            task.provesEqual();
            long done = task.chunksDone();
            copier.everythingAgain();
            task.provesEqual();
            assertThat(task.chunksDone()).as("chunks done").isEqualTo(done);
            assertThat(copier.copies()).as("copies of messages").isGreaterThan(20);
            System.out.println(copier.copies() + " copies of messages");
            assertThat(DeadLetters.all(cluster.kafka())).as("dead letters").isEmpty();
        }
    }
}
