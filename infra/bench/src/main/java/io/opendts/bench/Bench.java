package io.opendts.bench;

import io.opendts.bench.BenchOptions.Measure;
import io.opendts.testkit.ServerFailedException;
import io.opendts.testkit.ServerUnavailableException;
import io.opendts.testkit.Sql;
import io.opendts.testkit.SqlFailedException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Measures OpenDTS and its peers in one run on this machine: {@code ./dts bench}. The system property {@code dts.root} names
 * the checkout. Exit codes: 0 all contestants have figures, 2 wrong usage, 5 one of them failed or left different data.
 */
public final class Bench {

    private static final int DONE = 0;
    private static final int USAGE = 2;
    private static final int FAILED = 5;
    /** Of the embedded mode's rate: more than this is not to be lost to messages and processes. */
    private static final double CLUSTER_RATE_WANTED = 0.8;

    private final BenchOptions options;
    private final Servers servers;
    private final Workload workload;
    private final PrintStream out;
    private boolean failed;

    private Bench(BenchOptions options, Servers servers, Workload workload, PrintStream out) {
        this.options = options;
        this.servers = servers;
        this.workload = workload;
        this.out = out;
    }

    public static void main(String[] words) {
        System.exit(run(List.of(words), System.out));
    }

    private static int run(List<String> words, PrintStream out) {
        try {
            BenchOptions options = BenchOptions.parse(words, Path.of(System.getProperty("dts.root", "")).toAbsolutePath());
            Files.createDirectories(options.work().getParent());
            Path lock = options.work().resolveSibling("lock");
            try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    FileLock held = channel.tryLock()) {
                if (held == null) {
                    throw new ContestantFailed("another run holds " + lock + "; two at once would measure each other");
                }
                return alone(options, out);
            }
        } catch (BenchOptions.UsageException e) {
            System.err.println("dts bench: " + e.getMessage() + "; see ./dts bench --help");
            return USAGE;
        } catch (ContestantFailed | ServerUnavailableException | ServerFailedException e) {
            System.err.println("dts bench: " + e.getMessage());
            return FAILED;
        } catch (IOException e) {
            System.err.println("dts bench: " + e);
            return FAILED;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FAILED;
        }
    }

    private static int alone(BenchOptions options, PrintStream out) throws InterruptedException, IOException {
        Machine machine = Machine.here();
        Folders.fresh(options.work());
        try (Servers servers = Servers.start(options)) {
            return new Bench(options, servers, new Workload(Peer.located("sysbench"), options), out).run(machine);
        } finally {
            Folders.delete(options.work());
        }
    }

    private int run(Machine machine) throws InterruptedException, IOException {
        StringBuilder page = new StringBuilder(Page.head(options, machine, Machine.commit(options.root()), serverVersion(), tools()));
        out.println(page);
        say("loading %s", options.shape().text(options.rows()));
        FullCopy.prepare(servers);
        workload.load(servers.source());
        // In this order: the lag's table would be in the others' way, and a cold worker copies whatever is there.
        for (Measure measure : List.of(Measure.FULL, Measure.COLD, Measure.CATCHUP, Measure.DECODER, Measure.LAG)) {
            if (options.only().contains(measure)) {
                add(page, switch (measure) {
                    case FULL -> full();
                    case COLD -> cold();
                    case CATCHUP -> catchUp();
                    case DECODER -> new Decoding(servers, workload, text -> say("%s", text)).measure();
                    case LAG -> lag();
                });
            }
        }
        Files.createDirectories(options.results());
        Path file = options.results().resolve(DateTimeFormatter.ofPattern("yyyy-MM-dd-HHmm").format(LocalDateTime.now(ZoneOffset.UTC)) + "-"
                + options.server().folderName() + ".md");
        Files.writeString(file, page);
        out.println("written: " + (file.startsWith(options.root()) ? options.root().relativize(file) : file));
        return failed ? FAILED : DONE;
    }

    private void add(StringBuilder page, String text) {
        page.append(text);
        out.println(text);
    }

    private interface OnCluster {
        String run(Optional<Cluster> cluster) throws InterruptedException;
    }

    /** With a cluster, when it is asked for, that is up for this measure alone. */
    private String onCluster(OnCluster measure) throws InterruptedException {
        if (!options.cluster()) {
            return measure.run(Optional.empty());
        }
        say("bringing up a cluster");
        try (Cluster cluster = Cluster.up(servers)) {
            say("the cluster takes %.2f cores while it has nothing to do", cluster.settle());
            return measure.run(Optional.of(cluster));
        }
    }

    private String full() throws InterruptedException {
        List<Series> series = new ArrayList<>();
        String notes = onCluster(cluster -> {
            series.addAll(rounds(FullCopy.contestants(servers, cluster), Map.of()));
            return notes(cluster, series);
        });
        return Page.section(new Page.Section("Full copy of " + options.shape().text(options.rows()),
                workload.rows() + " rows", workload.rows(), series)) + notes;
    }

    private static String notes(Optional<Cluster> cluster, List<Series> series) throws InterruptedException {
        return cluster.isEmpty() ? "" : Page.ratio(series.get(0), series.get(1), CLUSTER_RATE_WANTED, cluster.get().idleCores());
    }

    private String cold() throws InterruptedException {
        return onCluster(cluster -> {
            try {
                return new Cold(servers, cluster.orElseThrow(), text -> say("%s", text)).measure();
            } catch (ContestantFailed e) {
                failed = true;
                say("cold: %s", e.getMessage());
                return "\n## A cold worker\n\nNo figure: " + e.getMessage().strip().replaceAll("\\s+", " ") + "\n";
            }
        });
    }

    private String lag() throws InterruptedException {
        return onCluster(cluster -> {
            Lag.Outcome outcome = new Lag(servers, workload, text -> say("%s", text)).measure(cluster);
            failed |= !outcome.complete();
            return outcome.text();
        });
    }

    private String catchUp() throws InterruptedException {
        say("making a target that is level with the source");
        CatchUp.Prepared prepared = CatchUp.prepare(servers);
        say("writing %s to the source", options.mix().text(options.transactions()));
        double perSecond = workload.write(servers.source());
        say("the source made %.0f transactions/s", perSecond);
        List<Series> series = new ArrayList<>();
        String notes = onCluster(cluster -> {
            List<Contestant> contestants = CatchUp.contestants(servers, prepared, cluster);
            Map<Contestant, String> out = new HashMap<>();
            prepared.refused().ifPresent(why -> out.put(contestants.getFirst(), why));
            series.addAll(rounds(contestants, out));
            return notes(cluster, series);
        });
        long rows = options.mix().rowChanges(options.transactions());
        return Page.section(new Page.Section(
                "Catch-up of " + options.mix().text(options.transactions()) + " (" + rows + " row changes)",
                rows + " row changes, made by the source at " + Math.round(perSecond) + " transactions/s with " + Workload.THREADS
                        + " threads", rows, series)) + notes;
    }

    /** @param refused why a contestant is out from the beginning */
    private List<Series> rounds(List<Contestant> contestants, Map<Contestant, String> refused) throws InterruptedException {
        Content wanted = Content.of(servers.source(), options.shape().tables());
        List<Series> all = contestants.stream().map(Series::new).toList();
        List<Series> running = new ArrayList<>();
        for (Series series : all) {
            Contestant contestant = series.contestant();
            Optional<String> missing = contestant.missing().map(why -> "not on this machine: " + why);
            missing.or(() -> Optional.ofNullable(refused.get(contestant)))
                    .ifPresentOrElse(why -> lose(series, why), () -> running.add(series));
        }
        for (int round = 1; round <= options.rounds(); round++) {
            for (Series series : running) {
                measure(series, round, wanted);
            }
        }
        return all;
    }

    private void measure(Series series, int round, Content wanted) throws InterruptedException {
        try {
            series.contestant().prepare();
            Sample sample = series.contestant().measure();
            wanted.requireEqual(Content.of(servers.target(), options.shape().tables()));
            series.add(sample);
            say("round %d, %s: %.2f s, equal", round, series.contestant().name(), sample.seconds());
        } catch (ContestantFailed | SqlFailedException e) {
            lose(series, "round " + round + ": " + e.getMessage());
        }
    }

    private void lose(Series series, String why) {
        failed = true;
        series.fail(why);
        say("%s: %s", series.contestant().name(), why);
    }

    private String serverVersion() {
        try (Sql sql = servers.source().sql()) {
            String version = sql.value("select version()");
            return (servers.source().version().isMySql() ? "MySQL " : "MariaDB ") + version;
        }
    }

    private List<String> tools() throws InterruptedException {
        List<String> found = new ArrayList<>();
        for (String name : List.of("sysbench", "mydumper", "mariadb-dump")) {
            Optional<String> missing = Peer.missing(name);
            found.add(missing.isPresent() ? missing.get() : Peer.version(name, servers.work("tools")));
        }
        return found;
    }

    private void say(String format, Object... values) {
        out.println("bench: " + String.format(Locale.ROOT, format, values));
        out.flush();
    }
}
