package io.opendts.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The measure "cold": while messages wait and no snapshot process runs, one is started; from its start to its first message. The
 * process is a copy of the cluster's own, words and environment alike.
 */
record Cold(Servers servers, Cluster cluster, Consumer<String> say) {

    private static final int STARTS = 5;
    private static final String FUNCTION = "snapshot";
    private static final Pattern FIRST_MESSAGE = Pattern.compile("first message after ([\\d.,]+) ms of this process");
    private static final int LIMIT_SECONDS = 120;
    private static final int POLL_MILLIS = 200;
    /** After the task has said that it copies: until its messages are in the queue for certain. */
    private static final int SETTLE_MILLIS = 2_000;
    /** The other processes compile what the task before made them do: a start beside that measures them. */
    private static final double QUIET_CORES = 0.6;
    private static final int QUIET_TRIES = 30;

    /** How the kernel has it; the environment holds a password and is shown to nobody. */
    private record Copied(List<String> words, Map<String, String> environment, Path folder) {

        static Copied of(long pid) {
            try {
                Path process = Path.of("/proc", Long.toString(pid));
                Map<String, String> environment = new LinkedHashMap<>();
                for (String entry : strings(process.resolve("environ"))) {
                    environment.put(entry.substring(0, entry.indexOf('=')), entry.substring(entry.indexOf('=') + 1));
                }
                return new Copied(strings(process.resolve("cmdline")), environment, process.resolve("cwd").toRealPath());
            } catch (IOException e) {
                throw new ContestantFailed("cannot see how the cluster's process " + pid + " was started: " + e.getMessage());
            }
        }

        private static List<String> strings(Path file) throws IOException {
            return Arrays.stream(new String(Files.readAllBytes(file), StandardCharsets.UTF_8).split("\0"))
                    .filter(text -> !text.isEmpty()).toList();
        }

        Process start() throws IOException {
            ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true);
            builder.environment().clear();
            builder.environment().putAll(environment);
            return builder.start();
        }
    }

    /**
     * @param said of the JVM's own clock, which begins a little after the process
     * @param before cores that the machine used in the second before
     * @param cpuSeconds that the process had used by then: holds also where others use the machine
     */
    private record Start(double before, double seconds, double said, double cpuSeconds) {
    }

    /** Leaves the cluster as it was. */
    String measure() throws InterruptedException {
        List<Cluster.Member> workers = cluster.members().stream().filter(member -> member.function().equals(FUNCTION)).toList();
        Copied worker = Copied.of(workers.getFirst().pid());
        List<Start> starts = new ArrayList<>();
        try {
            for (Cluster.Member member : workers) {
                ProcessHandle.of(member.pid()).ifPresent(ProcessHandle::destroy);
            }
            await("the snapshot processes to end", () -> workers.stream().allMatch(one -> ProcessHandle.of(one.pid()).isEmpty()));
            for (int i = 0; i < STARTS; i++) {
                starts.add(start(worker));
                Start start = starts.getLast();
                say.accept(String.format(Locale.ROOT, "cold start %d: %.2f s to the first message, %.2f s of CPU time, "
                        + "%.2f cores busy before", i + 1, start.seconds(), start.cpuSeconds(), start.before()));
            }
        } finally {
            cluster.bring();
        }
        return text(starts);
    }

    private Start start(Copied worker) throws InterruptedException {
        cluster.forgetIfThere();
        servers.resetTarget(FullCopy.EMPTY);
        Dts dts = Dts.on(servers, cluster);
        dts.command(List.of("create", dts.write(Dts.Task.copy()).toString())).run().require("dts create");
        dts.command(List.of("start", Dts.TASK_NAME)).run().require("dts start");
        await("the task to copy", () -> inState(dts, "full"));
        Thread.sleep(SETTLE_MILLIS);
        double before = quiet();
        long began = System.nanoTime();
        try {
            Process process = worker.start();
            try {
                // Ends with the process; closed before, it would wait for whoever reads from it.
                BufferedReader lines = process.inputReader(StandardCharsets.UTF_8);
                Start start = firstMessage(lines, before, began, process.pid());
                Thread.ofVirtual().start(() -> drain(lines));
                await("the task to complete", () -> inState(dts, "completed"));
                return start;
            } finally {
                process.destroy();
                if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                    process.destroyForcibly().waitFor();
                }
            }
        } catch (IOException e) {
            throw new ContestantFailed("cannot run a snapshot process: " + e.getMessage());
        } finally {
            cluster.forget();
        }
    }

    /** Waits for a second in which the machine has little to do, if there is one soon. @return the cores busy in the last second */
    private static double quiet() throws InterruptedException {
        double busy = Double.MAX_VALUE;
        for (int i = 0; i < QUIET_TRIES && busy > QUIET_CORES; i++) {
            double used = Processes.machineCpuSeconds();
            long began = System.nanoTime();
            Thread.sleep(1_000);
            busy = (Processes.machineCpuSeconds() - used) / ((System.nanoTime() - began) / 1e9);
        }
        return busy;
    }

    /** Until the process ends, which closes its output also in the middle of a read. */
    private static void drain(BufferedReader lines) {
        try {
            lines.transferTo(Writer.nullWriter());
        } catch (IOException _) {
            // nothing more comes
        }
    }

    private static Start firstMessage(BufferedReader lines, double before, long began, long pid) throws IOException {
        List<String> others = new ArrayList<>();
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            Matcher first = FIRST_MESSAGE.matcher(line);
            if (first.find()) {
                double seconds = (System.nanoTime() - began) / 1e9;
                double said = Double.parseDouble(first.group(1).replaceAll("[.,]", "")) / 1000;
                return new Start(before, seconds, said, Processes.cpuSeconds(pid));
            }
            others.add(line);
        }
        throw new ContestantFailed("the snapshot process ended without a message:\n" + String.join("\n", others));
    }

    private static boolean inState(Dts dts, String state) {
        try {
            return new Dts.Events(dts.command(List.of("status", Dts.TASK_NAME)).run()).inState(state);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ContestantFailed("interrupted");
        }
    }

    private static void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new ContestantFailed("waited " + LIMIT_SECONDS + " s for " + what);
            }
            Thread.sleep(POLL_MILLIS);
        }
    }

    private static String text(List<Start> starts) {
        Spread seconds = Spread.of(starts.stream().map(Start::seconds).toList());
        Spread said = Spread.of(starts.stream().map(Start::said).toList());
        Spread cpu = Spread.of(starts.stream().map(Start::cpuSeconds).toList());
        return "\n## A cold worker\n\n| from the start of a snapshot process to | seconds |\n|---|---|\n"
                + "| its first message | " + seconds.text(2) + " |\n| the same by its JVM's own clock | " + said.text(2)
                + " |\n| CPU time of the process until then | " + cpu.text(2) + " |\n\nThe wanted limit is 1 s. " + STARTS
                + " starts, median (min-max), on a cluster whose other processes run; no other snapshot process does, and messages wait "
                + "for it, and the machine has had little else to do for a second (or 30 s were waited for that). "
                + "The moment is that of its log line `first message after N ms of this process`. Starts: "
                + String.join(", ", starts.stream().map(one -> String.format(Locale.ROOT, "%.2f", one.seconds())).toList()) + "\n";
    }
}
