package io.opendts.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A cluster of OpenDTS on this machine, as {@code ./dts cluster up} starts it. Used by one thread; ends with the program at the latest. */
final class Cluster implements AutoCloseable {

    /** Beyond what is the default: the copy is spread. */
    private static final List<String> COUNTS = List.of("--snapshot", "2");
    private static final Pattern SERVER = Pattern.compile("\"server\":\"([^\"]+)\"");
    private static final Pattern PROCESS =
            Pattern.compile("\"function\":\"([^\"]+)\",\"id\":\"([^\"]+)\",\"pid\":(\\d+),[^{}]*\"url\":\"([^\"]+)\"");
    private static final int NOT_READY = 5;
    private static final int READY_TRIES = 20;
    private static final int DOWN_TRIES = 3;
    private static final double IDLE_SECONDS = 5;
    /** What it takes falls by less than a tenth from one look to the next. */
    private static final double SETTLED = 0.9;
    private static final int SETTLE_TRIES = 12;

    /** @param function as in its folder's name; kafka and state-store too */
    record Member(String function, String id, long pid, String url) {
    }

    private final Servers servers;
    private final Thread atExit = new Thread(this::downInHaste, "cluster-down");
    /** Of the command that brought it down; null while it is up. Guarded by this. */
    private Program.Outcome ended;

    private Cluster(Servers servers) {
        this.servers = servers;
    }

    /** The first time in a checkout this builds the processes, which takes minutes. */
    static Cluster up(Servers servers) throws InterruptedException {
        Cluster cluster = new Cluster(servers);
        Runtime.getRuntime().addShutdownHook(cluster.atExit);
        try {
            cluster.bring();
            return cluster;
        } catch (RuntimeException | InterruptedException e) {
            cluster.close();
            throw e;
        }
    }

    /** Starts what does not run. */
    void bring() throws InterruptedException {
        List<String> words = new ArrayList<>(List.of("up"));
        words.addAll(COUNTS);
        Program.Outcome outcome = command(words).run();
        // On a busy machine a process can miss the moment when it is asked: no reason not to measure, once it answers.
        for (int i = 0; i < READY_TRIES && outcome.exitCode() == NOT_READY; i++) {
            outcome = command(List.of("status")).run();
        }
        outcome.require("dts cluster up");
    }

    String url() {
        Matcher server = SERVER.matcher(record());
        if (!server.find()) {
            throw new ContestantFailed("the cluster's record names no server");
        }
        return server.group(1);
    }

    List<Member> members() {
        return PROCESS.matcher(record()).results()
                .map(found -> new Member(found.group(1), found.group(2), Long.parseLong(found.group(3)), found.group(4))).toList();
    }

    /** The work, with the CPU time that all of the cluster's processes spent meanwhile, Kafka and the state store included. */
    Sample measured(Servers.Work work) throws InterruptedException {
        Map<String, Double> before = cpuSeconds();
        Sample own = servers.measured(work);
        Map<String, Double> parts = new TreeMap<>(own.parts());
        cpuSeconds().forEach((function, seconds) -> parts.put("CPU of " + function, seconds - before.getOrDefault(function, 0.0)));
        double cpu = sum(cpuSeconds()) - sum(before);
        return new Sample(own.seconds(), own.ownCpuSeconds() + cpu, own.sourceCpuSeconds(), own.targetCpuSeconds(),
                own.peakRssKib() + members().stream().mapToLong(member -> Processes.peakRssKib(member.pid())).sum(), parts);
    }

    /** By function; Kafka and the state store too. */
    private Map<String, Double> cpuSeconds() {
        return members().stream().collect(Collectors.groupingBy(Member::function,
                Collectors.summingDouble(member -> Processes.cpuSeconds(member.pid()))));
    }

    private static double sum(Map<String, Double> seconds) {
        return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
    }

    /** Until what its processes compile after their start is compiled. @return {@link #idleCores()} of then */
    double settle() throws InterruptedException {
        double before = idleCores();
        for (int i = 0; i < SETTLE_TRIES; i++) {
            double now = idleCores();
            if (now > before * SETTLED) {
                return now;
            }
            before = now;
        }
        return before;
    }

    /** What the others lose by its being there: cores that it takes without a task. */
    double idleCores() throws InterruptedException {
        double before = sum(cpuSeconds());
        Thread.sleep((long) (IDLE_SECONDS * 1000));
        return (sum(cpuSeconds()) - before) / IDLE_SECONDS;
    }

    /** A figure of Prometheus about the bench's task, summed over all processes of a function. */
    double figure(String function, String name) {
        Pattern line = Pattern.compile("(?m)^" + name + "\\{[^}]*task=\"" + Dts.TASK_NAME + "\"[^}]*\\} (\\S+)$");
        return members().stream().filter(member -> member.function().equals(function))
                .flatMap(member -> line.matcher(metrics(member)).results())
                .mapToDouble(found -> Double.parseDouble(found.group(1))).sum();
    }

    private static String metrics(Member member) {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(member.url() + "/q/metrics")).build(), BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new ContestantFailed("no figures of " + member.id() + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ContestantFailed("interrupted");
        }
    }

    /** Stops the task where it still runs, and removes it with all that is remembered of it. */
    void forget() throws InterruptedException {
        Dts dts = Dts.on(servers, this);
        dts.command(List.of("stop", Dts.TASK_NAME)).run();
        dts.command(List.of("delete", Dts.TASK_NAME)).run().require("dts delete");
    }

    /** A task of a round that failed may still be there. */
    void forgetIfThere() throws InterruptedException {
        if (new Dts.Events(Dts.on(servers, this).command(List.of("list")).run()).mention(Dts.TASK_NAME)) {
            forget();
        }
    }

    private Program command(List<String> words) {
        List<String> all = new ArrayList<>(List.of(servers.options().root().resolve("dts").toString(), "cluster"));
        all.addAll(words);
        all.addAll(List.of("--state", servers.work("cluster").toString()));
        return new Program(all, servers.work("tools"), Map.of());
    }

    private String record() {
        try {
            return Files.readString(folder().resolve("cluster.json"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path folder() {
        return servers.work("cluster").resolve("cluster");
    }

    @Override
    public void close() throws InterruptedException {
        bringDown().require("dts cluster down");
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException _) {
            // The program is ending already: its hook finds the cluster down.
        }
    }

    /** The program is ending, by a signal perhaps, and the cluster would outlive it. */
    private void downInHaste() {
        try {
            bringDown();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Whoever comes second waits: behind this the folder is deleted, by which alone the processes can be found. More than one try,
     * since a `cluster up` that is being ended holds the cluster's lock for a moment, and the end of this program ends commands.
     */
    private synchronized Program.Outcome bringDown() throws InterruptedException {
        Program.Outcome outcome = ended;
        for (int i = 0; i < DOWN_TRIES && (outcome == null || outcome.exitCode() != 0); i++) {
            outcome = command(List.of("down", "--purge")).run();
        }
        ended = outcome;
        return outcome;
    }
}
