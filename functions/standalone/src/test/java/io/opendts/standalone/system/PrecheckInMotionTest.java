package io.opendts.standalone.system;

import static io.opendts.testkit.ServerVersion.MARIADB_10_11;
import static io.opendts.testkit.ServerVersion.MYSQL_8_0;
import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.event.Event;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Interruption;
import io.opendts.standalone.Work;
import io.opendts.standalone.run.StandaloneWork;
import io.opendts.testkit.ServerPair;
import io.opendts.testkit.WriteLoad;
import io.opendts.testkit.WriteLoadOptions;
import io.opendts.testkit.junit.OnPairs;
import io.opendts.testkit.junit.OnPairs.Pair;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** People change tables, views and routines while a task is checked: what is half seen is no reason to refuse it. */
class PrecheckInMotionTest {

    private static final long SEED = 20_261_201L;
    private static final long PAUSE_MILLIS = 20;
    private static final int CHECKS = Integer.getInteger("dts.checks", 12);

    @TempDir
    private Path folder;

    @OnPairs({@Pair(source = MYSQL_8_0, target = MYSQL_8_0), @Pair(source = MARIADB_10_11, target = MARIADB_10_11)})
    void passes_while_the_schema_changes(ServerPair pair) throws Exception {
        WriteLoadOptions options = WriteLoadOptions.defaults("load").withTables(2, 100).withRate(20, 2).withSeed(SEED);
        WriteLoad.prepare(pair.source(), options);
        Path file = LoadTask.write(folder, pair);
        TestServer source = new TestServer("source", pair.source());
        try (SchemaChanger changer = SchemaChanger.start(source, "load", SEED, PAUSE_MILLIS)) {
            for (int i = 0; i < CHECKS; i++) {
                List<Event> told = new ArrayList<>();
                ExitCode code = new StandaloneWork().precheck(new Work.PrecheckRequest(file, folder.resolve("state")), told::add,
                        new Interruption());
                assertThat(code).as("check %d after %d changes: %s", i, changer.statements(), told.stream()
                        .filter(event -> event.toString().contains("FAILED")).toList()).isEqualTo(ExitCode.DONE);
            }
        }
    }
}
