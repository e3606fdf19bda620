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
 * Tables are changed while they are copied, and people write to them: in the end rows and definitions are equal.
 * {@code -Ddts.rows=1000000 -Ddts.pause=2000} for a longer copy of the two large tables, and another pause between two changes;
 * {@code -Ddts.kills=50 -Ddts.seed=N} for more kills.
 */
class SchemaInCopyTest {

    private static final int ROWS = Integer.getInteger("dts.rows", 40_000);
    private static final long PAUSE_MILLIS = Long.getLong("dts.pause", 150L);
    private static final int KILLS = Integer.getInteger("dts.kills", 3);
    private static final long SEED = Long.getLong("dts.seed", 20_261_122L);
    private static final long LIFE_MILLIS_MIN = 1_500;
    private static final int LIFE_MILLIS_RANGE = 2_000;

    /** A table without a key, keys that change, and names: what the changer leaves alone. */
    private static final String[] AT_ONCE = {
        "INSERT INTO load.keyless VALUES (1), (1), (2)",
        "ALTER TABLE load.keyless ADD later INT DEFAULT 5",
        "UPDATE load.keyless SET later = 6 WHERE id = 3 LIMIT 1",
        "DELETE FROM load.keyless WHERE id = 1 LIMIT 1",
        "ALTER TABLE load.keyed DROP PRIMARY KEY, MODIFY id BIGINT NOT NULL, ADD PRIMARY KEY (code, id)",
        "RENAME TABLE load.named TO load.renamed",
        "INSERT INTO load.renamed VALUES (3, 'new name')",
        "DELETE FROM load.renamed WHERE id = 1",
        "DROP TABLE load.goes",
        "RENAME TABLE load.left_one TO load.between, load.right_one TO load.left_one, load.between TO load.right_one",
        "INSERT INTO load.left_one VALUES (9, 'was right')",
        "UPDATE load.right_one SET v = 7 WHERE id = 2",
    };

    @TempDir
    private Path folder;
    private Path taskFile;
    private TestServer source;

    /** From before the task's first look at the source: no part of its schema stage is quiet. */
    @OnPairs(@Pair(source = MYSQL_8_0, target = MYSQL_8_0))
    void tables_are_changed_all_the_time(ServerPair pair) throws Exception {
        WriteLoadOptions options = prepare(pair);
        int changes;
        try (WriteLoad load = WriteLoad.start(pair.source(), options)) {
            try (SchemaChanger changer = SchemaChanger.start(source, "load", SEED, PAUSE_MILLIS); RunningTask copy = run(false)) {
                assertThat(copy.awaitState("full")).as("told: %s", copy.events()).isTrue();
                source.run(AT_ONCE);
                assertThat(copy.awaitState("synchronizing")).as("told: %s", copy.events()).isTrue();
                changes = changer.statements();
                copy.stop();
            }
            load.stop();
        }
        System.out.println(changes + " changes during the copy with -Ddts.seed=" + SEED);
        becomeEqual(pair);
        assertThat(changes).isPositive();
    }

    @OnPairs(@Pair(source = MARIADB_10_11, target = MARIADB_10_11))
    void whoever_copies_them_is_killed(ServerPair pair) throws Exception {
        WriteLoadOptions options = prepare(pair);
        Random random = new Random(SEED);
        int changes;
        try (WriteLoad load = WriteLoad.start(pair.source(), options)) {
            try (RunningTask copy = run(false)) {
                assertThat(copy.awaitState("full")).as("told: %s", copy.events()).isTrue();
                copy.stop();
            }
            source.run(AT_ONCE);
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
        System.out.println(KILLS + " kills and " + changes + " changes with -Ddts.seed=" + SEED);
        becomeEqual(pair);
        assertThat(changes).isGreaterThan(KILLS);
    }

    private WriteLoadOptions prepare(ServerPair pair) throws Exception {
        WriteLoadOptions options = WriteLoadOptions.defaults("load").withTables(2, ROWS).withRate(60, 2).withSeed(SEED);
        WriteLoad.prepare(pair.source(), options);
        taskFile = LoadTask.write(folder, pair);
        source = new TestServer("source", pair.source());
        source.run("CREATE TABLE load.keyed (id INT PRIMARY KEY, code VARCHAR(10) NOT NULL)",
                "INSERT INTO load.keyed SELECT id, CONCAT('c', id % 7) FROM load.sbtest1",
                "CREATE TABLE load.keyless (id INT)", "INSERT INTO load.keyless SELECT id % 100 FROM load.sbtest1",
                "CREATE TABLE load.named (id INT PRIMARY KEY, v VARCHAR(20))", "INSERT INTO load.named VALUES (1, 'eins'), (2, 'zwei')",
                "CREATE TABLE load.left_one (id INT PRIMARY KEY, v INT)", "INSERT INTO load.left_one VALUES (1, 1), (2, 2)",
                "CREATE TABLE load.right_one (id INT PRIMARY KEY, v VARCHAR(20))", "INSERT INTO load.right_one VALUES (1, 'right')",
                "CREATE TABLE load.goes (id INT PRIMARY KEY)", "INSERT INTO load.goes VALUES (1)");
        return options;
    }

    private RunningTask run(boolean untilCaughtUp) {
        return RunningTask.start(new StandaloneWork(), taskFile, folder.resolve("state"), untilCaughtUp);
    }

    private void becomeEqual(ServerPair pair) throws Exception {
        try (RunningTask rest = run(true)) {
            assertThat(rest.exit()).as("told: %s", rest.events()).isEqualTo(ExitCode.DONE);
        }
        List<Event> told = new ArrayList<>();
        ExitCode verified = new StandaloneWork().verify(
                new Work.VerifyRequest(taskFile, folder.resolve("state"), Optional.empty()), told::add, new Interruption());
        assertThat(verified).as("verified; told: %s", told).isEqualTo(ExitCode.DONE);
        Sides sides = new Sides(source, new TestServer("target", pair.target()));
        sides.haveEqualRows("load");
        sides.haveEqualSchemas("load", true);
    }
}
