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

/** Statements that take data away wait until somebody runs them or leaves them out; what is in front of them is applied, nothing behind. */
class HeldChangeTest {

    private static final String HELD = "DTS-2210";

    @TempDir
    private Path folder;

    private TestServer source;
    private TestServer target;
    private StoppingTask task;

    private void begin(ServerPair pair, String ddl, String... prepared) throws Exception {
        source = new TestServer("source", pair.source());
        target = new TestServer("target", pair.target());
        source.run("CREATE DATABASE held");
        source.run(prepared);
        Path file = LoadTask.write(folder, pair, "held");
        Files.writeString(file, "ddl: " + ddl + "\n", StandardOpenOption.APPEND);
        task = new StoppingTask("held", file, folder.resolve("state"));
        task.catchesUp();
    }

    private String rows(String table) {
        return target.one("SELECT GROUP_CONCAT(id ORDER BY id) FROM held." + table);
    }

    @OnPairs({@Pair(source = MYSQL_8_0, target = MYSQL_8_0), @Pair(source = MARIADB_10_11, target = MARIADB_10_11)})
    void a_table_is_dropped_when_that_is_approved_and_kept_when_it_is_left_out(ServerPair pair) throws Exception {
        begin(pair, "{drop-table: hold}", "CREATE TABLE held.goes (id INT PRIMARY KEY)", "CREATE TABLE held.stays (id INT PRIMARY KEY)",
                "CREATE TABLE held.t (id INT PRIMARY KEY)");
        source.run("INSERT INTO held.t VALUES (1)", "DROP TABLE held.goes", "INSERT INTO held.t VALUES (2)",
                "ALTER TABLE held.t ADD v INT", "DROP TABLE held.stays", "INSERT INTO held.t VALUES (3, 3)");
        task.stops(HELD, "drop-table of held.goes");
        String undecided = task.stops(HELD, "DROP TABLE `held`.`goes`");
        assertThat(rows("t")).isEqualTo("1");
        task.approve(undecided);
        String next = task.stops(HELD, "DROP TABLE `held`.`stays`");
        assertThat(rows("t")).isEqualTo("1,2");
        assertThat(target.one("SELECT COUNT(*) FROM information_schema.tables WHERE table_schema='held' AND table_name='goes'"))
                .isEqualTo("0");
        task.skip(next);
        task.catchesUp();
        assertThat(rows("t")).isEqualTo("1,2,3");
        assertThat(rows("stays")).isEqualTo("NULL");
    }

    @OnPairs({@Pair(source = MYSQL_8_0, target = MYSQL_8_0), @Pair(source = MARIADB_10_11, target = MARIADB_10_11)})
    void a_table_is_emptied_when_that_is_approved_and_kept_when_it_is_left_out(ServerPair pair) throws Exception {
        begin(pair, "{truncate: hold}", "CREATE TABLE held.t (id INT PRIMARY KEY)", "INSERT INTO held.t VALUES (1), (2)",
                "CREATE TABLE held.kept (id INT PRIMARY KEY)", "INSERT INTO held.kept VALUES (1), (2)");
        source.run("INSERT INTO held.t VALUES (3)", "TRUNCATE TABLE held.t", "INSERT INTO held.t VALUES (4)",
                "TRUNCATE TABLE held.kept", "INSERT INTO held.t VALUES (5)");
        String first = task.stops(HELD, "truncate of held.t");
        assertThat(rows("t")).isEqualTo("1,2,3");
        task.approve(first);
        String second = task.stops(HELD, "TRUNCATE TABLE held.kept");
        assertThat(rows("t")).isEqualTo("4");
        task.skip(second);
        task.catchesUp();
        assertThat(rows("t")).isEqualTo("4,5");
        assertThat(rows("kept")).isEqualTo("1,2");
    }

    @OnPairs({@Pair(source = MYSQL_8_0, target = MYSQL_8_0)})
    void fail_goes_before_hold_and_what_would_be_made_by_half_is_held(ServerPair pair) throws Exception {
        begin(pair, "{drop-column: fail, rename-table: hold, index: ignore}", "CREATE TABLE held.t (id INT PRIMARY KEY, v INT, w INT)");
        source.run("ALTER TABLE held.t DROP COLUMN w, RENAME TO held.u");
        task.skip(task.stops("DTS-2207", "DROP COLUMN w"));
        target.run("ALTER TABLE held.t DROP COLUMN w, RENAME TO held.u");
        source.run("INSERT INTO held.u VALUES (1, 1)", "ALTER TABLE held.u ADD x INT, ADD KEY (v)", "CREATE INDEX x ON held.u (x)",
                "INSERT INTO held.u VALUES (2, 2, 2)");
        task.approve(task.stops(HELD, "index of held.u is ignored by the task, and another part of it is not"));
        task.catchesUp();
        assertThat(target.one("SELECT GROUP_CONCAT(DISTINCT index_name ORDER BY 1) FROM information_schema.statistics"
                + " WHERE table_schema='held' AND table_name='u'")).isEqualTo("PRIMARY,v");
        assertThat(target.one("SELECT GROUP_CONCAT(CONCAT_WS(' ', id, x) ORDER BY id) FROM held.u")).isEqualTo("1,2 2");
    }
}
