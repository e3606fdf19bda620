package io.opendts.standalone.system;

import static io.opendts.testkit.ServerVersion.MARIADB_10_11;
import static io.opendts.testkit.ServerVersion.MARIADB_11_4;
import static io.opendts.testkit.ServerVersion.MYSQL_5_7;
import static io.opendts.testkit.ServerVersion.MYSQL_8_0;
import static io.opendts.testkit.ServerVersion.MYSQL_9_7;
import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.event.Event;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Interruption;
import io.opendts.standalone.LocalTasks;
import io.opendts.standalone.Work;
import io.opendts.standalone.run.StandaloneWork;
import io.opendts.testkit.ServerPair;
import io.opendts.testkit.WriteLoad;
import io.opendts.testkit.WriteLoadOptions;
import io.opendts.testkit.junit.OnPairs;
import io.opendts.testkit.junit.OnPairs.Pair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the source's log does not tell of a table is looked up in its catalog, and the table is copied anew, while people write to it and
 * to others: in the end rows and definitions are equal. {@code -Ddts.kills=50 -Ddts.seed=N} for more kills.
 */
class LookedUpTablesTest {

    private static final int KILLS = Integer.getInteger("dts.kills", 4);
    private static final long SEED = Long.getLong("dts.seed", 20_261_130L);
    private static final long LIFE_MILLIS_MIN = 1_500;
    private static final int LIFE_MILLIS_RANGE = 2_000;

    /** Rows go or come, or get values, without a row event. */
    private static final String[] NOT_TOLD = {
        "ALTER TABLE load.parted TRUNCATE PARTITION p0",
        "ALTER TABLE load.parted DROP PARTITION p1",
        "ALTER TABLE load.parted ANALYZE PARTITION ALL",
        "ALTER TABLE load.parted REBUILD PARTITION p2, p3",
        "ALTER TABLE load.parted EXCHANGE PARTITION p2 WITH TABLE load.exchanged",
        "ALTER TABLE load.numbered ADD id INT NOT NULL AUTO_INCREMENT PRIMARY KEY",
        "RENAME TABLE elsewhere.comes TO load.comes",
        "RENAME TABLE load.comes TO load.came",
        "ALTER TABLE elsewhere.comes_too RENAME TO load.came_too, ADD w INT DEFAULT 3",
    };

    /** Rows that nobody could carry who had not looked. */
    private static final String[] ROWS = {
        "INSERT INTO load.parted VALUES (5, 5), (1025, 25), (1150, 1)",
        "UPDATE load.exchanged SET v = v + 1",
        "INSERT INTO load.numbered (v) VALUES (7), (8)",
        "DELETE FROM load.numbered WHERE v = 2",
        "INSERT INTO load.came VALUES (10, 'ten')",
        "UPDATE load.came_too SET w = 4 WHERE id = 2",
    };

    @TempDir
    private Path folder;
    private Path taskFile;
    private TestServer source;
    private TestServer target;

    @OnPairs({@Pair(source = MYSQL_8_0, target = MYSQL_8_0), @Pair(source = MARIADB_10_11, target = MARIADB_10_11),
        @Pair(source = MYSQL_5_7, target = MYSQL_5_7), @Pair(source = MYSQL_9_7, target = MYSQL_9_7),
        @Pair(source = MARIADB_11_4, target = MARIADB_11_4)})
    void statements_that_do_not_tell_all(ServerPair pair) throws Exception {
        WriteLoadOptions options = prepare(pair);
        try (WriteLoad load = WriteLoad.start(pair.source(), options)) {
            copied();
            try (RunningTask running = start(false)) {
                assertThat(running.awaitState("synchronizing")).as("told: %s", running.events()).isTrue();
                source.run(NOT_TOLD);
                source.run(ROWS);
                running.stop();
            }
            load.stop();
        }
        becomeEqual();
    }

