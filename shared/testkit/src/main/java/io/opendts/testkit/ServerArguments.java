package io.opendts.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Command lines of the server programs. What differs between versions is here and nowhere else. */
final class ServerArguments {

    /** Small logs make a template quick to copy; a server for measurements gets a larger size by its own arguments. */
    private static final int REDO_LOG_MIB = 64;

    private ServerArguments() {
    }

    /** For every start of the program, also the one that initializes: which binary, which data, how large a log, names with case or not. */
    static List<String> common(ServerBinaries.Available binaries, Path data, boolean foldedNames) {
        List<String> words = new ArrayList<>(binaries.launch());
        words.addAll(List.of("--no-defaults",
                "--basedir=" + binaries.baseFolder(),
                "--datadir=" + data,
                "--lc-messages-dir=" + binaries.share(),
                "--character-sets-dir=" + binaries.share().resolve("charsets"),
                "--secure-file-priv="));
        binaries.plugins().ifPresent(folder -> words.add("--plugin-dir=" + folder));
        words.addAll(redoLog(binaries.version()));
        if (foldedNames) {
            words.add("--lower-case-table-names=1");
        }
        if (isRoot()) {
            words.add("--user=root");
        }
        return words;
    }

    static List<String> run(ServerBinaries.Available binaries, Path data, Path folder, Path log, int port, ServerOptions options) {
        List<String> words = common(binaries, data, options.foldedNames());
        words.addAll(List.of(
                "--bind-address=127.0.0.1",
                "--port=" + port,
                "--socket=" + folder.resolve("s.sock"),
                "--pid-file=" + folder.resolve("server.pid"),
                "--tmpdir=" + folder.resolve("tmp"),
                "--log-error=" + log,
                "--skip-name-resolve",
                "--local-infile=1",
                "--max-connections=200",
                "--innodb-buffer-pool-size=" + options.bufferPoolMiB() + "M",
                // Unique among the servers of a machine, as the port is.
                "--server-id=" + port));
        ServerVersion version = binaries.version();
        words.addAll(log(version, options));
        if (version.isMySql() && version.major() >= 8) {
            words.add("--mysqlx=OFF");
        }
        if (version == ServerVersion.MARIADB_11_4) {
            // It would make an RSA key at every start, for 2 to 6 s; "--ssl=1" among the options has it back.
            words.add("--skip-ssl");
        }
        words.addAll(options.arguments());
        return words;
    }

    private static List<String> log(ServerVersion version, ServerOptions options) {
        if (!options.binlog()) {
            return List.of("--skip-log-bin");
        }
        List<String> words = new ArrayList<>(List.of("--log-bin=binlog", "--binlog-format=ROW", "--binlog-row-image=FULL"));
        if (version == ServerVersion.MYSQL_5_7 || !version.isMySql()) {
            words.add("--log-slave-updates=ON");
        }
        if (options.gtid() && version.isMySql()) {
            words.addAll(List.of("--gtid-mode=ON", "--enforce-gtid-consistency=ON"));
        }
        return words;
    }

    private static List<String> redoLog(ServerVersion version) {
        return switch (version) {
            case MYSQL_5_7, MYSQL_8_0 -> List.of("--innodb-log-file-size=" + REDO_LOG_MIB / 2 + "M", "--innodb-log-files-in-group=2");
            case MYSQL_9_7 -> List.of("--innodb-redo-log-capacity=" + REDO_LOG_MIB + "M");
            case MARIADB_10_11, MARIADB_11_4 -> List.of("--innodb-log-file-size=" + REDO_LOG_MIB + "M");
        };
    }

    /** The programs refuse root unless told so by name. */
    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
