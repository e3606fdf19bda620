package io.opendts.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** One run of a short-lived program. Its output goes through a file, so that a full pipe never blocks it. */
record Command(List<String> words, Path folder, Map<String, String> environment) {

    private static final int OUTPUT_TAIL_LINES = 12;

    record Result(int exitCode, String output) {

        String tail() {
            List<String> lines = output.lines().filter(line -> !line.isBlank()).toList();
            return lines.stream().skip(Math.max(0, lines.size() - OUTPUT_TAIL_LINES)).collect(Collectors.joining("\n"));
        }
    }

    static Command of(Path folder, String... words) {
        return new Command(List.of(words), folder, Map.of());
    }

    /** Standard output and error together. */
    Result run(long limitSeconds) throws FetchException {
        return run(null, limitSeconds);
    }

    /** As {@link #run(long)} with a file as standard input. */
    Result run(Path input, long limitSeconds) throws FetchException {
        try {
            Path output = Files.createTempFile("opendts-command", ".out");
            try {
                return run(input, output, limitSeconds);
            } finally {
                Files.deleteIfExists(output);
            }
        } catch (IOException e) {
            throw new FetchException("cannot run " + words.getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new FetchException("interrupted while running " + words.getFirst());
        }
    }

    private Result run(Path input, Path output, long limitSeconds) throws IOException, InterruptedException, FetchException {
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(input == null ? Path.of("/dev/null").toFile() : input.toFile());
        builder.environment().putAll(environment);
        Process process = builder.start();
        try {
            if (!process.waitFor(limitSeconds, TimeUnit.SECONDS)) {
                throw new FetchException(words.getFirst() + " did not end within " + limitSeconds + " s");
            }
        } finally {
            process.destroyForcibly();
        }
        return new Result(process.exitValue(), new String(Files.readAllBytes(output), java.nio.charset.StandardCharsets.UTF_8));
    }

    /** Runs and insists on exit code 0; {@code purpose} starts the message of the failure. */
    void require(String purpose, long limitSeconds) throws FetchException {
        Result result = run(limitSeconds);
        if (result.exitCode() != 0) {
            throw new FetchException(purpose + " failed (" + words.getFirst() + " exit " + result.exitCode() + "): " + result.tail());
        }
    }

    /** Absolute path of a program, the way a shell finds it; also in the folders that an ordinary user's PATH leaves out. */
    static Optional<Path> find(String program) {
        String path = System.getenv().getOrDefault("PATH", "") + ":/usr/bin:/bin:/usr/sbin:/sbin";
        return Stream.of(path.split(":")).filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program)).filter(Files::isExecutable).findFirst();
    }
}
