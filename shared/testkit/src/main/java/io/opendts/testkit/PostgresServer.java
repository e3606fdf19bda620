package io.opendts.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A real PostgreSQL on a free port of the loopback interface, as a state store for tests and for a cluster on one machine. Its
 * password is public. Calls that change its state come from one thread at a time.
 */
public final class PostgresServer implements AutoCloseable {

    public static final String HOST = "127.0.0.1";
    public static final String USER = "opendts";
    public static final String PASSWORD = "opendts";
    public static final String DATABASE = "postgres";

    private static final long START_LIMIT_SECONDS = 60;
    private static final long STOP_LIMIT_SECONDS = 20;
    private static final long POLL_MILLISECONDS = 20;
    private static final int LOG_TAIL_LINES = 40;
    private static final int BUFFERS_MIB = 32;

    private final PostgresBinaries binaries;
    private final ServerFolder owned;
    private final int port;
    private ServerProcess process;

    private PostgresServer(PostgresBinaries binaries, ServerFolder owned, int port) {
        this.binaries = binaries;
        this.owned = owned;
        this.port = port;
    }

    /**
     * In a temporary folder; ends with this JVM.
     *
     * @throws ServerUnavailableException when the binaries cannot be had
     * @throws ServerFailedException when the server does not come up
     */
    public static PostgresServer start() {
        PostgresBinaries binaries = binaries();
        try {
            ServerFolder folder = ServerFolder.create("postgresql-18", false);
            PostgresServer server = new PostgresServer(binaries, folder, FreePort.find());
            try {
                // Root's temporary folders are closed to nobody, whom the server runs as.
                folder.path().toFile().setExecutable(true, false);
                binaries.initialize(server.data(), USER, PASSWORD);
                server.launch();
                return server;
            } catch (RuntimeException | FetchException e) {
                server.close();
                throw e instanceof RuntimeException known ? known : new ServerFailedException(e.getMessage(), e);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare a folder for " + PostgresBinaries.LABEL, e);
        }
    }

    /**
     * How a server is run that outlives this JVM: its data are in {@code folder/data}, made when they are not there yet. It answers
     * on {@link #HOST} to {@link #USER} with {@link #PASSWORD}.
     *
     * @throws ServerUnavailableException when the binaries cannot be had
     */
    public static ServerCommand prepare(Path folder, int port) {
        return prepare(folder, port, USER, PASSWORD);
    }

    /** As {@link #prepare(Path, int)} with a superuser of the caller's, who is made when the data are. */
    public static ServerCommand prepare(Path folder, int port, String user, String password) {
        PostgresBinaries binaries = binaries();
        try {
            Path own = Files.createDirectories(folder.toAbsolutePath());
            binaries.initialize(own.resolve("data"), user, password);
            return new ServerCommand(words(binaries, own.resolve("data"), port), Map.of(), own, own.resolve("server.log"), "INT");
        } catch (FetchException e) {
            throw new ServerFailedException(e.getMessage(), e);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + folder + " for " + PostgresBinaries.LABEL, e);
        }
    }

    /** Whether a server answers there by now; a wait for one that was started by {@link #prepare} asks again and again. */
    public static boolean answers(int port) {
        try (Connection connection = connect(port, DATABASE)) {
            return connection.isValid(1);
        } catch (SQLException e) {
            return false;
        }
    }

    /** Creates the database unless it is there. */
    public static void createDatabase(int port, String name) {
        createDatabase(port, USER, PASSWORD, name);
    }

    public static void createDatabase(int port, String user, String password, String name) {
        try (Connection connection = connect(port, DATABASE, user, password); Statement statement = connection.createStatement()) {
            String quoted = name.replace("'", "''");
            if (!statement.executeQuery("select 1 from pg_database where datname = '" + quoted + "'").next()) {
                statement.execute("create database \"" + name.replace("\"", "\"\"") + "\"");
            }
        } catch (SQLException e) {
            throw new SqlFailedException("create database " + name, e);
        }
    }

