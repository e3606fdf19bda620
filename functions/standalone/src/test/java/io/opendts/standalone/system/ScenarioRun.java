package io.opendts.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.CheckItem;
import io.opendts.model.event.Event;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Interruption;
import io.opendts.standalone.Work;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/** A scenario over one pair of servers, from the precheck to the proof that both sides are equal, whoever does the work. */
final class ScenarioRun {

    record Case(Scenario scenario, ServerPair pair) {
        @Override
        public String toString() {
            return scenario.name() + " " + pair;
        }
    }

    private static final int SHARES = 8;

    /**
     * Each scenario over one of the pairs that it names, the one whose servers have been used least, or over all of them
     * with -Ddts.pairs=all. -Ddts.scenario=REGEX runs the scenarios of such names, -Ddts.pair=PAIR one pair.
     */
    static Stream<Case> cases() {
        return scenarios().flatMap(leastUsed());
    }

    /**
     * An eighth of the scenarios over one pair each: on a cluster each takes its time. -Ddts.scenarios=all takes all of them, and
     * -Ddts.scenario and -Ddts.pairs=all do what they do in {@link #cases}.
     *
     * @param share 0 to 7
     */
    static Stream<Case> share(int share) {
        boolean all = System.getProperty("dts.scenarios", "").equals("all") || !System.getProperty("dts.scenario", "").isEmpty();
        return scenarios().filter(s -> all || Math.floorMod(s.name().hashCode(), SHARES) == share).flatMap(leastUsed());
    }

    /** Keeps count of servers over the scenarios of one stream. */
    private static Function<Scenario, Stream<Case>> leastUsed() {
        long max = System.getProperty("dts.pairs", "").equals("all") ? Long.MAX_VALUE : 1;
        Map<String, Integer> uses = new HashMap<>();
        return scenario -> {
            Comparator<ServerPair> byUse = Comparator.comparing(p -> uses.getOrDefault(p.source(), 0) + uses.getOrDefault(p.target(), 0));
            List<ServerPair> chosen = pairs(scenario).sorted(byUse).limit(max).toList();
            chosen.forEach(pair -> {
                uses.merge(pair.source(), 1, Integer::sum);
                uses.merge(pair.target(), 1, Integer::sum);
            });
            return chosen.stream().map(pair -> new Case(scenario, pair));
        };
    }

    private static Stream<Scenario> scenarios() {
        String wanted = System.getProperty("dts.scenario", "");
        return Scenario.all().stream().filter(s -> wanted.isEmpty() || s.name().matches(wanted));
    }

    private static Stream<ServerPair> pairs(Scenario scenario) {
        String wanted = System.getProperty("dts.pair", "");
        return scenario.pairs().stream().filter(p -> wanted.isEmpty() || p.toString().equals(wanted));
    }

    private final Work work;
    private final Path folder;
    private final List<Path> logs;
    private final Case one;
    private final Scenario scenario;
    private final List<Event> events = new ArrayList<>();
    private TestServer source;
    private TestServer target;
    private Path taskFile;

    /**
     * @param folder the test's own
     * @param logs   folders of log files that must not tell a secret
     */
    ScenarioRun(Case one, Work work, Path folder, List<Path> logs) {
        this.one = one;
        this.scenario = one.scenario();
        this.work = work;
        this.folder = folder;
        this.logs = logs;
    }

    void endsAsExpected() throws Exception {
        source = TestServers.source(one.pair());
        target = TestServers.target(one.pair());
        source.run(scenario.script("source.sql", source, target).statements(""));
        target.run(scenario.script("target.sql", source, target).statements(""));
        taskFile = folder.resolve("task.yaml");
        Files.writeString(taskFile, scenario.file("task.yaml", source, target).orElseThrow());

        ExitCode exit = run();

        assertThat(exit.number()).as("exit code; told: %s", events).hasToString(scenario.expect("exit", "0"));
        assertThat(told()).as("codes and failed items; all told: %s", events).isEqualTo(wanted());
        assertThat(String.join("\n", notes())).as("notes").contains(scenario.expect("noted", ""));
        assertThat(String.join("\n", reasons())).as("reasons").contains(scenario.expect("reasons", "").split("\\|"));
        assertThatNoSecretIsTold();
        if (exit == ExitCode.DONE) {
            compare();
        }
        assertThatTheTargetAnswers();
    }

    private ExitCode run() throws Exception {
        SqlScript during = scenario.script("during.sql", source, target);
        if (!during.sections().stream().allMatch(s -> s.statements().isEmpty())) {
            try (RunningTask running = RunningTask.start(work, taskFile, folder.resolve("state"), false)) {
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
            if (scenario.expect("stopped", "").equals("log purged")) {
                awaitThatTheLogIsPurged();
            }
            target.run(during.statements("stopped-target"));
        }
        try (RunningTask running = RunningTask.start(work, taskFile, folder.resolve("state"), true)) {
            ExitCode exit = running.exit();
            events.addAll(running.events());
            return exit;
        }
    }

    /** A file that the reader's connection or, on MariaDB, a transaction not yet written to disk holds back is purged later only. */
    private void awaitThatTheLogIsPurged() {
        Await.until("the source's log begins anew", () -> {
            source.run("PURGE BINARY LOGS BEFORE '2037-01-01 00:00:00'");
            return source.rows("SHOW BINARY LOGS").size() == 1;
        });
    }

    private List<String> notes() {
        return events.stream().filter(Event.Note.class::isInstance).map(event -> ((Event.Note) event).message()).toList();
    }

    private List<String> reasons() {
        return events.stream().filter(e -> e instanceof Event.Prechecked(CheckItem item) && item.result() == CheckItem.Result.FAILED)
                .map(event -> ((Event.Prechecked) event).item().message()).toList();
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
        for (Path log : logs) {
            if (Files.isDirectory(log)) {
                try (Stream<Path> files = Files.list(log)) {
                    for (Path file : files.toList()) {
                        assertThat(Files.readString(file)).as("secrets in %s", file).doesNotContain("very-secret");
                    }
                }
            }
        }
    }

    private void compare() {
        List<Event> found = new ArrayList<>();
        ExitCode verified = work.verify(
                new Work.VerifyRequest(taskFile, folder.resolve("state"), Optional.empty()), found::add, new Interruption());
        assertThat(verified.number()).as("exit code of verify; told: %s", found).hasToString(scenario.expect("verify", "0"));
        Sides sides = new Sides(source, target);
        for (String database : scenario.expect("databases", "").split(",")) {
            if (!database.isEmpty()) {
                sides.haveEqualRows(database);
                if (!scenario.expect("differs", "").equals("engine")) {
                    sides.haveEqualSchemas(database, one.pair().sameVersion());
                }
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
