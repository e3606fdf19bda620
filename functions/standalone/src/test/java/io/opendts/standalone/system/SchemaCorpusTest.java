package io.opendts.standalone.system;

import static io.opendts.testkit.ServerVersion.MARIADB_10_11;
import static io.opendts.testkit.ServerVersion.MARIADB_11_4;
import static io.opendts.testkit.ServerVersion.MYSQL_5_7;
import static io.opendts.testkit.ServerVersion.MYSQL_8_0;
import static io.opendts.testkit.ServerVersion.MYSQL_9_7;
import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.standalone.run.StandaloneWork;
import io.opendts.testkit.DdlCorpus;
import io.opendts.testkit.ServerPair;
import io.opendts.testkit.junit.OnPairs;
import io.opendts.testkit.junit.OnPairs.Pair;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Each statement of the corpus that a server accepts is followed by a task that runs all the time, while people write to the tables:
 * after each group of them both sides are defined alike and hold the same rows. One pair of each family; the others with
 * {@code -Ddts.pairs=all}; one group alone with {@code -Ddts.group=keys}.
 */
class SchemaCorpusTest {

    private static final Pattern UNSAID = Pattern.compile(
            " CHARACTER SET \\w+| COLLATE \\w+| DEFAULT NULL| ON (DELETE|UPDATE) (NO ACTION|RESTRICT)|,$");
    private static final Pattern ROWS = Pattern.compile("(?i)\\s*(INSERT|UPDATE|DELETE) ");
    private static final String ONE_GROUP = System.getProperty("dts.group", "");
    private static final long SEED = Long.getLong("dts.seed", 20_261_130L);
    private static final long CAUGHT_UP_SECONDS_MAX = 120;
    private static final long LOOK_MILLIS = 20;

    @TempDir
    private Path folder;

    @OnPairs({
        @Pair(source = MYSQL_8_0, target = MYSQL_8_0),
        @Pair(source = MARIADB_11_4, target = MARIADB_11_4),
    })
    void the_target_becomes_what_the_source_becomes(ServerPair pair) throws Exception {
        follow(pair);
    }

    @OnPairs({
        @Pair(source = MYSQL_5_7, target = MYSQL_5_7),
        @Pair(source = MYSQL_9_7, target = MYSQL_9_7),
        @Pair(source = MARIADB_10_11, target = MARIADB_10_11),
    })
    @EnabledIfSystemProperty(named = "dts.pairs", matches = "all", disabledReason = "takes minutes")
    void so_it_does_on_other_versions(ServerPair pair) throws Exception {
        follow(pair);
    }

    private void follow(ServerPair pair) throws Exception {
        TestServer source = new TestServer("source", pair.source());
        TestServer target = new TestServer("target", pair.target());
        DdlCorpus.DATABASES.forEach(database -> source.run("CREATE DATABASE " + database + " CHARACTER SET latin1",
                "CREATE TABLE " + database + ".there_before (id INT PRIMARY KEY)"));
        Path file = LoadTask.write(folder, pair, "ddl_effect");
        Files.writeString(file, Files.readString(file).replace("[{database: ddl_effect}]",
                "[{database: ddl_effect}, {database: ddl_effect_2}]"));
        int run = 0;
        try (CorpusWriter writer = CorpusWriter.start(source, "ddl_effect", SEED);
                RunningTask task = RunningTask.start(new StandaloneWork(), file, folder.resolve("state"), false);
                MySqlConnection connection = source.open()) {
            assertThat(task.awaitState("synchronizing")).as("told: %s", task.events()).isTrue();
            int number = 0;
            for (DdlCorpus.Group group : DdlCorpus.all()) {
                if (ONE_GROUP.isEmpty() || ONE_GROUP.equals(group.name())) {
                    DdlCorpus.SESSION.forEach(connection::execute);
                    List<String> accepted = group.statements().stream().filter(statement -> accepted(connection, statement)).toList();
                    run += accepted.size();
                    compare(group.name(), ++number, writer, task, new Sides(source, target));
                }
            }
            System.out.println(run + " statements followed from " + pair.source().version() + " beside " + writer.done() + " writes");
            task.stop();
        }
        assertThat(run).isGreaterThan(ONE_GROUP.isEmpty() ? 300 : 0);
    }

    /** Newer words are in the corpus for the servers that know them. */
    private static boolean accepted(MySqlConnection connection, String statement) {
        // rows that nobody checked are others' tests
        boolean rows = ROWS.matcher(statement).lookingAt();
        try {
            connection.execute("SET SESSION foreign_key_checks = " + (rows ? 1 : 0));
            connection.execute(statement);
            return true;
        } catch (MySqlServerError refused) {
            return false;
        }
    }

    private static void compare(String group, int number, CorpusWriter writer, RunningTask task, Sides sides) throws Exception {
        writer.stand();
        try {
            sides.source().run("INSERT INTO ddl_effect.there_before VALUES (" + number + ")");
            awaitRow(number, group, task, sides.target());
            for (String database : DdlCorpus.DATABASES) {
                assertThat(definitions(sides.target(), database)).as("behind " + group).isEqualTo(definitions(sides.source(), database));
                sides.haveEqualSchemas(database, false);
                sides.haveEqualRows(database);
            }
        } finally {
            writer.goOn();
        }
    }

    /** The log is applied in its order: what stands in front of the row is on the target as well. */
    private static void awaitRow(int number, String group, RunningTask task, TestServer target) throws Exception {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(CAUGHT_UP_SECONDS_MAX);
        while (target.one("SELECT id FROM ddl_effect.there_before WHERE id = " + number).isEmpty()) {
            assertThat(task.over()).as("behind %s; told: %s", group, task.events()).isFalse();
            assertThat(System.nanoTime()).as("waiting behind %s; told: %s", group, task.events()).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(LOOK_MILLIS));
        }
    }

    /**
     * Line by line, in any order: foreign keys stand as they were made. Whether a collation, a NULL or RESTRICT was written or would be
     * so anyway is told by some servers and means the same.
     */
    private static List<String> definitions(TestServer server, String database) {
        List<String> lines = new ArrayList<>();
        for (String table : Sides.tables(server, database)) {
            String name = TestServer.quoted(database) + "." + TestServer.quoted(table);
            server.rows("SHOW CREATE TABLE " + name).getFirst().get(1).lines().map(line -> table + ": " + (line.startsWith(") ENGINE")
                    ? line.replaceAll(" AUTO_INCREMENT=\\d+", "") : UNSAID.matcher(line).replaceAll(""))).forEach(lines::add);
        }
        server.rows("SELECT TABLE_NAME, COLUMN_NAME, COLLATION_NAME FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = "
                + TestServer.literal(database) + " ORDER BY TABLE_NAME, ORDINAL_POSITION").forEach(row -> lines.add(row.toString()));
        return lines.stream().sorted().toList();
    }
}
