package io.opendts.standalone.system;

import static io.opendts.testkit.ServerVersion.MARIADB_10_11;
import static io.opendts.testkit.ServerVersion.MYSQL_5_7;
import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.standalone.ExitCode;
import io.opendts.standalone.run.StandaloneWork;
import io.opendts.testkit.ServerPair;
import io.opendts.testkit.WriteLoad;
import io.opendts.testkit.WriteLoadOptions;
import io.opendts.testkit.junit.OnPairs;
import io.opendts.testkit.junit.OnPairs.Pair;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

/**
 * One run of gh-ost after the other, while people write and the process that follows is killed with -9 at random moments: in the end
 * rows and definitions are equal. {@code -Ddts.kills=50 -Ddts.seed=N} for more of it.
 */
class OnlineToolsKillTest {

    private static final int KILLS = Integer.getInteger("dts.kills", 4);
    private static final long SEED = Long.getLong("dts.seed", 20_261_201L);
    private static final long LIFE_MILLIS_MIN = 1_500;
    private static final int LIFE_MILLIS_RANGE = 3_000;
    private static final List<String> ALTERATIONS = List.of("ADD COLUMN n%d INT NOT NULL DEFAULT 7", "ADD COLUMN t%d VARCHAR(20) AFTER k",
            "ADD COLUMN at%d DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)", "ADD KEY k%d (k, c)");

    @TempDir
    private Path folder;

    @OnPairs({@Pair(source = MYSQL_5_7, target = MYSQL_5_7), @Pair(source = MARIADB_10_11, target = MARIADB_10_11)})
    void each_swap_is_made_once(ServerPair pair) throws Exception {
        WriteLoadOptions options = WriteLoadOptions.defaults("load").withTables(2, 2_000).withRate(60, 2).withoutOtherShapes()
                .withSeed(SEED);
        WriteLoad.prepare(pair.source(), options);
        Path taskFile = LoadTask.write(folder, pair);
        TestServer source = new TestServer("source", pair.source());
        Random random = new Random(SEED);
        int runs = 0;
        try (WriteLoad load = WriteLoad.start(pair.source(), options)) {
            catchUp(taskFile);
            CompletableFuture<Void> killed = CompletableFuture.runAsync(() -> killAgainAndAgain(taskFile, random));
            while (!killed.isDone()) {
                runOnce(source, load, ALTERATIONS.get(runs % ALTERATIONS.size()).formatted(runs));
                runs++;
            }
            killed.join();
            load.stop();
        }
        catchUp(taskFile);
        System.out.println(KILLS + " kills and " + runs + " runs of the tool with -Ddts.seed=" + SEED);
        Sides sides = new Sides(source, new TestServer("target", pair.target()));
        sides.haveEqualRows("load");
        sides.haveEqualSchemas("load", true);
        assertThat(runs).isPositive();
    }

    private void killAgainAndAgain(Path taskFile, Random random) {
        try {
            for (int kill = 0; kill < KILLS; kill++) {
                Process process = KillNineTest.start(taskFile, folder);
                process.waitFor(LIFE_MILLIS_MIN + random.nextInt(LIFE_MILLIS_RANGE), TimeUnit.MILLISECONDS);
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private static void runOnce(TestServer source, WriteLoad load, String alteration) throws Exception {
        try (GhostRun ghost = new GhostRun(source, "load", "sbtest1")) {
            ghost.prepare(alteration);
            ghost.copyRows();
            load.pausedFor(ghost::swapAtOnce);
            ghost.dropLog();
            ghost.dropOld();
        }
    }

    private void catchUp(Path taskFile) throws Exception {
        try (RunningTask rest = RunningTask.start(new StandaloneWork(), taskFile, folder.resolve("state"), true)) {
            assertThat(rest.exit()).as("told: %s", rest.events()).isEqualTo(ExitCode.DONE);
        }
    }
}
