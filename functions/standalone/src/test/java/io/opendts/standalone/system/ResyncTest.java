package io.opendts.standalone.system;

import static io.opendts.testkit.ServerVersion.MARIADB_10_11;
import static io.opendts.testkit.ServerVersion.MYSQL_8_0;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
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
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** Rows that somebody spoilt on the target are mended table by table, while people write to the source and the others go on. */
class ResyncTest {

    @TempDir
    private Path folder;

    @OnPairs({@Pair(source = MYSQL_8_0, target = MYSQL_8_0), @Pair(source = MARIADB_10_11, target = MARIADB_10_11)})
    void a_table_is_copied_anew_while_the_task_runs(ServerPair pair) throws Exception {
        WriteLoadOptions options = WriteLoadOptions.defaults("load").withTables(2, 30_000).withRate(60, 2).withSeed(1);
        WriteLoad.prepare(pair.source(), options);
        Path file = LoadTask.write(folder, pair);
        TestServer source = new TestServer("source", pair.source());
        TestServer target = new TestServer("target", pair.target());
        source.run("CREATE TABLE load.untouched (id INT PRIMARY KEY, v INT)", "INSERT INTO load.untouched VALUES (1, 1)");
        try (WriteLoad load = WriteLoad.start(pair.source(), options)) {
            assertThat(run(file)).isEqualTo(ExitCode.DONE);
            target.run("DELETE FROM load.sbtest1", "INSERT INTO load.journal SELECT * FROM load.journal LIMIT 3",
                    "UPDATE load.untouched SET v = 7");
            try (RunningTask running = RunningTask.start(new StandaloneWork(), file, folder.resolve("state"), false)) {
                assertThat(running.awaitState("synchronizing")).as("told: %s", running.events()).isTrue();
                resync("load.sbtest1");
                resync("load.journal");
                assertThatThrownBy(() -> resync("load.nobody")).isInstanceOfSatisfying(DtsException.class,
                        refused -> assertThat(refused.code()).isEqualTo(ErrorCode.API_REQUEST_INVALID));
                running.stop();
            }
            load.stop();
        }
        assertThat(run(file)).isEqualTo(ExitCode.DONE);
        assertThat(target.one("SELECT v FROM load.untouched")).as("a table that nobody asked for").isEqualTo("7");
        target.run("UPDATE load.untouched SET v = 1");
        List<Event> told = new ArrayList<>();
        ExitCode verified = new StandaloneWork().verify(
                new Work.VerifyRequest(file, folder.resolve("state"), Optional.empty()), told::add, new Interruption());
        assertThat(verified).as("verified; told: %s", told).isEqualTo(ExitCode.DONE);
        new Sides(source, target).haveEqualRows("load");
    }

    private void resync(String table) {
        assertThat(LocalTasks.embedded().resync(folder.resolve("state"), "load", table, _ -> { })).isEqualTo(ExitCode.DONE);
    }

    private ExitCode run(Path file) throws Exception {
        try (RunningTask running = RunningTask.start(new StandaloneWork(), file, folder.resolve("state"), true)) {
            return running.exit();
        }
    }
}
