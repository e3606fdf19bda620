package io.opendts.standalone.system;

import io.opendts.standalone.system.ScenarioRun.Case;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scenario folders with each function in processes of its own and the state store on PostgreSQL. */
class ClusterOnPostgresTest {

    /** Rows of 33 MB one after another: 256 MiB of heap were not always enough for the apply process (issue 4 is open for it). */
    private static final String TOO_LARGE_AT_TIMES = "large-values";

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
        boolean chosen = !System.getProperty("dts.scenario", "").isEmpty();
        return ScenarioRun.oneOfEach().filter(one -> chosen || !one.scenario().name().equals(TOO_LARGE_AT_TIMES));
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
