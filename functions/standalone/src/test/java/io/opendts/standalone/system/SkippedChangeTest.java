package io.opendts.standalone.system;

import static io.opendts.testkit.ServerVersion.MARIADB_10_11;
import static io.opendts.testkit.ServerVersion.MYSQL_8_0;
import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.testkit.ServerPair;
import io.opendts.testkit.junit.OnPairs;
import io.opendts.testkit.junit.OnPairs.Pair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.io.TempDir;

/** A statement that stops a task is told with its place, and is left out when the user says so: that one alone. */
class SkippedChangeTest {

    @TempDir
    private Path folder;

    @OnPairs({@Pair(source = MYSQL_8_0, target = MYSQL_8_0), @Pair(source = MARIADB_10_11, target = MARIADB_10_11)})
    void the_task_goes_on_behind_it(ServerPair pair) throws Exception {
        TestServer source = new TestServer("source", pair.source());
        TestServer target = new TestServer("target", pair.target());
        source.run("CREATE DATABASE skipped", "CREATE TABLE skipped.t (id INT PRIMARY KEY, v INT)", "INSERT INTO skipped.t VALUES (1, 1)");
        Path file = LoadTask.write(folder, pair, "skipped");
        Files.writeString(file, "ddl: {view: fail}\n", StandardOpenOption.APPEND);
        StoppingTask task = new StoppingTask("skipped", file, folder.resolve("state"));
        task.catchesUp();

        target.run("ALTER TABLE skipped.t ADD taken INT");
        source.run("INSERT INTO skipped.t VALUES (2, 2)", "CREATE VIEW skipped.not_followed AS SELECT 1",
                "INSERT INTO skipped.t VALUES (3, 3)", "ALTER TABLE skipped.t ADD taken INT", "INSERT INTO skipped.t VALUES (4, 4, 4)");
        task.skip(task.stops("DTS-2207", "CREATE ALGORITHM"));
        assertThat(target.one("SELECT COUNT(*) FROM skipped.t")).isEqualTo("2");
        task.skip(task.stops("DTS-3004", "ALTER TABLE skipped.t ADD taken INT"));
        assertThat(target.one("SELECT COUNT(*) FROM skipped.t")).isEqualTo("3");
        task.catchesUp();
        new Sides(source, target).haveEqualRows("skipped");
    }
}
