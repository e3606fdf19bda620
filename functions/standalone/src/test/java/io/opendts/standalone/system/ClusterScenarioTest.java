package io.opendts.standalone.system;

import static io.opendts.testkit.ServerVersion.MARIADB_10_11;
import static io.opendts.testkit.ServerVersion.MYSQL_8_0;

import io.opendts.standalone.system.ScenarioRun.Case;
import io.opendts.testkit.ServerPair;
import io.opendts.testkit.junit.OnPairs;
import io.opendts.testkit.junit.OnPairs.Pair;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A quarter of the scenario folders (-Ddts.scenarios=all: all of them), and writes going on, with each function in processes of its
 * own and the state store on MySQL.
 */
@Deployed
class ClusterScenarioTest {

    @TempDir
    private static Path clusterFolder;

    private static TaskCluster cluster;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startCluster() {
        cluster = TaskCluster.up(clusterFolder, "mysql");
    }

    @AfterAll
    static void endCluster() {
        if (cluster != null) {
            cluster.close();
        }
    }

    static Stream<Case> cases() {
        return ScenarioRun.share(0);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void endsAsExpected(Case one) throws Exception {
        cluster.forget(one.scenario().name());
        try {
            new ScenarioRun(one, cluster.work(), folder, cluster.logs()).endsAsExpected();
        } finally {
            cluster.forget(one.scenario().name());
        }
    }

    @OnPairs({@Pair(source = MYSQL_8_0, target = MYSQL_8_0), @Pair(source = MARIADB_10_11, target = MARIADB_10_11)})
    void bothSidesAreEqualAfterWritesDuringEveryStage(ServerPair pair) throws Exception {
        cluster.forget(LoadTask.NAME);
        try {
            LiveLoad.isCarriedOver(pair, cluster.work(), folder);
        } finally {
            cluster.forget(LoadTask.NAME);
        }
    }
}
