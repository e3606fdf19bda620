package io.opendts.standalone.cluster;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.sqlite.PrivateFiles;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.StandardOpenOption;

/** The right to change a cluster. The operating system gives it up when its holder dies: a file left behind locks nobody out. */
final class ClusterLock implements AutoCloseable {

    private final FileChannel channel;

    private ClusterLock(FileChannel channel) {
        this.channel = channel;
    }

    /** @throws DtsException CLUSTER_BUSY when another command has it */
    static ClusterLock take(ClusterFolder folder) {
        try {
            PrivateFiles.file(folder.lock());
            FileChannel channel = FileChannel.open(folder.lock(), StandardOpenOption.WRITE);
            try {
                if (channel.tryLock() != null) {
                    return new ClusterLock(channel);
                }
            } catch (OverlappingFileLockException e) {
                throw busy(folder);
            }
            channel.close();
            throw busy(folder);
        } catch (IOException e) {
            throw folder.unusable(e);
        }
    }

    private static DtsException busy(ClusterFolder folder) {
        return new DtsException(ErrorCode.CLUSTER_BUSY, "another 'cluster' command is changing the cluster in " + folder.path(),
                "Wait until it has ended; ./dts cluster status shows how far it is");
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw new IllegalStateException("cannot unlock the cluster", e);
        }
    }
}
