package io.opendts.testkit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The temporary folder of one server, marked as in use by a lock that the kernel lets go of when this JVM ends in whatever
 * way: the folders of killed JVMs (a hundred MB each) are found by that and deleted by the next one.
 */
final class ServerFolder implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(ServerFolder.class.getName());
    private static final String PREFIX = "opendts-server-";
    private static final String LOCK = "owner.lock";
    /** A folder this new may not be locked yet. */
    private static final Duration GRACE = Duration.ofMinutes(1);

    private final Path path;
    private final FileChannel lock;

    private ServerFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** @param name of the kind of server; {@code outlivesJvm} leaves the mark out: nobody but its user deletes such a folder */
    static ServerFolder create(String name, boolean outlivesJvm) throws IOException {
        Path path = Files.createTempDirectory(PREFIX + name + "-");
        Files.createDirectories(path.resolve("tmp"));
        if (outlivesJvm) {
            return new ServerFolder(path, null);
        }
        sweep(path.getParent());
        FileChannel channel = FileChannel.open(path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        channel.lock();
        OF_THIS_JVM.add(path);
        return new ServerFolder(path, channel);
    }

    Path path() {
        return path;
    }

    /**
     * Never opened a second time: the operating system gives up a process's lock when the process closes any channel on the
     * file, and another JVM would take the folder for abandoned.
     */
    private static final Set<Path> OF_THIS_JVM = ConcurrentHashMap.newKeySet();

    /** One thread at a time: a second lock of the same process on one file is not refused but an exception. */
    private static synchronized void sweep(Path temporary) throws IOException {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(temporary, PREFIX + "*")) {
            for (Path folder : folders) {
                try {
                    deleteIfAbandoned(folder);
                } catch (IOException e) {
                    LOG.log(System.Logger.Level.DEBUG, "{0} is of another user or vanishes now: {1}", folder, e.getMessage());
                }
            }
        }
    }

    private static void deleteIfAbandoned(Path folder) throws IOException {
        Path mark = folder.resolve(LOCK);
        if (OF_THIS_JVM.contains(folder)) {
            return;
        }
        if (!Files.isWritable(mark) || Files.getLastModifiedTime(mark).toInstant().isAfter(Instant.now().minus(GRACE))) {
            return;
        }
        try (FileChannel channel = FileChannel.open(mark, StandardOpenOption.WRITE); FileLock held = channel.tryLock()) {
            if (held != null) {
                CacheFolder.delete(folder);
            }
        }
    }

    /** Deletes the folder. Idempotent. */
    @Override
    public void close() {
        try {
            CacheFolder.delete(path);
            if (lock != null) {
                lock.close();
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "cannot delete {0}: {1}", path, e.getMessage());
        }
    }
}