    private static PostgresBinaries binaries() {
        try {
            return PostgresBinaries.locate();
        } catch (FetchException e) {
            throw new ServerUnavailableException(PostgresBinaries.LABEL, e.getMessage());
        }
    }

    private static Connection connect(int port, String database) throws SQLException {
        return connect(port, database, USER, PASSWORD);
    }

    private static Connection connect(int port, String database, String user, String password) throws SQLException {
        return DriverManager.getConnection("jdbc:postgresql://" + HOST + ":" + port + "/" + database
                + "?connectTimeout=5&sslmode=disable", user, password);
    }

    /** No sockets in the file system: only the port counts, and their folder would have to be writable for the server's user. */
    private static List<String> words(PostgresBinaries binaries, Path data, int port, String... options) throws FetchException {
        return binaries.asUser(List.of("bin/postgres", "-D", data.toString(), "-p", Integer.toString(port),
                "-c", "listen_addresses=" + HOST, "-c", "unix_socket_directories=", "-c", "shared_buffers=" + BUFFERS_MIB + "MB",
                "-c", "max_connections=200", "-c", "timezone=UTC"), options);
    }

    private void launch() {
        try {
            process = ServerProcess.start(words(binaries, data(), port, "--pdeathsig", "KILL"), Map.of(), owned.path(), logFile(), false,
                    owned::close);
        } catch (FetchException e) {
            throw new ServerFailedException(e.getMessage(), e);
        }
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_LIMIT_SECONDS);
        while (!answers(port)) {
            if (process.hasEndedWithin(POLL_MILLISECONDS)) {
                throw new ServerFailedException(this + " ended with exit code " + process.exitCode() + " at its start; its log:\n"
                        + logTail(LOG_TAIL_LINES));
            }
            if (System.nanoTime() > limit) {
                process.kill();
                throw new ServerFailedException(this + " did not answer within " + START_LIMIT_SECONDS + " s; its log:\n"
                        + logTail(LOG_TAIL_LINES));
            }
        }
    }

    private Path data() {
        return owned.path().resolve("data");
    }

    public String host() {
        return HOST;
    }

    /** The same for the life of this object, also over restarts. */
    public int port() {
        return port;
    }

    public String user() {
        return USER;
    }

    public String password() {
        return PASSWORD;
    }

    /** One that is always there. */
    public String database() {
        return DATABASE;
    }

    public void createDatabase(String name) {
        createDatabase(port, name);
    }

    /** A session of the superuser through an independent client; the caller closes it. */
    public Sql sql(String database) {
        try {
            return Sql.on(connect(port, database));
        } catch (SQLException e) {
            throw new SqlFailedException("cannot connect to " + this, e);
        }
    }

    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    public Path logFile() {
        return owned.path().resolve("server.log");
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

    /** In order and without waiting for its clients, which TERM would do. Keeps the data: {@link #restart()} brings it back. Idempotent. */
    public void stop() {
        if (isRunning()) {
            try {
                Command.of(owned.path(), "kill", "-INT", Long.toString(process.pid())).run(STOP_LIMIT_SECONDS);
            } catch (FetchException e) {
                System.getLogger(PostgresServer.class.getName()).log(System.Logger.Level.WARNING, "killing instead: {0}", e.getMessage());
            }
            if (!process.hasEndedWithin(TimeUnit.SECONDS.toMillis(STOP_LIMIT_SECONDS))) {
                process.kill();
            }
        }
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
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_LIMIT_SECONDS);
        while (true) {
            try {
                launch();
                return;
            } catch (ServerFailedException e) {
                // The children of a killed server notice its death within a moment, and until then keep its memory.
                if (System.nanoTime() > limit || !logTail(LOG_TAIL_LINES).contains("shared memory block")) {
                    throw e;
                }
            }
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.kill();
        }
        owned.close();
    }

    @Override
    public String toString() {
        return PostgresBinaries.LABEL + " on " + HOST + ":" + port;
    }
}
