package io.opendts.standalone.system;

import static io.opendts.testkit.ServerVersion.MARIADB_10_11;
import static io.opendts.testkit.ServerVersion.MARIADB_11_4;
import static io.opendts.testkit.ServerVersion.MYSQL_5_7;
import static io.opendts.testkit.ServerVersion.MYSQL_8_0;
import static io.opendts.testkit.ServerVersion.MYSQL_9_7;
import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.run.StandaloneWork;
import io.opendts.testkit.ServerPair;
import io.opendts.testkit.junit.OnPairs;
import io.opendts.testkit.junit.OnPairs.Pair;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;

/** Each statement of the corpus that a server accepts is followed: after each group of them both sides are defined alike. */
class SchemaCorpusTest {

    private static final List<String> DATABASES = List.of("ddl_effect", "ddl_effect_2");
    private static final Pattern UNSAID = Pattern.compile(
            " CHARACTER SET \\w+| COLLATE \\w+| DEFAULT NULL| ON (DELETE|UPDATE) (NO ACTION|RESTRICT)|,$");
    private static final int GROUP = Integer.getInteger("dts.group", 30);

    @TempDir
    private Path folder;

    @OnPairs({
        @Pair(source = MYSQL_5_7, target = MYSQL_5_7),
        @Pair(source = MYSQL_8_0, target = MYSQL_8_0),
        @Pair(source = MYSQL_9_7, target = MYSQL_9_7),
        @Pair(source = MARIADB_10_11, target = MARIADB_10_11),
        @Pair(source = MARIADB_11_4, target = MARIADB_11_4),
    })
    void the_target_becomes_what_the_source_becomes(ServerPair pair) throws Exception {
        TestServer source = new TestServer("source", pair.source());
        TestServer target = new TestServer("target", pair.target());
        DATABASES.forEach(database -> source.run("CREATE DATABASE " + database + " CHARACTER SET latin1",
                "CREATE TABLE " + database + ".there_before (id INT PRIMARY KEY)"));
        Path file = LoadTask.write(folder, pair, "ddl_effect");
        Files.writeString(file, Files.readString(file).replace("[{database: ddl_effect}]",
                "[{database: ddl_effect}, {database: ddl_effect_2}]"));
        follow(file, List.of());
        List<String> group = new ArrayList<>();
        int run = 0;
        try (MySqlConnection connection = source.open()) {
            connection.execute("SET SESSION sql_mode = 'ALLOW_INVALID_DATES', foreign_key_checks = 0");
            connection.execute("USE ddl_effect");
            for (String statement : statements()) {
                if (accepted(connection, statement)) {
                    group.add(statement);
                    run++;
                }
                if (group.size() == GROUP) {
                    compare(file, group, source, target);
                    group.clear();
                }
            }
        }
        compare(file, group, source, target);
        System.out.println(run + " statements followed from " + pair.source().version());
        assertThat(run).isGreaterThan(100);
    }

    /** Newer words are in the corpus for the servers that know them. */
    private static boolean accepted(MySqlConnection connection, String statement) {
        try {
            connection.execute(statement);
            return true;
        } catch (MySqlServerError refused) {
            return false;
        }
    }

    private void compare(Path file, List<String> group, TestServer source, TestServer target) throws Exception {
        follow(file, group);
        Sides sides = new Sides(source, target);
        for (String database : DATABASES) {
            try {
                assertThat(definitions(target, database)).isEqualTo(definitions(source, database));
                sides.haveEqualSchemas(database, false);
                sides.haveEqualRows(database);
            } catch (AssertionError different) {
                throw new AssertionError("behind:\n" + String.join(";\n", group) + "\n" + different.getMessage(), different);
            }
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

    private void follow(Path file, List<String> group) throws Exception {
        try (RunningTask running = RunningTask.start(new StandaloneWork(), file, folder.resolve("state"), true)) {
            assertThat(running.exit()).as("behind:\n%s\ntold: %s", String.join(";\n", group), running.events()).isEqualTo(ExitCode.DONE);
        }
    }

    private static List<String> statements() throws IOException {
        try (InputStream in = SchemaCorpusTest.class.getResourceAsStream("/ddl/statements.sql")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return Arrays.stream(text.split(";\n")).map(String::strip).filter(statement -> !statement.isEmpty()).toList();
        }
    }
}
