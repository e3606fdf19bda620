package io.opendts.standalone.system;

import io.opendts.standalone.system.ScenarioRun.Case;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Another quarter of the scenario folders (-Ddts.scenarios=all: all of them) with each function in processes of its own and the state
 * store on PostgreSQL.
 */
@EnabledIfSystemProperty(named = "dts.store", matches = "postgresql", disabledReason = "takes minutes")
@Deployed
class ClusterOnPostgresTest {

    @TempDir
    private static Path clusterFolder;

    private static TaskCluster cluster;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startCluster() {
        cluster = TaskCluster.up(clusterFolder, "postgresql");
    }

    @AfterAll
    static void endCluster() {
        if (cluster != null) {
            cluster.close();
        }
    }

    static Stream<Case> cases() {
        return ScenarioRun.share(1);
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
}
