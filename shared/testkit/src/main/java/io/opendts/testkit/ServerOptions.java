package io.opendts.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How a server runs. {@link #defaults()} is a source as OpenDTS wants it: row log, GTIDs, a small buffer pool, a temporary
 * data folder.
 *
 * @param arguments more options of the server program, after ours, so they win
 * @param binlog whether the server writes its log; without it, {@code gtid} means nothing
 * @param gtid {@code gtid_mode=ON} and {@code enforce_gtid_consistency=ON} on MySQL; MariaDB always has GTIDs
 * @param dataFolder used and kept; filled when it is missing or empty. Absent: a temporary folder, deleted on close
 * @param foldedNames whether names of databases and tables have no case ({@code lower_case_table_names=1}); of a new data folder only
 * @param outlivesJvm leaves the server running when this JVM ends; its temporary folder stays too
 */
public record ServerOptions(List<String> arguments, boolean binlog, boolean gtid, int bufferPoolMiB, Optional<Path> dataFolder,
        boolean foldedNames, boolean outlivesJvm) {

    private static final int BUFFER_POOL_MIB = 64;

    public ServerOptions {
        arguments = List.copyOf(arguments);
        if (bufferPoolMiB < 5) {
            throw new IllegalArgumentException("bufferPoolMiB=" + bufferPoolMiB + ": servers need 5 or more");
        }
    }

    public static ServerOptions defaults() {
        return new ServerOptions(List.of(), true, true, BUFFER_POOL_MIB, Optional.empty(), false, false);
    }

    public ServerOptions withArguments(String... more) {
        List<String> all = new ArrayList<>(arguments);
        Stream.of(more).forEach(all::add);
        return new ServerOptions(all, binlog, gtid, bufferPoolMiB, dataFolder, foldedNames, outlivesJvm);
    }

    /** Commits wait for the system's memory, not for its disk: a killed server still loses none, only a machine without power would. */
    public ServerOptions withoutSync() {
        return withArguments("--sync-binlog=0", "--innodb-flush-log-at-trx-commit=2");
    }

    public ServerOptions withoutBinlog() {
        return new ServerOptions(arguments, false, false, bufferPoolMiB, dataFolder, foldedNames, outlivesJvm);
    }

    public ServerOptions withoutGtid() {
        return new ServerOptions(arguments, binlog, false, bufferPoolMiB, dataFolder, foldedNames, outlivesJvm);
    }

    public ServerOptions withBufferPoolMiB(int size) {
        return new ServerOptions(arguments, binlog, gtid, size, dataFolder, foldedNames, outlivesJvm);
    }

    public ServerOptions withDataFolder(Path folder) {
        return new ServerOptions(arguments, binlog, gtid, bufferPoolMiB, Optional.of(folder), foldedNames, outlivesJvm);
    }

    public ServerOptions withOutlivesJvm() {
        return new ServerOptions(arguments, binlog, gtid, bufferPoolMiB, dataFolder, foldedNames, true);
    }

    public ServerOptions withFoldedNames() {
        return new ServerOptions(arguments, binlog, gtid, bufferPoolMiB, dataFolder, true, outlivesJvm);
    }
}
