package io.opendts.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** OpenDTS as a user runs it: the launcher of this checkout, its promised JSON lines read. */
record Dts(Servers servers, Path state) {

    private static final String PASSWORD_VARIABLE = "DTS_BENCH_PASSWORD";
    private static final String TASK = """
            name: bench
            type: %s
            source: {engine: mysql, host: %s, port: %d, username: %s, password: "${%s}", tls: disabled}
            target: {engine: mysql, host: %s, port: %d, username: %s, password: "${%s}", tls: disabled}
            stages: [%s]
            objects:
              - database: %s
            """;

    record Events(Program.Outcome outcome) {

        /** Seconds from the start of the process to the first event with this name. */
        OptionalDouble at(String event) {
            String wanted = "\"event\":\"" + event + "\"";
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

    Events run(String type, String stages, String... more) throws InterruptedException {
        Path task = servers.work("bench.yaml");
        try {
            Files.writeString(task, TASK.formatted(type, servers.source().host(), servers.source().port(), Servers.USER, PASSWORD_VARIABLE,
                    servers.target().host(), servers.target().port(), Servers.USER, PASSWORD_VARIABLE, stages, Workload.DATABASE));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        List<String> words = new java.util.ArrayList<>(List.of(servers.options().root().resolve("dts").toString(), "run", task.toString(),
                "--state", state.toString(), "--output", "json"));
        words.addAll(List.of(more));
        return new Events(new Program(words, servers.work("tools"), Map.of(PASSWORD_VARIABLE, Servers.PASSWORD)).run().require("dts run"));
    }
}