    @OnPairs({@Pair(source = MYSQL_8_0, target = MYSQL_8_0), @Pair(source = MARIADB_10_11, target = MARIADB_10_11),
        @Pair(source = MYSQL_5_7, target = MYSQL_5_7), @Pair(source = MYSQL_9_7, target = MYSQL_9_7),
        @Pair(source = MARIADB_11_4, target = MARIADB_11_4)})
    void changes_that_are_in_no_log(ServerPair pair) throws Exception {
        WriteLoadOptions options = prepare(pair);
        try (WriteLoad load = WriteLoad.start(pair.source(), options)) {
            copied();
            try (RunningTask running = start(false)) {
                assertThat(running.awaitState("synchronizing")).as("told: %s", running.events()).isTrue();
                source.run("SET sql_log_bin = 0", "ALTER TABLE load.came_first ADD later VARCHAR(20) DEFAULT 'late' AFTER id",
                        "SET sql_log_bin = 1", "BEGIN", "UPDATE load.parted SET v = v + 1 WHERE id < 50",
                        "INSERT INTO load.came_first VALUES (20, 'x', 1)", "UPDATE load.came_first SET v = v + 1",
                        "UPDATE load.parted SET v = v + 1 WHERE id < 20", "COMMIT");
                running.stop();
            }
            source.run("SET sql_log_bin = 0", "ALTER TABLE load.numbered MODIFY v VARCHAR(10)",
                    "SET sql_log_bin = 1", "INSERT INTO load.numbered VALUES ('new')", "ALTER TABLE load.numbered ADD w INT",
                    "INSERT INTO load.numbered VALUES ('newer', 1)", "RENAME TABLE load.numbered TO load.counted",
                    "UPDATE load.counted SET w = 2 WHERE v = '1'");
            if (logsSigns()) {
                source.run("SET sql_log_bin = 0", "ALTER TABLE load.exchanged MODIFY v INT UNSIGNED", "SET sql_log_bin = 1",
                        "UPDATE load.exchanged SET v = 4000000000 WHERE id = 40");
            }
            load.stop();
        }
        becomeEqual();
    }

    /** MySQL does from 8.0 on, MariaDB where it is asked for it. */
    private boolean logsSigns() {
        String version = source.one("SELECT VERSION()");
        return !version.contains("MariaDB") && !version.startsWith("5.");
    }

    @OnPairs({@Pair(source = MYSQL_8_0, target = MYSQL_8_0), @Pair(source = MARIADB_10_11, target = MARIADB_10_11)})
    void whoever_looks_is_killed(ServerPair pair) throws Exception {
        WriteLoadOptions options = prepare(pair);
        Random random = new Random(SEED);
        try (WriteLoad load = WriteLoad.start(pair.source(), options)) {
            copied();
            for (int kill = 0; kill < KILLS; kill++) {
                Process process = KillNineTest.start(taskFile, folder);
                if (kill == 1) {
                    source.run(NOT_TOLD);
                }
                source.run("SET sql_log_bin = 0", "ALTER TABLE load.came_first ADD c" + kill + " INT DEFAULT " + kill,
                        "SET sql_log_bin = 1", "UPDATE load.came_first SET v = v + 1", "UPDATE load.parted SET v = v + 1");
                process.waitFor(LIFE_MILLIS_MIN + random.nextInt(LIFE_MILLIS_RANGE), TimeUnit.MILLISECONDS);
                process.destroyForcibly().waitFor();
            }
            source.run(ROWS);
            load.stop();
        }
        becomeEqual();
    }

    @OnPairs({@Pair(source = MYSQL_8_0, target = MYSQL_8_0), @Pair(source = MARIADB_10_11, target = MARIADB_10_11)})
    void history_is_deleted_by_hand(ServerPair pair) throws Exception {
        WriteLoadOptions options = prepare(pair);
        try (WriteLoad load = WriteLoad.start(pair.source(), options)) {
            copied();
            source.run("ALTER TABLE load.numbered ADD w INT UNSIGNED DEFAULT 4000000000",
                    "ALTER TABLE load.came_first MODIFY v INT UNSIGNED");
            assertThat(run()).isEqualTo(ExitCode.DONE);
            source.run("UPDATE load.numbered SET w = 4000000001 WHERE v = 1", "UPDATE load.came_first SET v = 4000000002 WHERE id = 1");
            load.stop();
        }
        try (Connection state = DriverManager.getConnection("jdbc:sqlite:" + folder.resolve("state").resolve("state.db"));
                Statement delete = state.createStatement()) {
            delete.executeUpdate("DELETE FROM relations WHERE id IN (SELECT id FROM relation_changes)");
            delete.executeUpdate("DELETE FROM relation_changes");
        }
        becomeEqual();
    }

