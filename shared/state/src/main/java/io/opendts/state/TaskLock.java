package io.opendts.state;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.sqlite.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The right to run a task on this machine, held as an operating system's lock on {@code locks/<task>.lock} in the state
 * folder: a second process is refused at once, and the death of the holder frees it at once, which a lease cannot do.
 */
public final class TaskLock implements AutoCloseable {

    /**
     * Of this process. The file of one of these is never opened again: the operating system gives up a process's lock when the
     * process closes any channel on the file.
     */
    private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

    private final FileChannel channel;
    private final Path key;

    private TaskLock(FileChannel channel, Path key) {
        this.channel = channel;
        this.key = key;
    }

    /** @throws DtsException TASK_RUNS_ELSEWHERE when another process, or this one, holds it */
    public static TaskLock take(Path stateDir, String task) {
        Path path = stateDir.resolve("locks").resolve(task + ".lock").toAbsolutePath().normalize();
        if (!HELD.add(path)) {
            throw elsewhere(stateDir, task);
        }
        boolean taken = false;
        try {
            PrivateFiles.folder(stateDir);
            PrivateFiles.file(path);
            FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
            if (channel.tryLock() == null) {
                channel.close();
                throw elsewhere(stateDir, task);
            }
            taken = true;
            return new TaskLock(channel, path);
        } catch (IOException e) {
            throw new DtsException(ErrorCode.STATE_UNAVAILABLE, "cannot lock " + path + ": " + e.getMessage(),
                    "make the folder writable for this user, or choose another one with --state", e);
        } finally {
            if (!taken) {
                HELD.remove(path);
            }
        }
    }

    private static DtsException elsewhere(Path stateDir, String task) {
        return new DtsException(ErrorCode.TASK_RUNS_ELSEWHERE, "task " + task + " is being run by another process on " + stateDir,
                "wait for it, or stop it with: dts pause " + task);
    }

    /** The file stays: removing it would let a third process lock a new file while a second waits for the old one. */
    @Override
    public void close() {
        try {
            channel.close();
            HELD.remove(key);
        } catch (IOException e) {
            throw new DtsException(ErrorCode.STATE_UNAVAILABLE, "cannot unlock a task: " + e.getMessage(),
                    "check the health of the disk", e);
        }
    }
}
