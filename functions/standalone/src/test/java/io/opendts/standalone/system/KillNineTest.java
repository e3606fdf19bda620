package io.opendts.standalone.system;

import static io.opendts.testkit.ServerVersion.MARIADB_10_11;
import static io.opendts.testkit.ServerVersion.MYSQL_8_0;
import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.event.Event;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Interruption;
import io.opendts.standalone.Work;
import io.opendts.standalone.run.StandaloneWork;
import io.opendts.state.Chunks.TableCopy;
import io.opendts.state.EmbeddedStateStore;
import io.opendts.state.StateStore;
import io.opendts.testkit.ServerPair;
import io.opendts.testkit.WriteLoad;
import io.opendts.testkit.WriteLoadOptions;
import io.opendts.testkit.junit.OnPairs;
import io.opendts.testkit.junit.OnPairs.Pair;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

/**
 * A process that runs a task under load is killed with -9 at random moments, from the precheck on, and started again each time. At
 * the end both sides are equal, tables without a key included, and no chunk was copied twice.
 * {@code -Ddts.kills=20 -Ddts.seed=N} for more of it.
 */
class KillNineTest {

    private static final int KILLS = Integer.getInteger("dts.kills", 4);
    private static final long SEED = Long.getLong("dts.seed", 20_261_121L);

    /** Long enough to get from the start of a JVM into the copy, short enough to be killed in every stage. */
    private static final long LIFE_MILLIS_MIN = 700;

    private static final int LIFE_MILLIS_RANGE = 2_500;

    @TempDir
    private Path folder;

    @OnPairs({@Pair(source = MYSQL_8_0, target = MYSQL_8_0), @Pair(source = MARIADB_10_11, target = MARIADB_10_11)})
    void nothing_is_lost_or_doubled(ServerPair pair) throws Exception {
        WriteLoadOptions options = WriteLoadOptions.defaults("load").withTables(3, 100_000).withRate(200, 3).withSeed(SEED);
        WriteLoad.prepare(pair.source(), options);
        Path taskFile = LoadTask.write(folder, pair);
        Random random = new Random(SEED);
        System.out.println(KILLS + " kills with -Ddts.seed=" + SEED);
        try (WriteLoad load = WriteLoad.start(pair.source(), options)) {
            long chunksDone = 0;
            for (int kill = 1; kill <= KILLS; kill++) {
                Process process = start(taskFile, folder);
                process.waitFor(LIFE_MILLIS_MIN + random.nextInt(LIFE_MILLIS_RANGE), TimeUnit.MILLISECONDS);
                process.destroyForcibly().waitFor();
                long now = chunksDone();
                assertThat(now).as("chunks done after kill %d: the copy goes on, it does not start over", kill)
                        .isGreaterThanOrEqualTo(chunksDone);
                chunksDone = now;
            }
            load.stop();
        }
        try (RunningTask rest = RunningTask.start(new StandaloneWork(), taskFile, folder.resolve("state"), true)) {
            assertThat(rest.exit()).as("told: %s", rest.events()).isEqualTo(ExitCode.DONE);
        }
        List<Event> told = new ArrayList<>();
        ExitCode verified = new StandaloneWork().verify(
                new Work.VerifyRequest(taskFile, folder.resolve("state"), Optional.empty()), told::add, new Interruption());
        assertThat(verified).as("verified; told: %s", told).isEqualTo(ExitCode.DONE);
    }

    /** @param folder of the state, and of what the process prints */
    static Process start(Path taskFile, Path folder) throws IOException {
        return new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m", "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1", "--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"),
                Child.class.getName(), taskFile.toString(), folder.resolve("state").toString())
                .redirectErrorStream(true).redirectOutput(folder.resolve("child.log").toFile()).start();
    }

    private long chunksDone() {
        try (StateStore store = EmbeddedStateStore.open(folder.resolve("state"))) {
            return store.chunks().tables("load").stream().mapToLong(TableCopy::done).sum();
        }
    }

    /** The process that is killed. */
    static final class Child {

        private Child() {}

        public static void main(String... arguments) {
            Work.RunRequest request = new Work.RunRequest(Path.of(arguments[0]), Path.of(arguments[1]), false);
            new StandaloneWork().run(request, _ -> { }, new Interruption());
        }
    }
}
