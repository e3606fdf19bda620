package io.opendts.bench;

import io.opendts.testkit.DatabaseServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Debezium's embedded engine with a sink of batched upserts in its process: the program that {@code infra/bench/debezium} is. */
record DebeziumUpsert(Servers servers, String logPosition, String gtids) implements Contestant {

    private static final String COMMITTED = "committed ";

    @Override
    public String name() {
        return "Debezium embedded + batched upserts";
    }

    @Override
    public String how() {
        return "its engine from the source's position before the load, 2,048 events a transaction of the target, of them the last state"
                + " of each key in statements of 500 rows; time from the start of its JVM to its last commit";
    }

    @Override
    public Optional<String> missing() {
        return Files.isDirectory(built("lib")) ? Optional.empty() : Optional.of("infra/bench/debezium could not be built");
    }

    private Path built(String name) {
        return servers.options().root().resolve("infra/bench/debezium/target").resolve(name);
    }

    @Override
    public void prepare() throws InterruptedException {
        servers.resetTarget(CatchUp.LEVEL);
    }

    @Override
    public Sample measure() throws InterruptedException {
        return servers.measured(() -> {
            Program.Outcome outcome = new Program(words(), servers.work("tools"), Map.of("DTS_BENCH_PASSWORD", Servers.PASSWORD)).run()
                    .require("Debezium");
            List<Program.Line> commits = outcome.lines().stream().filter(line -> line.text().startsWith(COMMITTED)).toList();
            if (commits.isEmpty()) {
                throw new ContestantFailed("Debezium ended without a commit: " + outcome.errorTail());
            }
            return new Sample(commits.getLast().atSeconds(), outcome.cpuSeconds(), 0, 0, outcome.peakRssKib(),
                    Map.of("to first commit", commits.getFirst().atSeconds()));
        });
    }

    private List<String> words() {
        DatabaseServer source = servers.source();
        int colon = logPosition.lastIndexOf(':');
        return List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx512m", "-cp",
                built("classes") + ":" + built("lib") + "/*", "io.opendts.bench.debezium.DebeziumUpsert",
                source.version().isMySql() ? "mysql" : "mariadb", source.host(), Integer.toString(source.port()),
                Integer.toString(servers.target().port()), Servers.USER, Workload.DATABASE, logPosition.substring(0, colon),
                logPosition.substring(colon + 1), gtids,
                Long.toString(servers.options().mix().rowChanges(servers.options().transactions())));
    }
}
