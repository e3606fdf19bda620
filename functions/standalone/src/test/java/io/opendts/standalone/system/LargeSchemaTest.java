package io.opendts.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.TaskState;
import io.opendts.model.event.Event;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Interruption;
import io.opendts.standalone.Work;
import io.opendts.standalone.run.StandaloneWork;
import io.opendts.state.EmbeddedStateStore;
import io.opendts.state.StateStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * 300 tables with every kind of column, key and object beside each other, carried over while they are written to, up to the
 * cut-over: then the rows are equal, and so is every definition to the letter. -Ddts.pairs=all for more versions, -Ddts.pair=PAIR for
 * one. Not among them: MySQL 5.7, which as a source refuses a statement of the load after some seconds for a table that is there
 * (1146), not explained yet.
 */
class LargeSchemaTest {

    private static final int TABLES = 300;
    private static final long SEED = 20260101;
    private static final int TRANSACTIONS_IN_EACH_STAGE = 200;

    static Stream<ServerPair> pairs() {
        List<String> all = List.of("mysql80>mysql80", "mariadb114>mariadb114", "mysql97>mysql97", "mariadb1011>mariadb1011");
        String one = System.getProperty("dts.pair", "");
        return (!one.isEmpty() ? List.of(one) : System.getProperty("dts.pairs", "").equals("all") ? all : all.subList(0, 2)).stream()
                .map(ServerPair::parse);
    }

    @TempDir
    private Path folder;

    private final Work work = new StandaloneWork();

    @ParameterizedTest(name = "{0}")
    @MethodSource("pairs")
    void is_on_the_target_to_the_letter_after_the_cut_over(ServerPair pair) throws Exception {
        TestServer source = TestServers.source(pair);
        TestServer target = TestServers.target(pair);
        try (Unsynced _ = new Unsynced(source); Unsynced _ = new Unsynced(target)) {
            isCarriedOver(source, target, LargeSchema.of(pair.source(), TABLES, SEED));
        }
    }

    private void isCarriedOver(TestServer source, TestServer target, LargeSchema schema) throws Exception {
        source.run(schema.statements());
        Path taskFile = taskFile(source, target);
        try (RunningTask running = RunningTask.start(work, taskFile, folder.resolve("state"), false)) {
            try (LargeLoad load = LargeLoad.start(source, schema, SEED)) {
                assertThat(running.awaitState("migrating")).as("told: %s", running.events()).isTrue();
                load.await(TRANSACTIONS_IN_EACH_STAGE);
                assertThat(load.transactions()).isGreaterThanOrEqualTo(TRANSACTIONS_IN_EACH_STAGE);
            }
            running.stop();
        }
        try (RunningTask rest = RunningTask.start(work, taskFile, folder.resolve("state"), true)) {
            assertThat(rest.exit()).as("told: %s", rest.events()).isEqualTo(ExitCode.DONE);
        }
        verified(taskFile);
        cutOver(taskFile);
        for (String database : LargeSchema.DATABASES) {
            new Sides(source, target).haveEqualRows(database);
        }
        assertThat(LargeSchema.DATABASES.stream().flatMap(d -> Definitions.differences(source, target, d).stream())).isEmpty();
    }

    private Path taskFile(TestServer source, TestServer target) throws Exception {
        String side = "{engine: mysql, host: 127.0.0.1, port: %d, username: root, password: \"%s\"}\n";
        String objects = LargeSchema.DATABASES.stream().map(d -> "  - database: \"" + d + "\"\n").collect(Collectors.joining());
        return Files.writeString(folder.resolve("task.yaml"), "name: large\ntype: migration\nsource: "
                + side.formatted(source.port(), source.server().password()) + "target: "
                + side.formatted(target.port(), target.server().password()) + "objects:\n" + objects);
    }

    private void verified(Path taskFile) {
        List<Event> told = new ArrayList<>();
        ExitCode verified = work.verify(
                new Work.VerifyRequest(taskFile, folder.resolve("state"), Optional.empty()), told::add, new Interruption());
        assertThat(verified).as("verified; told: %s", told).isEqualTo(ExitCode.DONE);
    }

    /** Stopping a running migration. */
    private void cutOver(Path taskFile) throws Exception {
        try (RunningTask running = RunningTask.start(work, taskFile, folder.resolve("state"), false)) {
            assertThat(running.await(e -> e instanceof Event.CaughtUp)).as("told: %s", running.events()).isTrue();
            try (StateStore store = EmbeddedStateStore.open(folder.resolve("state"))) {
                store.tasks().ask("large", new TaskState.Event.StopAsked());
            }
            assertThat(running.exit()).as("told: %s", running.events()).isEqualTo(ExitCode.DONE);
        }
    }

    /** A server that does not wait for its disk on each of some thousand small transactions and statements of DDL: nothing is killed. */
    private record Unsynced(TestServer server, List<String> before) implements AutoCloseable {

        private static final List<String> SETTINGS = List.of("sync_binlog", "innodb_flush_log_at_trx_commit");

        Unsynced(TestServer server) {
            this(server, SETTINGS.stream().map(name -> server.one("SELECT @@GLOBAL." + name)).toList());
            SETTINGS.forEach(name -> server.run("SET GLOBAL " + name + " = 0"));
        }

        /** Other tests are given the same server. */
        @Override
        public void close() {
            for (int i = 0; i < SETTINGS.size(); i++) {
                server.run("SET GLOBAL " + SETTINGS.get(i) + " = " + before.get(i));
            }
        }
    }
}
