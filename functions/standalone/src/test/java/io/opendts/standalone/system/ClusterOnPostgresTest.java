package io.opendts.standalone.system;

import io.opendts.standalone.system.ScenarioRun.Case;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The scenarios that say most about a state store, with that on PostgreSQL; -Ddts.scenario=.* for the others too. */
class ClusterOnPostgresTest {

    private static final Set<String> TELLING = Set.of("basic-types", "ddl-fails", "keyless-table", "views-routines-triggers-events");

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
        return ScenarioRun.oneOfEach().filter(one -> chosen || TELLING.contains(one.scenario().name()));
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
