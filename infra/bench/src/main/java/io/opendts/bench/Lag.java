package io.opendts.bench;

import io.opendts.testkit.SqlFailedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.DoubleStream;

/**
 * The measure "lag": how long a row that the source has committed takes to be seen on the target, while the source has nothing else
 * to do and while it is written to at a fixed rate.
 */
final class Lag {

    private static final String LEVEL = "template-level-lag";
    private static final int NATIVE_WORKERS = 4;
    private static final int SECONDS = 15;
    private static final int QUICK_SECONDS = 4;
    private static final int LOAD_PER_SECOND = 200;
    /** Of the load: before the heartbeat begins and after it has ended. */
    private static final int MARGIN_SECONDS = 2;

    /** Lags of all rounds, milliseconds. */
    static final class Result {

        private final String name;
        private final List<double[]> idle = new ArrayList<>();
        private final List<double[]> loaded = new ArrayList<>();
        private final List<String> failures = new ArrayList<>();

        private Result(String name) {
            this.name = name;
        }
    }

    private final Servers servers;
    private final Workload workload;
    private final Beats beats;
    private final int seconds;
    private final Consumer<String> say;

    Lag(Servers servers, Workload workload, Consumer<String> say) {
        this.servers = servers;
        this.workload = workload;
        this.beats = new Beats(servers);
        this.seconds = servers.options().quick() ? QUICK_SECONDS : SECONDS;
        this.say = say;
    }

    record Outcome(String text, boolean complete) {
    }

    Outcome measure(Optional<Cluster> cluster) throws InterruptedException {
        beats.createTable();
        String logPosition = CatchUp.level(servers, LEVEL);
        List<Replica> replicas = new ArrayList<>(List.of(new Replica.OpenDts(servers, Optional.empty())));
        cluster.ifPresent(up -> replicas.add(new Replica.OpenDts(servers, Optional.of(up))));
        replicas.add(new Replica.Native(new NativeReplication(servers, NATIVE_WORKERS)));
        Map<Replica, Result> results = new LinkedHashMap<>();
        replicas.forEach(replica -> results.put(replica, new Result(replica.name())));
        for (int round = 1; round <= servers.options().rounds(); round++) {
            for (Replica replica : replicas) {
                round(round, replica, results.get(replica), logPosition);
            }
        }
        return new Outcome(text(results.values().stream().toList()), results.values().stream().allMatch(one -> one.failures.isEmpty()));
    }

    private void round(int round, Replica replica, Result result, String logPosition) throws InterruptedException {
        try {
            replica.start(LEVEL, logPosition);
            beats.awaitLevel(replica::check);
            double[] idle = beats.lags(seconds, replica::check);
            double[] loaded = underLoad(replica);
            List<String> tables = new ArrayList<>(servers.options().shape().tables());
            tables.add(Beats.TABLE);
            Content.of(servers.source(), tables).requireEqual(Content.of(servers.target(), tables));
            result.idle.add(idle);
            result.loaded.add(loaded);
            say.accept(String.format(Locale.ROOT, "round %d, lag of %s: p99 %.1f ms idle, %.1f ms loaded, equal", round, replica.name(),
                    percentile(idle, 99), percentile(loaded, 99)));
        } catch (ContestantFailed | SqlFailedException e) {
            result.failures.add("round " + round + ": " + e.getMessage().strip().replaceAll("\\s+", " "));
            say.accept(replica.name() + ": " + result.failures.getLast());
        } finally {
            replica.end();
        }
    }

    private double[] underLoad(Replica replica) throws InterruptedException {
        Background load = workload.paced(servers.source(), LOAD_PER_SECOND, seconds + 2 * MARGIN_SECONDS).background();
        try {
            Thread.sleep(MARGIN_SECONDS * 1000L);
            load.requireAlive("sysbench");
            double[] lags = beats.lags(seconds, replica::check);
            load.finish("sysbench");
            beats.awaitLevel(replica::check);
            return lags;
        } finally {
            load.end();
        }
    }

    private String text(List<Result> results) {
        StringBuilder page = new StringBuilder("\n## Lag: from the source's commit to being seen on the target\n\n")
                .append("| contestant | source | rows | p50 ms | p90 ms | p99 ms | max ms |\n|---|---|---|---|---|---|---|\n");
        results.forEach(result -> page.append(row(result.name, "idle", result.idle)).append(row(result.name, "loaded", result.loaded)));
        page.append("\nA heartbeat row 100 times a second, each its own transaction, for ").append(seconds)
                .append(" s after a first second that is left out, in each of ").append(servers.options().rounds())
                .append(" rounds; loaded: beside it sysbench's oltp_write_only at ").append(LOAD_PER_SECOND).append(" transactions/s with ")
                .append(Workload.THREADS).append(" threads. ")
                .append("Seen is when a `select max(id)` on the target, once a millisecond, shows the row. ")
                .append("At the end of each round all tables are equal, or there is no figure.\n");
        results.forEach(result -> result.failures
                .forEach(why -> page.append("\n- without a figure: ").append(result.name).append(": ").append(why).append('\n')));
        return page.toString();
    }

    private static String row(String name, String source, List<double[]> rounds) {
        if (rounds.isEmpty()) {
            return "| " + name + " | " + source + " | no figure, see below | | | | |\n";
        }
        double[] all = rounds.stream().flatMapToDouble(DoubleStream::of).toArray();
        return String.format(Locale.ROOT, "| %s | %s | %d | %.1f | %.1f | %.1f | %.1f |%n", name, source, all.length, percentile(all, 50),
                percentile(all, 90), percentile(all, 99), percentile(all, 100));
    }

    /** The smallest value that so many percent do not exceed. */
    static double percentile(double[] values, double percent) {
        double[] sorted = Arrays.stream(values).sorted().toArray();
        return sorted[Math.max(0, (int) Math.ceil(percent / 100 * sorted.length) - 1)];
    }
}