    @OnPairs({@Pair(source = MYSQL_8_0, target = MYSQL_8_0), @Pair(source = MARIADB_10_11, target = MARIADB_10_11)})
    void one_table_is_stopped_alone(ServerPair pair) throws Exception {
        WriteLoadOptions options = prepare(pair);
        try (WriteLoad load = WriteLoad.start(pair.source(), options)) {
            copied();
            source.run("SET sql_log_bin = 0", "ALTER TABLE load.came_first ADD x INT", "SET sql_log_bin = 1",
                    "INSERT INTO load.came_first VALUES (30, 1, 1)", "SET sql_log_bin = 0", "ALTER TABLE load.came_first DROP x",
                    "SET sql_log_bin = 1", "UPDATE load.came_first SET v = 77 WHERE id = 1", "INSERT INTO load.numbered VALUES (99)");
            try (RunningTask rest = start(true)) {
                assertThat(rest.exit()).as("told: %s", rest.events()).isEqualTo(ExitCode.TASK_FAILED);
                assertThat(rest.events()).anySatisfy(event -> assertThat(event).isInstanceOfSatisfying(Event.Failure.class, failure -> {
                    assertThat(failure.code()).isEqualTo("DTS-2206");
                    assertThat(failure.message()).contains("load.came_first").contains("others go on").contains("at ");
                    assertThat(failure.remedy()).contains("dts resync load --table load.came_first");
                })).noneMatch(Event.CaughtUp.class::isInstance);
            }
            assertThat(target.one("SELECT COUNT(*) FROM load.numbered WHERE v = 99")).as("the others go on").isEqualTo("1");
            assertThat(target.one("SELECT v FROM load.came_first WHERE id = 1")).as("what the task leaves out").isNotEqualTo("77");
            List<Event> status = new ArrayList<>();
            LocalTasks.embedded().status(folder.resolve("state"), "load", status::add);
            assertThat(status).singleElement().isInstanceOfSatisfying(Event.TaskListed.class,
                    listed -> assertThat(listed.errors()).extracting(Event.Failure::code).containsExactly("DTS-2206"));
            LocalTasks.embedded().resync(folder.resolve("state"), "load", "load.came_first", _ -> { });
            load.stop();
        }
        becomeEqual();
    }

    @OnPairs(@Pair(source = MYSQL_8_0, target = MYSQL_8_0))
    void a_table_that_cannot_be_copied_anew_is_stopped_alone(ServerPair pair) throws Exception {
        prepare(pair);
        Files.writeString(taskFile, "existingTables: ignore\n", StandardOpenOption.APPEND);
        copied();
        source.run("ALTER TABLE load.parted TRUNCATE PARTITION p0", "INSERT INTO load.parted VALUES (5000, 1)",
                "INSERT INTO load.numbered VALUES (99)");
        for (int time = 0; time < 2; time++) {
            try (RunningTask rest = start(true)) {
                assertThat(rest.exit()).as("told: %s", rest.events()).isEqualTo(ExitCode.TASK_FAILED);
                assertThat(rest.events()).anySatisfy(event -> assertThat(event).isInstanceOfSatisfying(Event.Failure.class,
                        failure -> assertThat(failure.code() + failure.message()).contains("DTS-2207", "load.parted", "existingTables")));
            }
        }
        assertThat(target.one("SELECT COUNT(*) FROM load.numbered WHERE v = 99")).as("the others go on").isEqualTo("1");
        assertThat(target.one("SELECT COUNT(*) FROM load.parted WHERE id = 5000")).as("what the task leaves out").isEqualTo("0");
        assertThat(target.one("SELECT COUNT(*) FROM load.parted WHERE id < 10")).as("nothing is emptied").isNotEqualTo("0");
    }

