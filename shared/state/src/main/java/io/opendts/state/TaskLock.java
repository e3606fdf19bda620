package io.opendts.state;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.sqlite.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * The right to run a task on this machine, held as an operating system's lock on {@code locks/<task>.lock} in the state
 * folder: a second process is refused at once, and the death of the holder frees it at once, which a lease cannot do.
 */
public final class TaskLock implements AutoCloseable {

    private final FileChannel channel;

    private TaskLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws DtsException TASK_RUNS_ELSEWHERE when another process, or this one, holds it */
    public static TaskLock take(Path stateDir, String task) {
        Path path = stateDir.resolve("locks").resolve(task + ".lock");
        try {
            PrivateFiles.folder(stateDir);
            PrivateFiles.file(path);
            FileChannel channel = FileChannel.open(path, StandardOpenOption.WRITE);
            if (lock(channel) == null) {
                channel.close();
                throw new DtsException(ErrorCode.TASK_RUNS_ELSEWHERE, "task " + task + " is being run by another process on " + stateDir,
                        "wait for it, or stop it with: dts pause " + task);
            }
            return new TaskLock(channel);
        } catch (IOException e) {
            throw new DtsException(ErrorCode.STATE_UNAVAILABLE, "cannot lock " + path + ": " + e.getMessage(),
                    "make the folder writable for this user, or choose another one with --state", e);
        }
    }

    private static FileLock lock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** The file stays: removing it would let a third process lock a new file while a second waits for the old one. */
    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new DtsException(ErrorCode.STATE_UNAVAILABLE, "cannot unlock a task: " + e.getMessage(),
                    "check the health of the disk", e);
        }
    }
}
