package io.opendts.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;

/** One run of a program to its end, watched: when it wrote which line, how long it took, what it cost. */
record Program(List<String> words, Path folder, Map<String, String> environment) {

    private static final long LIMIT_SECONDS = 3600;
    private static final long SAMPLE_MILLIS = 25;
    private static final int TAIL_LINES = 15;
    private static final Set<Process> RUNNING = ConcurrentHashMap.newKeySet();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> RUNNING.forEach(Process::destroy), "programs-stop"));
    }

    /** A line of standard output, with the seconds since the start of the process. */
    record Line(double atSeconds, String text) {
    }

    /**
     * @param cpuSeconds user and system, with all children
     * @param peakRssKib of the program alone
     */
    record Outcome(int exitCode, double seconds, double cpuSeconds, long peakRssKib, List<Line> lines, String errorTail) {

        Outcome require(String purpose) {
            if (exitCode != 0) {
                String output = lines.stream().skip(Math.max(0, lines.size() - TAIL_LINES)).map(Line::text)
                        .collect(Collectors.joining("\n"));
                throw new ContestantFailed(purpose + " failed, exit " + exitCode + ":\n" + output + "\n" + errorTail);
            }
            return this;
        }
    }

    /** The process's output is drained by this thread, its error output goes to a file. */
    Outcome run() throws InterruptedException {
        try {
            Files.createDirectories(folder);
            Path errors = Files.createTempFile(folder, "stderr", ".txt");
            double cpuBefore = Processes.endedChildrenCpuSeconds();
            long started = System.nanoTime();
            Process process = builder(errors).start();
            RUNNING.add(process);
            AtomicLong peakRss = new AtomicLong();
            Thread sampler = Thread.ofVirtual().start(() -> sample(process, peakRss));
            List<Line> lines = drain(process, started);
            boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
            double seconds = (System.nanoTime() - started) / 1e9;
            if (!ended) {
                process.destroyForcibly().waitFor();
            }
            sampler.join();
            RUNNING.remove(process);
            return new Outcome(ended ? process.exitValue() : -1, seconds, Processes.endedChildrenCpuSeconds() - cpuBefore,
                    peakRss.get(), lines, tail(errors));
        } catch (IOException e) {
            throw new ContestantFailed("cannot run " + words.getFirst() + ": " + e.getMessage());
        }
    }

    /** Starts it and leaves it running; it ends with this JVM at the latest. */
    Background background() {
        try {
            Files.createDirectories(folder);
            Path output = Files.createTempFile(folder, "background", ".txt");
            ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true)
                    .redirectOutput(output.toFile());
            builder.environment().putAll(environment);
            Process process = builder.start();
            RUNNING.add(process);
            process.onExit().thenAccept(RUNNING::remove);
            return new Background(process, output);
        } catch (IOException e) {
            throw new ContestantFailed("cannot run " + words.getFirst() + ": " + e.getMessage());
        }
    }

    /** As in a shell: {@code this | next}. The outcome is that of both. */
    Outcome pipedInto(Program next) throws InterruptedException {
        try {
            Files.createDirectories(folder);
            Path errors = Files.createTempFile(folder, "stderr", ".txt");
            Path output = Files.createTempFile(folder, "stdout", ".txt");
            ProcessBuilder last = next.builder(errors).redirectOutput(output.toFile());
            double cpuBefore = Processes.endedChildrenCpuSeconds();
            long started = System.nanoTime();
            List<Process> both = ProcessBuilder.startPipeline(List.of(builder(errors), last));
            RUNNING.addAll(both);
            int exitCode = 0;
            for (Process process : both.reversed()) {
                exitCode = Math.max(exitCode, process.waitFor());
            }
            RUNNING.removeAll(both);
            double seconds = (System.nanoTime() - started) / 1e9;
            return new Outcome(exitCode, seconds, Processes.endedChildrenCpuSeconds() - cpuBefore, 0, List.of(),
                    tail(errors) + tail(output));
        } catch (IOException e) {
            throw new ContestantFailed("cannot run " + words.getFirst() + " | " + next.words.getFirst() + ": " + e.getMessage());
        }
    }

    private ProcessBuilder builder(Path errors) {
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile())
                .redirectError(ProcessBuilder.Redirect.appendTo(errors.toFile()));
        builder.environment().putAll(environment);
        return builder;
    }

    private static List<Line> drain(Process process, long started) throws IOException {
        process.getOutputStream().close();
        List<Line> lines = new ArrayList<>();
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                lines.add(new Line((System.nanoTime() - started) / 1e9, line));
            }
        }
        return lines;
    }

    private static void sample(Process process, AtomicLong peakRss) {
        try {
            do {
                peakRss.accumulateAndGet(Processes.peakRssKib(process.pid()), Math::max);
            } while (!process.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String tail(Path file) throws IOException {
        List<String> lines = Files.readAllLines(file, StandardCharsets.ISO_8859_1);
        Files.delete(file);
        return lines.stream().skip(Math.max(0, lines.size() - TAIL_LINES)).collect(Collectors.joining("\n"));
    }
}