    /** What its cascades would have changed is not known either. */
    @OnPairs({@Pair(source = MYSQL_8_0, target = MYSQL_8_0), @Pair(source = MARIADB_10_11, target = MARIADB_10_11)})
    void tables_that_its_cascades_change_are_copied_anew_with_it(ServerPair pair) throws Exception {
        prepare(pair);
        makeTied();
        copied();
        changeParentUnseen();
        becomeEqual();
    }

    /** They are stopped with it where a look does not help, and come back with it. */
    @OnPairs({@Pair(source = MYSQL_8_0, target = MYSQL_8_0), @Pair(source = MARIADB_10_11, target = MARIADB_10_11)})
    void tables_that_were_stopped_together_come_back_together(ServerPair pair) throws Exception {
        prepare(pair);
        makeTied();
        copied();
        source.run("SET sql_log_bin = 0", "ALTER TABLE load.parent ADD x INT", "SET sql_log_bin = 1",
                "INSERT INTO load.parent VALUES (4, 4, 4)", "SET sql_log_bin = 0", "ALTER TABLE load.parent DROP x", "SET sql_log_bin = 1",
                "DELETE FROM load.parent WHERE id = 1", "INSERT INTO load.child VALUES (4, 4)",
                "INSERT INTO load.grandchild VALUES (4, 4)");
        assertThat(stopped("dts resync load", "dts reset")).containsExactlyInAnyOrder("load.child", "load.grandchild", "load.parent");
        LocalTasks.embedded().resync(folder.resolve("state"), "load", "load.child", _ -> { });
        source.run("INSERT INTO load.parent VALUES (5, 5)", "INSERT INTO load.child VALUES (5, 5)", "DELETE FROM load.parent WHERE id = 2");
        becomeEqual();
    }

    private void makeTied() {
        source.run("CREATE TABLE load.parent (id INT PRIMARY KEY, v INT)", "CREATE TABLE load.child (id INT PRIMARY KEY, p INT, FOREIGN KEY"
                + " fk (p) REFERENCES load.parent (id) ON DELETE CASCADE)", "CREATE TABLE load.grandchild (id INT PRIMARY KEY, c INT,"
                + " FOREIGN KEY (c) REFERENCES load.child (id) ON DELETE CASCADE)", "INSERT INTO load.parent VALUES (1, 1), (2, 2)",
                "INSERT INTO load.child VALUES (1, 1), (2, 2)", "INSERT INTO load.grandchild VALUES (1, 1), (2, 2)");
    }

    private void changeParentUnseen() {
        source.run("INSERT INTO load.grandchild VALUES (3, 2)", "SET sql_log_bin = 0", "ALTER TABLE load.parent ADD x INT",
                "SET sql_log_bin = 1", "INSERT INTO load.parent VALUES (4, 4, 4)", "DELETE FROM load.parent WHERE id = 1",
                "INSERT INTO load.child VALUES (4, 4)", "INSERT INTO load.grandchild VALUES (4, 4)",
                "INSERT INTO load.numbered VALUES (99)");
    }

    /** Where they cannot be copied anew, for rows of others may be there; they stay so when nothing ties them any more. */
    @OnPairs({@Pair(source = MYSQL_8_0, target = MYSQL_8_0), @Pair(source = MARIADB_10_11, target = MARIADB_10_11)})
    void tables_that_its_cascades_change_are_stopped_with_it(ServerPair pair) throws Exception {
        prepare(pair);
        makeTied();
        Files.writeString(taskFile, "existingTables: ignore\n", StandardOpenOption.APPEND);
        copied();
        changeParentUnseen();
        assertThat(stopped("dts reset load", "dts resync")).containsExactlyInAnyOrder("load.child", "load.grandchild", "load.parent");
        source.run("ALTER TABLE load.grandchild DROP FOREIGN KEY grandchild_ibfk_1", "DROP TABLE load.child", "DROP TABLE load.parent",
                "INSERT INTO load.grandchild VALUES (5, 5)", "INSERT INTO load.numbered VALUES (100)");
        assertThat(stopped("dts reset load", "dts resync")).containsExactlyInAnyOrder("load.child", "load.grandchild", "load.parent");
        assertThat(target.one("SELECT COUNT(*) FROM load.numbered WHERE v >= 99")).as("the others go on").isEqualTo("2");
        assertThat(target.one("SELECT GROUP_CONCAT(id ORDER BY id) FROM load.grandchild")).as("up to its stop").isEqualTo("1,2,3");
    }

