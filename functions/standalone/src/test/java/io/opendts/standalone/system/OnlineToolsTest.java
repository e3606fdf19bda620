package io.opendts.standalone.system;

import static io.opendts.testkit.ServerVersion.MARIADB_10_11;
import static io.opendts.testkit.ServerVersion.MYSQL_5_7;
import static io.opendts.testkit.ServerVersion.MYSQL_8_0;
import static io.opendts.testkit.ServerVersion.MYSQL_9_7;
import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.standalone.ExitCode;
import io.opendts.standalone.run.StandaloneWork;
import io.opendts.state.EmbeddedStateStore;
import io.opendts.state.StateStore;
import io.opendts.testkit.ServerPair;
import io.opendts.testkit.WriteLoad;
import io.opendts.testkit.WriteLoadOptions;
import io.opendts.testkit.junit.OnPairs;
import io.opendts.testkit.junit.OnPairs.Pair;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

/** Tools change a table beside it while people write to it and a task follows: in the end rows and definitions are equal. */
class OnlineToolsTest {

    private static final String ALTERATION = "ADD COLUMN note VARCHAR(20) NOT NULL DEFAULT 'neu' AFTER k,"
            + " MODIFY k BIGINT NOT NULL DEFAULT 0, ADD KEY by_note (note)";

    @TempDir
    private Path folder;
    private Path taskFile;
    private Path state;
    private TestServer source;
    private TestServer target;

    @OnPairs({@Pair(source = MYSQL_5_7, target = MYSQL_5_7), @Pair(source = MYSQL_8_0, target = MYSQL_8_0),
        @Pair(source = MARIADB_10_11, target = MARIADB_10_11)})
    void gh_ost(ServerPair pair) throws Exception {
        WriteLoadOptions options = prepare(pair);
        try (WriteLoad load = WriteLoad.start(pair.source(), options); GhostRun aborted = new GhostRun(source, "load", "sbtest1");
                GhostRun ghost = new GhostRun(source, "load", "sbtest1")) {
            catchUp();
            aborted.prepare("ADD COLUMN another INT");
            ghost.prepare(ALTERATION);
            // what was made so far the next run knows from its state alone
            catchUp();
            try (RunningTask task = run(false)) {
                ghost.copyRows();
                if (pair.source().version() == MYSQL_8_0) {
                    // this very build waits for itself when the table in the way is dropped under its lock
                    load.stop();
                    ghost.swapInTwoSteps();
                    source.run("INSERT INTO load.sbtest1 (k, note, c, pad) VALUES (1, 'alt', 'c', 'p'), (2, 'neu', 'c', 'p')",
                            "UPDATE load.sbtest1 SET k = 5000000000 ORDER BY id LIMIT 10", "DELETE FROM load.sbtest1 ORDER BY id LIMIT 1");
                } else {
                    load.pausedFor(ghost::swapAtOnce);
                }
                ghost.dropLog();
                ghost.dropOld();
                load.stop();
                task.stop();
            }
        }
        becomeEqual();
        assertThat(lookedUp()).as("copied anew").isEmpty();
    }

    /** A tool at work when the task begins, and one that gives each row a value of its own. */
    @OnPairs(@Pair(source = MARIADB_10_11, target = MARIADB_10_11))
    void what_alter_table_would_not_give_is_copied_anew(ServerPair pair) throws Exception {
        WriteLoadOptions options = prepare(pair);
        try (WriteLoad load = WriteLoad.start(pair.source(), options); GhostRun early = new GhostRun(source, "load", "sbtest2");
                GhostRun late = new GhostRun(source, "load", "sbtest1")) {
            early.prepare(ALTERATION);
            try (RunningTask task = run(false)) {
                assertThat(task.awaitState("synchronizing")).as("told: %s", task.events()).isTrue();
                assertThat(target.one("SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_NAME LIKE '%gh_'")).isEqualTo("0");
                late.prepare("ADD COLUMN at DATETIME(6) NOT NULL DEFAULT CURRENT_TIMESTAMP(6)");
                for (GhostRun ghost : List.of(late, early)) {
                    ghost.copyRows();
                    load.pausedFor(ghost::swapAtOnce);
                    ghost.dropLog();
                    ghost.dropOld();
                }
                load.stop();
                task.stop();
            }
        }
        becomeEqual();
        assertThat(lookedUp()).containsOnly("sbtest1", "sbtest2");
    }

