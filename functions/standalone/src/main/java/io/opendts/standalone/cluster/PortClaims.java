package io.opendts.standalone.cluster;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ports that commands of this user are giving to processes just now. Between the look whether a port is free and the moment when the
 * process listens there may be seconds: two clusters that come up side by side would both give theirs the same, the process of one
 * would end for it, and that cluster would take the other's server for its own. One locked file a port; the operating system
 * gives it up when its holder dies.
 */
final class PortClaims implements AutoCloseable {

    /** A file's lock belongs to the whole process, and ends when any of its channels of that file is closed. */
    private static final Set<Path> CLAIMED_HERE = ConcurrentHashMap.newKeySet();

    private final Path folder;
    private final Map<Path, FileChannel> claimed = new HashMap<>();

    PortClaims(Path folder) {
        this.folder = folder;
    }

    /** False while somebody else has it. */
    boolean claim(int port) {
        Path file = folder.resolve(Integer.toString(port));
        if (claimed.containsKey(file)) {
            return true;
        }
        if (!CLAIMED_HERE.add(file)) {
            return false;
        }
        boolean locked = false;
        try {
            Files.createDirectories(folder);
            FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            locked = channel.tryLock() != null;
            if (locked) {
                claimed.put(file, channel);
            } else {
                channel.close();
            }
            return locked;
        } catch (IOException e) {
            throw new DtsException(ErrorCode.CLUSTER_PROCESS_FAILED, "cannot claim port " + port + " by the file " + file + ": "
                    + e.getMessage(), "Make that folder writable, or name another one in DTS_CACHE", e);
        } finally {
            if (!locked) {
                CLAIMED_HERE.remove(file);
            }
        }
    }

    void giveUp(int port) {
        Path file = folder.resolve(Integer.toString(port));
        FileChannel channel = claimed.remove(file);
        if (channel != null) {
            close(file, channel);
        }
    }

    /** Processes listen on their ports by now, or never will. */
    @Override
    public void close() {
        claimed.forEach(PortClaims::close);
        claimed.clear();
    }

    private static void close(Path file, FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unlock " + file, e);
        } finally {
            CLAIMED_HERE.remove(file);
        }
    }
}
