package io.opendts.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A real server on a free port of the loopback interface, for tests, the demo and the benchmark. Not for data that matters:
 * its root password is public. Calls that change its state (stop, kill9, restart, close) come from one thread at a time.
 */
public final class DatabaseServer implements AutoCloseable {

    public static final String HOST = "127.0.0.1";
    public static final String ROOT_USER = "root";
    public static final String ROOT_PASSWORD = "opendts";

    private static final long START_LIMIT_SECONDS = 120;
    private static final long POLL_MILLISECONDS = 20;
    private static final int ACCESS_DENIED = 1045;
    private static final int PORT_ATTEMPTS = 5;
    private static final int LOG_TAIL_LINES = 40;

    private final ServerBinaries.Available binaries;
    private final ServerOptions options;
    private final ServerFolder owned;
    private final Path folder;
    private final Path data;
    private int port;
    private ServerProcess process;

    private DatabaseServer(ServerBinaries.Available binaries, ServerOptions options, ServerFolder owned) {
        this.binaries = binaries;
        this.options = options;
        this.owned = owned;
        this.folder = owned.path();
        this.data = options.dataFolder().map(Path::toAbsolutePath).orElse(folder.resolve("data"));
    }

    public static DatabaseServer start(ServerVersion version) {
        return start(version, ServerOptions.defaults());
    }

    /**
     * Fetches the binaries when they are not in the cache yet.
     *
     * @throws ServerUnavailableException when the binaries cannot be had
     * @throws ServerFailedException when the server does not come up
     */
    public static DatabaseServer start(ServerVersion version, ServerOptions options) {
        return switch (ServerBinaries.locate(version)) {
            case ServerBinaries.Available available -> start(available, options);
            case ServerBinaries.Unavailable(ServerVersion missing, String reason) -> throw new ServerUnavailableException(missing, reason);
        };
    }

    /**
     * The command of a server that the caller starts and looks after itself; its binaries are fetched and its data folder,
     * which the options name, is filled when it returns. Idempotent: data that are there are kept. A kill in between leaves
     * nothing that looks like data.
     *
     * @param folder for the socket, the process id and temporary files
     */
    public static ServerCommand prepare(ServerVersion version, Path folder, int port, Path log, ServerOptions options) {
        Path data = options.dataFolder().map(Path::toAbsolutePath)
                .orElseThrow(() -> new IllegalArgumentException("a server that others look after needs a data folder"));
        switch (ServerBinaries.locate(version)) {
            case ServerBinaries.Unavailable(ServerVersion missing, String reason) -> throw new ServerUnavailableException(missing, reason);
            case ServerBinaries.Available binaries -> {
                try {
                    Files.createDirectories(folder.resolve("tmp"));
                    if (!Files.exists(data)) {
                        Path filling = data.resolveSibling(data.getFileName() + ".filling");
                        CacheFolder.delete(filling);
                        new DataTemplate(binaries, CacheFolder.ofUser(), options.foldedNames()).copyTo(Files.createDirectories(filling));
                        Files.move(filling, data, StandardCopyOption.ATOMIC_MOVE);
                    }
                } catch (IOException | FetchException e) {
                    throw new ServerFailedException(version + ": cannot prepare " + data + ": " + e.getMessage(), e);
                }
                List<String> words = ServerArguments.run(binaries, data, folder, log, port, options);
                return new ServerCommand(words, binaries.environment(), folder, log, "TERM");
            }
        }
    }