    /** The tool itself, with a table that refers to the one that it changes. */
    @OnPairs({@Pair(source = MYSQL_5_7, target = MYSQL_5_7), @Pair(source = MYSQL_9_7, target = MYSQL_9_7),
        @Pair(source = MARIADB_10_11, target = MARIADB_10_11)})
    void pt_online_schema_change(ServerPair pair) throws Exception {
        WriteLoadOptions options = prepare(pair);
        source.run("CREATE TABLE load.child (id INT PRIMARY KEY, parent INT, KEY by_parent (parent),"
                + " CONSTRAINT of_parent FOREIGN KEY (parent) REFERENCES load.sbtest1 (id))");
        try (WriteLoad load = WriteLoad.start(pair.source(), options); RunningTask task = run(false)) {
            assertThat(task.awaitState("synchronizing")).as("told: %s", task.events()).isTrue();
            PtOnlineSchemaChange tool = new PtOnlineSchemaChange(pair.source(), "load", "sbtest1", folder);
            tool.run(ALTERATION);
            load.stop();
            task.stop();
        }
        source.run("INSERT INTO load.child SELECT id, id FROM load.sbtest1 LIMIT 3");
        becomeEqual();
        assertThat(lookedUp()).as("copied anew").isEmpty();
    }

    /** Carried as tables like all others, the swap too; or left behind, and what takes the table's name is copied anew. */
    @OnPairs({@Pair(source = MYSQL_8_0, target = MYSQL_8_0), @Pair(source = MARIADB_10_11, target = MARIADB_10_11)})
    void copied_and_ignored(ServerPair pair) throws Exception {
        for (String choice : List.of("copy", "ignore")) {
            WriteLoadOptions options = prepare(pair);
            taskFile = LoadTask.write(folder, pair, "load", "onlineDdl: " + choice);
            state = folder.resolve("state-" + choice);
            try (WriteLoad load = WriteLoad.start(pair.source(), options); GhostRun ghost = new GhostRun(source, "load", "sbtest1")) {
                try (RunningTask task = run(false)) {
                    assertThat(task.awaitState("synchronizing")).as("told: %s", task.events()).isTrue();
                    ghost.prepare(ALTERATION);
                    ghost.copyRows();
                    task.stop();
                }
                catchUp();
                assertThat(target.one("SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_NAME LIKE '%gh_'")).as(choice)
                        .isEqualTo(choice.equals("copy") ? "2" : "0");
                load.stop();
                ghost.swapInTwoSteps();
                source.run("UPDATE load.sbtest1 SET k = 5000000000 ORDER BY id LIMIT 10");
                ghost.dropLog();
                ghost.dropOld();
            }
            becomeEqual();
            assertThat(lookedUp()).as(choice).isEqualTo(choice.equals("copy") ? List.of() : List.of("sbtest1"));
            source.clear();
            target.clear();
        }
    }

    private WriteLoadOptions prepare(ServerPair pair) throws Exception {
        WriteLoadOptions options = WriteLoadOptions.defaults("load").withTables(2, 2_000).withRate(80, 2).withoutOtherShapes();
        WriteLoad.prepare(pair.source(), options);
        taskFile = LoadTask.write(folder, pair);
        state = folder.resolve("state");
        source = new TestServer("source", pair.source());
        target = new TestServer("target", pair.target());
        source.run("CREATE TABLE load._sbtest1_old (id INT PRIMARY KEY, v VARCHAR(20))",
                "INSERT INTO load._sbtest1_old VALUES (1, 'mine')");
        return options;
    }

    private RunningTask run(boolean untilCaughtUp) {
        return RunningTask.start(new StandaloneWork(), taskFile, state, untilCaughtUp);
    }

    private void catchUp() throws Exception {
        try (RunningTask rest = run(true)) {
            assertThat(rest.exit()).as("told: %s", rest.events()).isEqualTo(ExitCode.DONE);
        }
    }

    /** Tables that no ALTER TABLE has made what they are. */
    private List<String> lookedUp() {
        try (StateStore store = EmbeddedStateStore.openToRead(state).orElseThrow()) {
            return store.relations().changes("load").stream().filter(one -> one.lookUp().isPresent())
                    .map(one -> one.table().id().name()).toList();
        }
    }

    private void becomeEqual() throws Exception {
        source.run("UPDATE load._sbtest1_old SET v = 'still mine'");
        catchUp();
        Sides sides = new Sides(source, target);
        sides.haveEqualRows("load");
        sides.haveEqualSchemas("load", true);
    }
}
