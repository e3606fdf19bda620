package io.opendts.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.event.Event;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Interruption;
import io.opendts.standalone.Work;
import io.opendts.standalone.run.StandaloneWork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One source into two tasks at once, on one target: what each keeps for itself there does not touch the other's. */
class TwoTasksTest {

    private static final StandaloneWork WORK = new StandaloneWork();

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"mysql80>mysql97", "mariadb1011>mariadb114"})
    void oneSourceFeedsBoth(String servers) throws Exception {
        ServerPair pair = ServerPair.parse(servers);
        TestServer source = TestServers.source(pair);
        TestServer target = TestServers.target(pair);
        source.run("CREATE DATABASE app", "CREATE TABLE app.t (id INT PRIMARY KEY, v INT)", "CREATE TABLE app.keyless (v INT)",
                "INSERT INTO app.t VALUES (1, 1), (2, 2)", "INSERT INTO app.keyless VALUES (1), (1)");
        target.run("CREATE DATABASE merged", "CREATE TABLE merged.all_t (id INT, v INT, `__dts_data_source` VARCHAR(190)"
                + " CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL, PRIMARY KEY (`__dts_data_source`, id))");
        Path left = task("left", source, target, "{database: app, to: copy}");
        Path right = task("right", source, target, "{database: app, to: second}");
        Path merging = task("merging", source, target,
                "{database: app, to: merged, tables: [{table: t, to: all_t, mergeTables: true}]}\nstages: [full, incremental]");
        List<Path> files = List.of(left, right, merging);
        List<RunningTask> running = new ArrayList<>();
        for (Path file : files) {
            running.add(RunningTask.start(WORK, file, state(file), false));
        }
        for (RunningTask one : running) {
            assertThat(one.awaitState("synchronizing")).as("told: %s", one.events()).isTrue();
        }
        source.run("UPDATE app.t SET v = 11 WHERE id = 1", "DELETE FROM app.t WHERE id = 2", "INSERT INTO app.keyless VALUES (3)");
        for (RunningTask one : running) {
            one.stop();
            one.close();
        }
        for (Path file : files) {
            endsEqual(file);
        }
        assertThat(target.one("SELECT GROUP_CONCAT(CAST(task AS CHAR) ORDER BY task) FROM _dts.progress")).isEqualTo("left,merging,right");
        assertThat(target.one("SELECT CONCAT((SELECT v FROM copy.t), (SELECT v FROM second.t), (SELECT COUNT(*) FROM copy.keyless),"
                + " (SELECT v FROM merged.all_t))")).isEqualTo("1111311");
    }

    private static void endsEqual(Path file) throws Exception {
        try (RunningTask rest = RunningTask.start(WORK, file, state(file), true)) {
            assertThat(rest.exit()).as("told: %s", rest.events()).isEqualTo(ExitCode.DONE);
        }
        List<Event> told = new ArrayList<>();
        assertThat(WORK.verify(new Work.VerifyRequest(file, state(file), Optional.empty()), told::add, new Interruption()))
                .as("told: %s", told).isEqualTo(ExitCode.DONE);
    }

    private static Path state(Path file) {
        return file.resolveSibling(file.getFileName() + ".state");
    }

    private Path task(String name, TestServer source, TestServer target, String objects) throws IOException {
        return Files.writeString(folder.resolve(name + ".yaml"), "name: " + name + "\ntype: synchronization\nsource: " + endpoint(source)
                + "\ntarget: " + endpoint(target) + "\nobjects:\n  - " + objects + "\n");
    }

    private static String endpoint(TestServer server) {
        return "{engine: mysql, host: 127.0.0.1, port: " + server.port() + ", username: root, password: "
                + server.server().password() + "}";
    }
}