    private static DatabaseServer start(ServerBinaries.Available binaries, ServerOptions options) {
        try {
            ServerFolder folder = ServerFolder.create(binaries.version().folderName(), options.outlivesJvm());
            DatabaseServer server = new DatabaseServer(binaries, options, folder);
            try {
                server.prepareData();
                server.startOnFreePort();
                return server;
            } catch (RuntimeException e) {
                server.close();
                throw e;
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare a folder for " + binaries.version(), e);
        }
    }

    private void prepareData() throws IOException {
        Files.createDirectories(data);
        try (Stream<Path> content = Files.list(data)) {
            if (content.findAny().isPresent()) {
                return;
            }
        }
        try {
            new DataTemplate(binaries, CacheFolder.ofUser(), options.foldedNames()).copyTo(data);
        } catch (FetchException e) {
            throw new ServerFailedException(version() + ": " + e.getMessage(), e);
        }
    }

    /** Between finding a free port and the server's bind somebody else may take it. */
    private void startOnFreePort() {
        for (int attempt = 1;; attempt++) {
            port = FreePort.find();
            try {
                launch();
                return;
            } catch (ServerFailedException e) {
                if (attempt == PORT_ATTEMPTS || !logTail(LOG_TAIL_LINES).contains("Address already in use")) {
                    throw e;
                }
            }
        }
    }

    private void launch() {
        List<String> words = ServerArguments.run(binaries, data, folder, logFile(), port, options);
        process = ServerProcess.start(words, binaries.environment(), folder, logFile(), options.outlivesJvm(), owned::close);
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_LIMIT_SECONDS);
        while (!answers()) {
            if (process.hasEndedWithin(POLL_MILLISECONDS)) {
                throw new ServerFailedException(version() + " ended with exit code " + process.exitCode() + " at its start; its log:\n"
                        + logTail(LOG_TAIL_LINES));
            }
            if (System.nanoTime() > limit) {
                process.kill();
                throw new ServerFailedException(version() + " did not answer within " + START_LIMIT_SECONDS + " s; its log:\n"
                        + logTail(LOG_TAIL_LINES));
            }
        }
    }

    private boolean answers() {
        try (Connection connection = Sql.connect(this, "")) {
            return connection.isValid(1);
        } catch (SQLException e) {
            if (e.getErrorCode() == ACCESS_DENIED) {
                process.stop();
                throw new ServerFailedException(version() + " refuses root's password: was the data folder " + data
                        + " made by something else?", e);
            }
            return false;
        }
    }

    public ServerVersion version() {
        return binaries.version();
    }

    public String host() {
        return HOST;
    }

    /** The same for the life of this object, also over restarts. */
    public int port() {
        return port;
    }

    public String user() {
        return ROOT_USER;
    }

    public String password() {
        return ROOT_PASSWORD;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    public Path dataFolder() {
        return data;
    }

    public Path logFile() {
        return folder.resolve("server.log");
    }

    /** The last lines of the server's log, for a message or a failed test. */
    public String logTail(int lines) {
        try {
            List<String> all = Files.exists(logFile())
                    ? Files.readString(logFile(), StandardCharsets.ISO_8859_1).lines().toList() : List.of();
            return String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
        } catch (IOException e) {
            return "(cannot read " + logFile() + ": " + e.getMessage() + ")";
        }
    }

    /** A client that people can run; the server's own where it has one, else the name of the usual one. */
    public List<String> clientCommand() {
        List<String> words = new ArrayList<>();
        words.add(binaries.client().map(Path::toString)
                .orElseGet(() -> Command.find("mysql").or(() -> Command.find("mariadb")).map(Path::toString).orElse("mysql")));
        words.addAll(List.of("--host=" + HOST, "--port=" + port, "--user=" + ROOT_USER, "--password=" + ROOT_PASSWORD));
        if (binaries.client().isPresent()) {
            // MariaDB's client of 11 insists on TLS, which its server here does not have.
            words.add("--skip-ssl");
        }
        return words;
    }

    /** A session of root through an independent client; the caller closes it. */
    public Sql sql() {
        return Sql.open(this, "");
    }

    public Sql sql(String database) {
        return Sql.open(this, database);
    }

    /**
     * Creates the account with the server's own default way of authentication, from every host.
     *
     * @param privileges as in {@code "SELECT, REPLICATION SLAVE on *.*"}; each is granted
     */
    public void createUser(String user, String password, String... privileges) {
        try (Sql sql = sql()) {
            sql.execute("create user '" + user + "'@'%' identified by '" + password.replace("'", "''") + "'");
            for (String privilege : privileges) {
                sql.execute("grant " + privilege + " to '" + user + "'@'%'");
            }
        }
    }

    /** Ends the process in order and keeps the data: {@link #restart()} brings it back. Idempotent. */
    public void stop() {
        if (process != null) {
            process.stop();
        }
    }

    /** As a crash: SIGKILL. {@link #restart()} lets the server recover. */
    public void kill9() {
        process.kill();
    }

    /** Stops the server if it runs, then starts it on the same port and data. */
    public void restart() {
        stop();
        launch();
    }

    /** Ends the process, in order where a data folder was given, and deletes its folder; a data folder that was given stays. Idempotent. */
    @Override
    public void close() {
        if (process != null && options.dataFolder().isEmpty()) {
            // An orderly end takes seconds, for data that is deleted next.
            process.kill();
        }
        stop();
        owned.close();
    }

    @Override
    public String toString() {
        return version() + " on " + HOST + ":" + port;
    }
}
