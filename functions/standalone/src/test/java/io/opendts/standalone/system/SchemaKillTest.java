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
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

/**
 * Tables change all the time while people write to them, and the process that follows is killed with -9 at random moments: in the
 * end rows and definitions are equal. {@code -Ddts.kills=50 -Ddts.seed=N} for more of it.
 */
class SchemaKillTest {

    private static final int KILLS = Integer.getInteger("dts.kills", 4);
    private static final long SEED = Long.getLong("dts.seed", 20_261_122L);
    private static final long LIFE_MILLIS_MIN = 1_500;
    private static final int LIFE_MILLIS_RANGE = 3_000;
    private static final long PAUSE_MILLIS = 120;

    @TempDir
    private Path folder;

    @OnPairs({@Pair(source = MYSQL_8_0, target = MYSQL_8_0), @Pair(source = MARIADB_10_11, target = MARIADB_10_11)})
    void each_change_is_made_once(ServerPair pair) throws Exception {
        WriteLoadOptions options = WriteLoadOptions.defaults("load").withTables(2, 2_000).withRate(60, 2).withSeed(SEED);
        WriteLoad.prepare(pair.source(), options);
        Path taskFile = LoadTask.write(folder, pair);
        TestServer source = new TestServer("source", pair.source());
        Random random = new Random(SEED);
        int changes;
        try (WriteLoad load = WriteLoad.start(pair.source(), options)) {
            try (RunningTask copy = RunningTask.start(new StandaloneWork(), taskFile, folder.resolve("state"), true)) {
                assertThat(copy.exit()).as("told: %s", copy.events()).isEqualTo(ExitCode.DONE);
            }
            try (SchemaChanger changer = SchemaChanger.start(source, "load", SEED, PAUSE_MILLIS)) {
                for (int kill = 0; kill < KILLS; kill++) {
                    Process process = KillNineTest.start(taskFile, folder);
                    process.waitFor(LIFE_MILLIS_MIN + random.nextInt(LIFE_MILLIS_RANGE), TimeUnit.MILLISECONDS);
                    process.destroyForcibly().waitFor();
                }
                changes = changer.statements();
            }
            load.stop();
        }
        try (RunningTask rest = RunningTask.start(new StandaloneWork(), taskFile, folder.resolve("state"), true)) {
            assertThat(rest.exit()).as("told: %s", rest.events()).isEqualTo(ExitCode.DONE);
        }
        System.out.println(KILLS + " kills and " + changes + " changes with -Ddts.seed=" + SEED);
        List<Event> told = new ArrayList<>();
        ExitCode verified = new StandaloneWork().verify(
                new Work.VerifyRequest(taskFile, folder.resolve("state"), Optional.empty()), told::add, new Interruption());
        assertThat(verified).as("verified; told: %s", told).isEqualTo(ExitCode.DONE);
        Sides sides = new Sides(source, new TestServer("target", pair.target()));
        sides.haveEqualRows("load");
        sides.haveEqualSchemas("load", true);
        assertThat(changes).isGreaterThan(KILLS);
    }
}
