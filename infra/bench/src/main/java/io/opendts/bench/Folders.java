package io.opendts.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Whole folders at once, by the machine's own tools: gigabytes, with owners, modes and holes as they are. */
final class Folders {

    private Folders() {
    }

    static void delete(Path folder) throws InterruptedException {
        run("deleting " + folder, folder.getParent(), "rm", "-rf", folder.toString());
    }

    /** The copy takes the place of what was there. */
    static void copy(Path from, Path to) throws InterruptedException {
        delete(to);
        run("copying " + from, to.getParent(), "cp", "-a", "--reflink=auto", from.toString(), to.toString());
    }

    static Path fresh(Path folder) throws InterruptedException {
        delete(folder);
        try {
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** So that nobody's measured time holds the writing back of what was written before. */
    static void settleDisk(Path folder) throws InterruptedException {
        run("sync", folder, "sync");
    }

    private static void run(String purpose, Path folder, String... words) throws InterruptedException {
        new Program(List.of(words), folder, Map.of()).run().require(purpose);
    }
}