    /** The tables for which a run ends. */
    private List<String> stopped(String remedy, String other) throws Exception {
        try (RunningTask rest = start(true)) {
            assertThat(rest.exit()).as("told: %s", rest.events()).isEqualTo(ExitCode.TASK_FAILED);
            List<Event.Failure> failures = rest.events().stream().filter(Event.Failure.class::isInstance).map(Event.Failure.class::cast)
                    .toList();
            assertThat(failures).allSatisfy(failure -> {
                assertThat(failure.message()).matches("table load\\.\\w+ is stopped at .*");
                assertThat(failure.remedy()).contains(remedy).doesNotContain(other);
            });
            return failures.stream().map(failure -> failure.message().split(" ")[1]).toList();
        }
    }

    private WriteLoadOptions prepare(ServerPair pair) throws Exception {
        WriteLoadOptions options = WriteLoadOptions.defaults("load").withTables(1, 2_000).withRate(40, 2).withSeed(SEED);
        WriteLoad.prepare(pair.source(), options);
        taskFile = LoadTask.write(folder, pair);
        source = new TestServer("source", pair.source());
        target = new TestServer("target", pair.target());
        source.run("CREATE TABLE load.parted (id INT PRIMARY KEY, v INT) PARTITION BY RANGE (id) (PARTITION p0 VALUES LESS THAN (10),"
                        + " PARTITION p1 VALUES LESS THAN (20), PARTITION p2 VALUES LESS THAN (100),"
                        + " PARTITION p3 VALUES LESS THAN MAXVALUE)",
                "INSERT INTO load.parted SELECT id, id FROM load.sbtest1 WHERE id < 300",
                "CREATE TABLE load.exchanged (id INT PRIMARY KEY, v INT)", "INSERT INTO load.exchanged VALUES (40, 1), (41, 2)",
                "CREATE TABLE load.numbered (v INT)", "INSERT INTO load.numbered VALUES (3), (1), (2), (1)",
                "CREATE TABLE load.came_first (id INT PRIMARY KEY, v INT)", "INSERT INTO load.came_first VALUES (1, 1), (2, 2)",
                "CREATE DATABASE elsewhere", "CREATE TABLE elsewhere.comes (id INT PRIMARY KEY, v VARCHAR(10))",
                "INSERT INTO elsewhere.comes VALUES (1, 'one'), (2, 'two')", "CREATE TABLE elsewhere.comes_too (id INT PRIMARY KEY)",
                "INSERT INTO elsewhere.comes_too VALUES (1), (2)");
        return options;
    }

    private void copied() throws Exception {
        assertThat(run()).isEqualTo(ExitCode.DONE);
    }

    private RunningTask start(boolean untilCaughtUp) {
        return RunningTask.start(new StandaloneWork(), taskFile, folder.resolve("state"), untilCaughtUp);
    }

    private ExitCode run() throws Exception {
        try (RunningTask running = start(true)) {
            ExitCode code = running.exit();
            assertThat(code).as("told: %s", running.events()).isEqualTo(ExitCode.DONE);
            return code;
        }
    }

    private void becomeEqual() throws Exception {
        run();
        List<Event> told = new ArrayList<>();
        ExitCode verified = new StandaloneWork().verify(
                new Work.VerifyRequest(taskFile, folder.resolve("state"), Optional.empty()), told::add, new Interruption());
        assertThat(verified).as("verified; told: %s", told).isEqualTo(ExitCode.DONE);
        Sides sides = new Sides(source, target);
        sides.haveEqualRows("load");
        sides.haveEqualSchemas("load", true);
    }
}
