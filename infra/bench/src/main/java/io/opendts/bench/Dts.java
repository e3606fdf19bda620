package io.opendts.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * OpenDTS as a user runs it: the launcher of this checkout, its promised JSON lines read.
 *
 * @param place words that say whose tasks the commands are about: a state folder's or a server's
 */
record Dts(Servers servers, List<String> place) {

    static final String TASK_NAME = "bench";

    private static final String PASSWORD_VARIABLE = "DTS_BENCH_PASSWORD";
    private static final String TASK = """
            name: %s
            type: %s
            source: {engine: mysql, host: %s, port: %d, username: %s, password: "${%s}", tls: disabled}
            target: {engine: mysql, host: %s, port: %d, username: %s, password: "${%s}", tls: disabled}
            stages: [%s]
            objects:
              - database: %s
            """;

    Dts {
        place = List.copyOf(place);
    }

    static Dts embedded(Servers servers, Path state) {
        return new Dts(servers, List.of("--state", state.toString()));
    }

    static Dts on(Servers servers, Cluster cluster) {
        return new Dts(servers, List.of("--server", cluster.url()));
    }

    /** @param startAt of a task whose only stage is incremental; empty for the default, which is now */
    record Task(String type, String stages, String startAt) {

        static Task copy() {
            return new Task("migration", "schema, full", "");
        }

        static Task changes(String startAt) {
            return new Task("synchronization", "incremental", startAt);
        }
    }

    record Events(Program.Outcome outcome) {

        /** Seconds from the start of the process to the first event with this name. */
        OptionalDouble at(String event) {
            String wanted = "\"event\":\"" + event + "\"";
            return outcome.lines().stream().filter(line -> line.text().contains(wanted)).mapToDouble(Program.Line::atSeconds).findFirst();
        }

        boolean mention(String task) {
            return outcome.lines().stream().anyMatch(line -> line.text().contains("\"task\":\"" + task + "\""));
        }

        boolean inState(String state) {
            return stateAt(state).isPresent();
        }

        /** Seconds between the first events that tell of these states. */
        OptionalDouble span(String from, String to) {
            OptionalDouble began = stateAt(from);
            OptionalDouble ended = stateAt(to);
            return began.isPresent() && ended.isPresent() ? OptionalDouble.of(ended.getAsDouble() - began.getAsDouble())
                    : OptionalDouble.empty();
        }

        private OptionalDouble stateAt(String state) {
            String wanted = "\"state\":\"" + state + "\"";
            return outcome.lines().stream().filter(line -> line.text().contains(wanted)).mapToDouble(Program.Line::atSeconds).findFirst();
        }

        OptionalDouble first() {
            return outcome.lines().stream().mapToDouble(Program.Line::atSeconds).findFirst();
        }

        /** The milliseconds of a stage in the summary, as seconds. */
        OptionalDouble stageSeconds(String stage) {
            Pattern pattern = Pattern.compile("\"event\":\"summary\".*\"" + stage + "\":\\{\"ms\":(\\d+)");
            return outcome.lines().stream().map(line -> pattern.matcher(line.text())).filter(Matcher::find)
                    .mapToDouble(matcher -> Long.parseLong(matcher.group(1)) / 1000.0).findFirst();
        }
    }

    Events run(Task task, String... more) throws InterruptedException {
        return new Events(running(task, more).run().require("dts run"));
    }

    /** The command for that task, to be run. */
    Program running(Task task, String... more) {
        List<String> words = new ArrayList<>(List.of("run", write(task).toString()));
        words.addAll(List.of(more));
        return command(words);
    }

    /** Any command; the place comes behind its words. */
    Program command(List<String> words) {
        List<String> all = new ArrayList<>(List.of(servers.options().root().resolve("dts").toString()));
        all.addAll(words);
        all.addAll(place);
        all.addAll(List.of("--output", "json"));
        return new Program(all, servers.work("tools"), Map.of(PASSWORD_VARIABLE, Servers.PASSWORD));
    }

    Path write(Task task) {
        Path file = servers.work("bench.yaml");
        String start = task.startAt().isEmpty() ? "" : "startAt: \"" + task.startAt() + "\"\n";
        try {
            return Files.writeString(file, start + TASK.formatted(TASK_NAME, task.type(), servers.source().host(),
                    servers.source().port(), Servers.USER, PASSWORD_VARIABLE, servers.target().host(), servers.target().port(),
                    Servers.USER, PASSWORD_VARIABLE, task.stages(), Workload.DATABASE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
