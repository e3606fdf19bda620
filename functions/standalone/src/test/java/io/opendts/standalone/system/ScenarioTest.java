package io.opendts.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.CheckItem;
import io.opendts.model.event.Event;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Interruption;
import io.opendts.standalone.Work;
import io.opendts.standalone.run.StandaloneWork;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every scenario folder over its pairs of servers: a task from the precheck to the proof that both sides are equal. */
class ScenarioTest {

    record Case(Scenario scenario, ServerPair pair) {
        @Override
        public String toString() {
            return scenario.name() + " " + pair;
        }
    }

    /** -Ddts.scenario=NAME runs one, -Ddts.pair=PAIR one pair. */
    static Stream<Case> cases() {
        String scenario = System.getProperty("dts.scenario", "");
        String pair = System.getProperty("dts.pair", "");
        return Scenario.all().stream()
                .filter(s -> scenario.isEmpty() || s.name().matches(scenario))
                .flatMap(s -> s.pairs().stream().map(p -> new Case(s, p)))
                .filter(c -> pair.isEmpty() || c.pair().toString().equals(pair));
    }

    @TempDir
    private Path folder;

    private Scenario scenario;
    private TestServer source;
    private TestServer target;
    private Path taskFile;
    private final List<Event> events = new ArrayList<>();

    @ParameterizedTest(name = "{0}")
    @MethodSource("cases")
    void endsAsExpected(Case one) throws Exception {
        scenario = one.scenario();
        source = TestServers.source(one.pair());
        target = TestServers.target(one.pair());
        source.run(scenario.script("source.sql", source, target).statements(""));
        target.run(scenario.script("target.sql", source, target).statements(""));
        taskFile = folder.resolve("task.yaml");
        Files.writeString(taskFile, scenario.file("task.yaml", source, target).orElseThrow());

        ExitCode exit = run();

        assertThat(exit.number()).as("exit code; told: %s", events).hasToString(scenario.expect("exit", "0"));
        assertThat(told()).as("codes and failed items; all told: %s", events).isEqualTo(wanted());
        assertThatNoSecretIsTold();
        if (exit == ExitCode.DONE) {
            compare(one.pair());
        }
        assertThatTheTargetAnswers();
    }

    private ExitCode run() throws Exception {
        SqlScript during = scenario.script("during.sql", source, target);
        if (!during.sections().stream().allMatch(s -> s.statements().isEmpty())) {
            try (RunningTask running = RunningTask.start(taskFile, folder.resolve("state"), false)) {
                for (String state : List.of("full", "synchronizing")) {
                    if (!during.statements(state).isEmpty()) {
                        assertThat(running.awaitState(state)).as("state %s; told: %s", state, running.events()).isTrue();
                        source.run(during.statements(state));
                    }
                }
                running.awaitState("synchronizing");
                running.stop();
            }
            source.run(during.statements("stopped"));
            target.run(during.statements("stopped-target"));
        }
        try (RunningTask running = RunningTask.start(taskFile, folder.resolve("state"), true)) {
            ExitCode exit = running.exit();
            events.addAll(running.events());
            return exit;
        }
    }

    /** Codes of errors and ids of failed precheck items, sorted. */
    private String told() {
        TreeSet<String> told = new TreeSet<>();
        for (Event event : events) {
            if (event instanceof Event.Failure failure) {
                told.add(failure.code());
            } else if (event instanceof Event.Mistake mistake) {
                told.add(mistake.line() + ":" + mistake.code());
            } else if (event instanceof Event.Prechecked(CheckItem item) && item.result() == CheckItem.Result.FAILED) {
                told.add(item.item());
            }
        }
        return String.join(" ", told);
    }

    private String wanted() {
        return String.join(" ", new TreeSet<>(List.of(scenario.expect("told", "").split(" "))));
    }

    private void assertThatNoSecretIsTold() throws Exception {
        assertThat(events.toString()).doesNotContain("very-secret");
        Path log = folder.resolve("state/logs");
        if (Files.isDirectory(log)) {
            try (Stream<Path> files = Files.list(log)) {
                for (Path file : files.toList()) {
                    assertThat(Files.readString(file)).doesNotContain("very-secret");
                }
            }
        }
    }

    private void compare(ServerPair pair) {
        List<Event> found = new ArrayList<>();
        ExitCode verified = new StandaloneWork().verify(
                new Work.VerifyRequest(taskFile, folder.resolve("state"), java.util.Optional.empty()), found::add, new Interruption());
        assertThat(verified.number()).as("exit code of verify; told: %s", found).hasToString(scenario.expect("verify", "0"));
        Sides sides = new Sides(source, target);
        for (String database : scenario.expect("databases", "").split(",")) {
            if (!database.isEmpty()) {
                sides.haveEqualRows(database);
                sides.haveEqualSchemas(database, pair.sameVersion());
            }
        }
    }

    /** {@code query.N} and {@code answer.N} of the expectation: what the target must say. */
    private void assertThatTheTargetAnswers() {
        for (int i = 1; !scenario.expect("query." + i, "").isEmpty(); i++) {
            assertThat(target.one(scenario.expect("query." + i, ""))).as(scenario.expect("query." + i, ""))
                    .isEqualTo(scenario.expect("answer." + i, ""));
        }
    }
}
