package io.opendts.bench;

import io.opendts.testkit.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** The measure "decoder": the reader of the log alone, out of memory by JMH, and from the server beside the server's own copying client. */
record Decoding(Servers servers, Workload workload, Consumer<String> say) {

    private static final String RAW = "mariadb-binlog";
    private static final String DECODE = "io.opendts.engines.mysql.log.DecodeBenchmark";
    private static final String READ = "io.opendts.engines.mysql.log.ReadLog";
    private static final Map<String, String> CONTESTANTS = Map.of("opendts", "OpenDTS's decoder: checksums verified, rows packed",
            "library", "mysql-binlog-connector-java 0.30.1: checksums skipped");
    private static final double MIB = 1024 * 1024;

    /** One file of the log, with nothing in it but the write load. */
    private record Log(String name, Path path, long bytes) {
    }

    String measure() throws InterruptedException {
        Log log = write();
        say.accept("decoding it");
        StringBuilder page = new StringBuilder(String.format(Locale.ROOT, "%n## The log of %s (%d row changes, %.0f MiB), read%n%n",
                servers.options().mix().text(servers.options().transactions()),
                servers.options().mix().rowChanges(servers.options().transactions()), log.bytes() / MIB));
        page.append("Out of memory, one thread, by JMH (3 iterations to warm up, 5 measured):\n\n")
                .append("| decoder | row events/s | MiB/s |\n|---|---|---|\n");
        for (Program.Line line : java(log, DECODE, List.of()).lines()) {
            String[] words = line.text().split(" ");
            if (CONTESTANTS.containsKey(words[0])) {
                page.append(String.format(Locale.ROOT, "| %s | %s (+- %s) | %.0f |%n", CONTESTANTS.get(words[0]), words[1], words[2],
                        Double.parseDouble(words[3]) / MIB));
            }
        }
        return page.append(fromServer(log)).toString();
    }

    private Log write() throws InterruptedException {
        try (Sql sql = servers.source().sql()) {
            sql.execute("flush binary logs");
        }
        String name = NativeReplication.logPosition(servers.source()).split(":")[0];
        say.accept("writing " + servers.options().mix().text(servers.options().transactions()));
        workload.write(servers.source());
        long bytes = Long.parseLong(NativeReplication.logPosition(servers.source()).split(":")[1]);
        try (Sql sql = servers.source().sql()) {
            sql.execute("flush binary logs");
        }
        Path path = servers.source().dataFolder().resolve(name);
        try {
            if (Files.size(path) < bytes) {
                throw new ContestantFailed("the load did not fit into one file of the log: fewer --transactions");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Log(name, path, bytes);
    }

    private String fromServer(Log log) throws InterruptedException {
        List<Double> ours = new ArrayList<>();
        List<Double> raw = new ArrayList<>();
        Optional<String> missing = Peer.missing(RAW);
        long rows = 0;
        for (int round = 1; round <= servers.options().rounds(); round++) {
            String[] words = java(log, READ, List.of(Long.toString(log.bytes()))).lines().getLast().text().split(" ");
            rows = Long.parseLong(words[1]);
            ours.add(Double.parseDouble(words[3]));
            if (missing.isEmpty()) {
                raw.add(raw(log));
            }
            say.accept("round " + round + ", from the server: OpenDTS " + ours.getLast() + " s"
                    + (raw.isEmpty() ? "" : ", raw " + raw.getLast() + " s"));
        }
        return "\nFrom the server, " + ours.size() + " rounds, median (min-max):\n\n| reader | seconds | row events/s | MiB/s |\n"
                + "|---|---|---|---|\n"
                + row("OpenDTS's reader, cold JVM, from its connect to the last transaction", ours, rows, log)
                + missing.map(why -> "| " + RAW + " | " + why + " | | |\n")
                        .orElseGet(() -> row("`" + RAW + " --raw`: copies the file, decodes nothing", raw, servers.options().mix()
                                .rowChanges(servers.options().transactions()), log));
    }

    private static String row(String name, List<Double> seconds, long rows, Log log) {
        Spread spread = Spread.of(seconds);
        return String.format(Locale.ROOT, "| %s | %s | %.0f | %.0f |%n", name, spread.text(2), rows / spread.median(),
                log.bytes() / MIB / spread.median());
    }

    private Program.Outcome java(Log log, String main, List<String> more) throws InterruptedException {
        Path built = servers.options().root().resolve("infra/bench/decoder/target");
        List<String> words = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-cp", built.resolve("classes") + ":" + built.resolve("lib") + "/*", "-Ddts.bench.host=" + servers.source().host(),
                "-Ddts.bench.port=" + servers.source().port(), "-Ddts.bench.user=" + Servers.USER,
                "-Ddts.bench.database=" + Workload.DATABASE, "-Ddts.bench.file=" + log.name(), "-Ddts.bench.path=" + log.path(), main));
        words.addAll(more);
        return new Program(words, servers.work("tools"), Map.of("DTS_BENCH_PASSWORD", Servers.PASSWORD)).run().require(main);
    }

    private double raw(Log log) throws InterruptedException {
        Path folder = Folders.fresh(servers.work("raw"));
        try {
            return new Program(Peer.words(RAW, "--read-from-remote-server", "--raw", "-h", servers.source().host(),
                    "-P", Integer.toString(servers.source().port()), "-u", Servers.USER, "-p" + Servers.PASSWORD,
                    "--result-file=" + folder + "/", log.name()), folder, Peer.environment(RAW)).run().require(RAW).seconds();
        } finally {
            Folders.delete(folder);
        }
    }
}
