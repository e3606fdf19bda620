package io.opendts.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.task.Resync;
import io.opendts.testkit.WriteLoad;
import io.opendts.testkit.WriteLoadOptions;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Tables change while deployed processes copy them, and behind that, and are copied anew, with two partitions of a topic of Kafka that
 * meet each time.
 */
@Deployed
class ClusterSchemaTest {

    private static final String NAME = "load";
    private static final int CHANGES = 20;
    private static final long SEED = 20_261_202L;
    private static final long PAUSE_MILLIS = 150;
    private static final Pattern APPROVE = Pattern.compile("--approve-ddl (\\S+)`");
    private static final Pattern SKIP = Pattern.compile("--skip-ddl (\\S+)`");

    private static HttpCluster on;

    @BeforeAll
    static void begin() {
        on = HttpCluster.shared();
    }

    @Test
    void partitions_meet_and_what_is_held_waits_for_its_approval() throws Exception {
        WriteLoadOptions options = WriteLoadOptions.defaults(NAME).withTables(2, 5_000).withRate(40, 2).withSeed(SEED);
        WriteLoad.prepare(on.source.server(), options);
        on.source.run("CREATE TABLE load.emptied (id INT PRIMARY KEY)", "INSERT INTO load.emptied VALUES (1), (2)",
                "CREATE TABLE load.kept (id INT PRIMARY KEY)", "INSERT INTO load.kept VALUES (1), (2)");
        String file = on.taskFile(NAME) + "consistency: relaxed\nparallelism: {apply: 2}\nddl: {truncate: hold}\n";
        ok(on.api("POST", "", file, "Content-Type", "application/yaml"), 201);
        try (WriteLoad load = WriteLoad.start(on.source.server(), options)) {
            ok(on.api("POST", "/load/start", ""), 200);
            awaitState("full");
            try (SchemaChanger changer = SchemaChanger.start(on.source, NAME, SEED, PAUSE_MILLIS)) {
                awaitState("synchronizing");
                int during = changer.statements();
                Await.until(CHANGES + " changes", () -> changer.statements() >= during + CHANGES);
            }
            on.source.run("TRUNCATE TABLE load.emptied");
            decide(APPROVE, "approveDdl");
            on.source.run("TRUNCATE TABLE load.kept", "CREATE TABLE load.behind (id INT PRIMARY KEY)");
            decide(SKIP, "skipDdl");
            load.stop();
        }
        awaitTable("behind");
        assertThat(on.target.one("SELECT COUNT(*) FROM load.emptied")).isEqualTo("0");
        assertThat(on.target.one("SELECT COUNT(*) FROM load.kept")).isEqualTo("2");
        on.source.run("DROP TABLE load.kept", "CREATE TABLE load.last (id INT PRIMARY KEY)");
        awaitTable("last");
        awaitCopies();
        Sides sides = new Sides(on.source, on.target);
        sides.haveEqualRows(NAME);
        sides.haveEqualSchemas(NAME, true);
        tablesAreCopiedAnew();
        sides.haveEqualRows(NAME);
        sides.haveEqualSchemas(NAME, true);
        ok(on.api("POST", "/load/stop", ""), 200);
    }

    /** One that was altered unseen, by the reader's look at it; and one whose rows somebody has deleted on the target, by request. */
    private static void tablesAreCopiedAnew() {
        on.source.run("SET sql_log_bin = 0", "ALTER TABLE load.behind ADD v INT", "SET sql_log_bin = 1",
                "INSERT INTO load.behind VALUES (1, 1)", "INSERT INTO load.last VALUES (1)");
        on.target.run("DELETE FROM load.sbtest1");
        ok(on.api("POST", "/load/resync?table=load.sbtest1", ""), 200);
        Await.until("a table that was altered unseen", () -> on.target.one("SELECT COUNT(*) FROM information_schema.COLUMNS WHERE"
                + " TABLE_SCHEMA = 'load' AND TABLE_NAME = 'behind'").equals("2")
                && on.target.one("SELECT COUNT(*) FROM load.behind").equals("1"));
        awaitCopies();
        assertThat(HttpCluster.json(on.api("GET", "/load", "").body()).get("state")).isEqualTo("synchronizing");
    }

    /** All partitions have met at the statement that makes it: what stands in front of it is on the target. */
    private static void awaitTable(String table) {
        Await.until("table " + table, () -> on.target.one("SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = 'load'"
                + " AND TABLE_NAME = '" + table + "'").equals("1"));
    }

    private static void awaitCopies() {
        Await.until(() -> "all is copied of " + Resync.of(on.store.progress(), NAME),
                () -> Resync.settled(on.store.progress(), NAME));
    }

    /** The task fails in front of the statement, and goes on as somebody decides. */
    private static void decide(Pattern remedy, String parameter) {
        awaitState("failed");
        Map<String, Object> task = HttpCluster.json(on.api("GET", "/load", "").body());
        Matcher choice = remedy.matcher(task.toString());
        assertThat(choice.find()).as(task.toString()).isTrue();
        ok(on.api("POST", "/load/resume?" + parameter + "=" + choice.group(1), ""), 200);
        awaitState("synchronizing");
    }

    private static void awaitState(String state) {
        AtomicReference<String> task = new AtomicReference<>();
        Await.until(() -> "the task is " + state + ": " + task.get(), () -> {
            task.set(on.api("GET", "/load", "").body());
            return state.equals(HttpCluster.json(task.get()).get("state"));
        });
    }

    private static void ok(HttpResponse<String> response, int status) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    }
}
