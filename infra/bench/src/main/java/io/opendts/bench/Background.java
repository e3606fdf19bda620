package io.opendts.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A program that runs while something else is done. */
record Background(Process process, Path output) {

    private static final long END_LIMIT_SECONDS = 60;
    private static final int TAIL_LINES = 15;

    /** @throws ContestantFailed when it has ended by itself */
    void requireAlive(String what) {
        if (!process.isAlive()) {
            throw new ContestantFailed(what + " ended by itself, exit " + process.exitValue() + ":\n" + tail());
        }
    }

    /** Asks it to end, as Ctrl-C would, and waits. */
    void end() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Waits until it has ended by itself. */
    List<String> finish(String what) throws InterruptedException {
        if (!process.waitFor(END_LIMIT_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
            throw new ContestantFailed(what + " did not end:\n" + tail());
        }
        if (process.exitValue() != 0) {
            throw new ContestantFailed(what + " failed, exit " + process.exitValue() + ":\n" + tail());
        }
        return lines();
    }

    private String tail() {
        List<String> lines = lines();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - TAIL_LINES), lines.size()));
    }

    private List<String> lines() {
        try {
            return Files.readAllLines(output, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
