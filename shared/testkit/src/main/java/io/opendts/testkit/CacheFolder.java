package io.opendts.testkit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Folders that are filled once and then only read: {@code $DTS_CACHE/servers/NAME}, or below {@code ~/.cache/opendts}. A
 * folder that exists is complete: it is filled under another name and renamed. Any number of threads and processes may ask
 * for the same folder at once; one fills it, the others wait for it.
 */
final class CacheFolder {

    private static final Map<Path, Object> LOCKS = new ConcurrentHashMap<>();

    private final Path root;

    private CacheFolder(Path root) {
        this.root = root;
    }

    /** Writes the content into a folder that exists and is empty. */
    interface Filler {
        void fill(Path folder) throws IOException, FetchException;
    }

    static CacheFolder ofUser() {
        return new CacheFolder(UserCache.folder().resolve("servers"));
    }

    Path get(String name, Filler filler) throws FetchException {
        Path wanted = root.resolve(name);
        if (Files.isDirectory(wanted)) {
            return wanted;
        }
        // A file lock belongs to the process: threads of one JVM need a lock of their own before it.
        synchronized (LOCKS.computeIfAbsent(wanted, path -> new Object())) {
            try {
                Files.createDirectories(root);
                Path lock = root.resolve(name + ".lock");
                try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock held = channel.lock()) {
                    if (held.isValid() && !Files.isDirectory(wanted)) {
                        fill(wanted, filler);
                    }
                }
            } catch (IOException e) {
                throw new FetchException("cannot fill the cache folder " + wanted, e);
            }
        }
        return wanted;
    }

    private void fill(Path wanted, Filler filler) throws IOException, FetchException {
        Path filling = root.resolve(wanted.getFileName() + ".filling");
        delete(filling);
        Files.createDirectories(filling);
        try {
            filler.fill(filling);
            Files.move(filling, wanted, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            delete(filling);
        }
    }

    /** Deletes a folder with all in it; one that is not there, or files that vanish meanwhile, are fine. */
    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException problem) throws IOException {
                if (problem instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw problem;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, IOException problem) throws IOException {
                Files.deleteIfExists(visited);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    /** Copies a folder of plain files into a folder that may exist. */
    static void copy(Path from, Path to) throws IOException {
        Files.walkFileTree(from, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path visited, BasicFileAttributes attributes) throws IOException {
                Files.createDirectories(to.resolve(from.relativize(visited).toString()));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.copy(file, to.resolve(from.relativize(file).toString()), StandardCopyOption.COPY_ATTRIBUTES);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
