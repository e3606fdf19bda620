package io.opendts.standalone.system;

import static io.opendts.testkit.ServerVersion.MARIADB_10_11;
import static io.opendts.testkit.ServerVersion.MYSQL_8_0;
import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.testkit.ServerPair;
import io.opendts.testkit.junit.OnPairs;
import io.opendts.testkit.junit.OnPairs.Pair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** The machine that a task runs on loses its power: what was last written into its queue is gone, and the target has it. */
class PowerCutTest {

    private static final String NAME = "powercut";

    @TempDir
    private Path folder;

    @OnPairs({@Pair(source = MYSQL_8_0, target = MYSQL_8_0), @Pair(source = MARIADB_10_11, target = MARIADB_10_11)})
    void the_task_goes_on_where_the_target_stands(ServerPair pair) throws Exception {
        TestServer source = new TestServer("source", pair.source());
        TestServer target = new TestServer("target", pair.target());
        source.run("CREATE DATABASE powercut", "CREATE TABLE powercut.t (v INT)", "INSERT INTO powercut.t VALUES (1)");
        StoppingTask task = new StoppingTask(NAME, LoadTask.write(folder, pair, NAME), folder.resolve("state"));
        task.catchesUp();
        source.run("INSERT INTO powercut.t VALUES (2)");
        task.catchesUp();
        Path kept = Files.createDirectory(folder.resolve("kept"));
        copyQueue(folder.resolve("state/changes"), kept);

        source.run("INSERT INTO powercut.t VALUES (3)", "INSERT INTO powercut.t VALUES (4)");
        task.catchesUp();
        copyQueue(kept, folder.resolve("state/changes"));
        task.catchesUp();
        source.run("INSERT INTO powercut.t VALUES (5)");
        task.catchesUp();
        new Sides(source, target).haveEqualRows(NAME);
    }

    /** The queue that lost its end gives numbers out twice: what a worker had under one of them may be other changes. */
    @OnPairs(@Pair(source = MYSQL_8_0, target = MYSQL_8_0))
    void a_batch_that_does_not_begin_where_the_target_stands_is_refused(ServerPair pair) throws Exception {
        TestServer source = new TestServer("source", pair.source());
        TestServer target = new TestServer("target", pair.target());
        source.run("CREATE DATABASE powercut", "CREATE TABLE powercut.t (v INT)", "INSERT INTO powercut.t VALUES (1)");
        StoppingTask task = new StoppingTask(NAME, LoadTask.write(folder, pair, NAME, "retry: {other: 1s}"), folder.resolve("state"));
        task.catchesUp();
        String before = target.one("SELECT position FROM _dts.progress WHERE task = 'powercut'");
        source.run("INSERT INTO powercut.t VALUES (2)");
        task.catchesUp();
        target.run("UPDATE _dts.progress SET position = " + TestServer.literal(before) + " WHERE task = 'powercut'");
        source.run("INSERT INTO powercut.t VALUES (3)");
        task.stops("DTS-5102", "the queue has lost what another apply worker had");
        assertThat(target.one("SELECT COUNT(*) FROM powercut.t")).isEqualTo("2");
    }

    private static void copyQueue(Path from, Path to) throws IOException {
        for (String suffix : List.of("", "-wal", "-shm")) {
            Path file = to.resolve(NAME + ".db" + suffix);
            Files.deleteIfExists(file);
            if (Files.exists(from.resolve(file.getFileName()))) {
                Files.copy(from.resolve(file.getFileName()), file);
            }
        }
    }
}
