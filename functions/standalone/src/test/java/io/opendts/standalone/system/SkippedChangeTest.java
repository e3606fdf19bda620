package io.opendts.standalone.system;

import static io.opendts.testkit.ServerVersion.MARIADB_10_11;
import static io.opendts.testkit.ServerVersion.MYSQL_8_0;
import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.event.Event;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.LocalTasks;
import io.opendts.standalone.run.StandaloneWork;
import io.opendts.testkit.ServerPair;
import io.opendts.testkit.junit.OnPairs;
import io.opendts.testkit.junit.OnPairs.Pair;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;

/** A statement that stops a task is told with its place, and is left out when the user says so: that one alone. */
class SkippedChangeTest {

    private static final Pattern CHOICE = Pattern.compile("`dts resume skipped --skip-ddl (\\S+)`");

    @TempDir
    private Path folder;

    @OnPairs({@Pair(source = MYSQL_8_0, target = MYSQL_8_0), @Pair(source = MARIADB_10_11, target = MARIADB_10_11)})
    void the_task_goes_on_behind_it(ServerPair pair) throws Exception {
        TestServer source = new TestServer("source", pair.source());
        TestServer target = new TestServer("target", pair.target());
        source.run("CREATE DATABASE skipped", "CREATE TABLE skipped.t (id INT PRIMARY KEY, v INT)", "INSERT INTO skipped.t VALUES (1, 1)");
        Path file = LoadTask.write(folder, pair, "skipped");
        assertThat(run(file, new CopyOnWriteArrayList<>())).isEqualTo(ExitCode.DONE);

        target.run("ALTER TABLE skipped.t ADD taken INT");
        source.run("INSERT INTO skipped.t VALUES (2, 2)", "CREATE VIEW skipped.not_followed AS SELECT 1",
                "INSERT INTO skipped.t VALUES (3, 3)", "ALTER TABLE skipped.t ADD taken INT", "INSERT INTO skipped.t VALUES (4, 4, 4)");
        skip(stop(file, "DTS-2207", "CREATE ALGORITHM"));
        assertThat(target.one("SELECT COUNT(*) FROM skipped.t")).isEqualTo("2");
        skip(stop(file, "DTS-3004", "ALTER TABLE skipped.t ADD taken INT"));
        assertThat(target.one("SELECT COUNT(*) FROM skipped.t")).isEqualTo("3");
        assertThat(run(file, new CopyOnWriteArrayList<>())).isEqualTo(ExitCode.DONE);
        new Sides(source, target).haveEqualRows("skipped");
    }

    /** The remedy of the failure that the run ends with. */
    private String stop(Path file, String code, String statement) throws Exception {
        List<Event> told = new CopyOnWriteArrayList<>();
        assertThat(run(file, told)).as("told: %s", told).isEqualTo(ExitCode.TASK_FAILED);
        Event.Failure failure = told.stream().filter(Event.Failure.class::isInstance).map(Event.Failure.class::cast).findFirst()
                .orElseThrow();
        assertThat(failure.code()).isEqualTo(code);
        assertThat(failure.message()).contains(statement);
        return failure.remedy();
    }

    private void skip(String remedy) {
        Matcher choice = CHOICE.matcher(remedy);
        assertThat(choice.find()).as(remedy).isTrue();
        List<Event> told = new CopyOnWriteArrayList<>();
        assertThat(LocalTasks.embedded().resume(folder.resolve("state"), "skipped", Optional.of(choice.group(1)), told::add))
                .as("told: %s", told).isEqualTo(ExitCode.DONE);
    }

    private ExitCode run(Path file, List<Event> told) throws Exception {
        try (RunningTask running = RunningTask.start(new StandaloneWork(), file, folder.resolve("state"), true)) {
            ExitCode exit = running.exit();
            told.addAll(running.events());
            return exit;
        }
    }
}
