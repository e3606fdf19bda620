package io.opendts.bench;

import io.opendts.testkit.DatabaseServer;
import io.opendts.testkit.ServerOptions;
import io.opendts.testkit.ServerVersion;
import io.opendts.testkit.Sql;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The source and the target of all contestants. The target is put back to a template between them: its server stops, its
 * data folder is replaced, it starts again on the same port. Used by one thread.
 */
final class Servers implements AutoCloseable {

    static final String USER = "bench";
    static final String PASSWORD = "bench-password";

    private static final int REDO_LOG_MIB = 1024;

    private final BenchOptions options;
    private final DatabaseServer source;
    private final DatabaseServer target;

    private Servers(BenchOptions options, DatabaseServer source, DatabaseServer target) {
        this.options = options;
        this.source = source;
        this.target = target;
    }

    static Servers start(BenchOptions options) throws InterruptedException {
        DatabaseServer source = start(options, "source");
        try {
            return new Servers(options, source, start(options, "target"));
        } catch (RuntimeException | InterruptedException e) {
            source.close();
            throw e;
        }
    }

    private static DatabaseServer start(BenchOptions options, String name) throws InterruptedException {
        DatabaseServer server = DatabaseServer.start(options.server(), ServerOptions.defaults().withBufferPoolMiB(options.bufferPoolMiB())
                .withDataFolder(Folders.fresh(options.work().resolve(name)))
                .withArguments(arguments(options.server()).toArray(String[]::new)));
        try (Sql sql = server.sql()) {
            sql.execute("create user " + USER + "@'%' identified " + authentication(options.server()) + "by '" + PASSWORD + "'",
                    "grant all on *.* to " + USER + "@'%' with grant option");
        }
        logIn(server);
        return server;
    }

    /** What is measured depends on these, so the page shows them. */
    static List<String> arguments(ServerVersion version) {
        List<String> words = new ArrayList<>(List.of("--innodb-flush-log-at-trx-commit=1", "--sync-binlog=0", "--max-allowed-packet=64M"));
        words.addAll(switch (version) {
            case MARIADB_10_11, MARIADB_11_4 -> List.of("--skip-ssl", "--innodb-log-file-size=" + REDO_LOG_MIB + "M");
            case MYSQL_8_0 -> List.of("--skip-ssl", "--innodb-log-file-size=" + REDO_LOG_MIB / 2 + "M",
                    "--binlog-transaction-dependency-tracking=WRITESET");
            case MYSQL_5_7 -> List.of("--skip-ssl", "--innodb-log-file-size=" + REDO_LOG_MIB / 2 + "M");
            case MYSQL_9_7 -> List.of("--tls-version=", "--innodb-redo-log-capacity=" + REDO_LOG_MIB + "M");
        });
        return words;
    }

    /** The peers' client library speaks the old way on every server that still has it. */
    private static String authentication(ServerVersion version) {
        return switch (version) {
            case MYSQL_5_7, MYSQL_8_0 -> "with mysql_native_password ";
            case MYSQL_9_7, MARIADB_10_11, MARIADB_11_4 -> "";
        };
    }

    DatabaseServer source() {
        return source;
    }

    DatabaseServer target() {
        return target;
    }

    BenchOptions options() {
        return options;
    }

    Path work(String name) {
        return options.work().resolve(name);
    }

    /** Keeps the target as it is now; it is stopped afterwards. */
    void keepTarget(String template) throws InterruptedException {
        target.stop();
        Folders.copy(target.dataFolder(), work(template));
    }

    void resetTarget(String template) throws InterruptedException {
        target.stop();
        Folders.copy(work(template), target.dataFolder());
        target.restart();
        logIn(target);
        Folders.settleDisk(options.work());
    }

    /**
     * caching_sha2_password wants the whole password once after each start, which the command line clients cannot give without
     * TLS; afterwards its cache lets everybody in.
     */
    private static void logIn(DatabaseServer server) {
        String url = "jdbc:mariadb://" + server.host() + ":" + server.port() + "/?sslMode=disable&allowPublicKeyRetrieval=true";
        try (Connection connection = DriverManager.getConnection(url, USER, PASSWORD)) {
            connection.isValid(1);
        } catch (SQLException e) {
            throw new ContestantFailed("cannot log in to " + server + " as " + USER + ": " + e.getMessage());
        }
    }

    /** Makes the target a physical copy of the source, with an identity and a log of its own. */
    void cloneSource() throws InterruptedException {
        source.stop();
        target.stop();
        Folders.copy(source.dataFolder(), target.dataFolder());
        try {
            Files.deleteIfExists(target.dataFolder().resolve("auto.cnf"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        source.restart();
        target.restart();
        logIn(source);
    }

    /** The work of a contestant, with the CPU time that both servers spent meanwhile. */
    Sample measured(Work work) throws InterruptedException {
        double sourceBefore = Processes.cpuSeconds(source.pid());
        double targetBefore = Processes.cpuSeconds(target.pid());
        Sample own = work.run();
        return new Sample(own.seconds(), own.ownCpuSeconds(), Processes.cpuSeconds(source.pid()) - sourceBefore,
                Processes.cpuSeconds(target.pid()) - targetBefore, own.peakRssKib(), own.parts());
    }

    interface Work {
        /** The servers' CPU seconds in the result are ignored. */
        Sample run() throws InterruptedException;
    }

    @Override
    public void close() {
        try {
            source.close();
        } finally {
            target.close();
        }
    }
}
