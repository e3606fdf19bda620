package io.opendts.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One Apache Kafka node (KRaft) on ports of the loopback interface, for tests, the demo and a cluster on one machine. Without
 * authentication. Calls that change its state (kill, restart, close) come from one thread at a time.
 */
public final class KafkaServer implements AutoCloseable {

    private static final String HOST = "127.0.0.1";
    private static final long START_LIMIT_SECONDS = 60;
    private static final long POLL_MILLISECONDS = 20;
    private static final int CONNECT_MILLISECONDS = 500;
    private static final int LOG_TAIL_LINES = 40;

    private final KafkaFiles files;
    private final Optional<ServerFolder> owned;
    private final int port;
    private ServerProcess process;

    private KafkaServer(KafkaFiles files, Optional<ServerFolder> owned, int port) {
        this.files = files;
        this.owned = owned;
        this.port = port;
    }

    /** In a temporary folder on a free port. */
    public static KafkaServer start() {
        try {
            ServerFolder folder = ServerFolder.create("kafka", false);
            return new KafkaServer(new KafkaFiles(folder.path()), Optional.of(folder), FreePort.find()).launched();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare a folder for Kafka", e);
        }
    }

    /** In a folder that stays, with what was written there before. */
    public static KafkaServer start(Path folder, int port) {
        return new KafkaServer(new KafkaFiles(folder.toAbsolutePath()), Optional.empty(), port).launched();
    }

    /**
     * The command line of a broker that the caller starts as a process of its own; its jars are fetched and its folder is
     * formatted when it returns. Idempotent: what the folder holds is kept.
     */
    public static List<String> prepare(Path folder, int port) {
        try {
            return new KafkaFiles(folder.toAbsolutePath()).prepare(port);
        } catch (FetchException e) {
            throw new ServerFailedException("Kafka: " + e.getMessage(), e);
        }
    }

    private KafkaServer launched() {
        try {
            launch();
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    private void launch() {
        List<String> words = prepare(files.folder(), port);
        process = ServerProcess.start(words, Map.of(), files.folder(), files.log(), false, () -> owned.ifPresent(ServerFolder::close));
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(START_LIMIT_SECONDS);
        while (!answers()) {
            if (process.hasEndedWithin(POLL_MILLISECONDS)) {
                throw new ServerFailedException("Kafka ended with exit code " + process.exitCode() + " at its start; its log:\n"
                        + files.logTail(LOG_TAIL_LINES));
            }
            if (System.nanoTime() > limit) {
                process.kill();
                throw new ServerFailedException("Kafka did not answer within " + START_LIMIT_SECONDS + " s; its log:\n"
                        + files.logTail(LOG_TAIL_LINES));
            }
        }
    }

    /** The port is opened when the broker is ready. */
    private boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(HOST, port), CONNECT_MILLISECONDS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    public boolean isRunning() {
        return process != null && process.isAlive();
    }

    /** Where the broker keeps its topics. */
    public Path dataFolder() {
        return files.data();
    }

    public String logTail(int lines) {
        return files.logTail(lines);
    }

    /** As a crash: SIGKILL. {@link #restart()} lets the broker recover. */
    public void kill() {
        process.kill();
    }

    /** Ends the process in order and keeps the data. Idempotent. */
    public void stop() {
        if (process != null) {
            process.stop();
        }
    }

    /** Stops the broker if it runs, then starts it with the same folder and ports. */
    public void restart() {
        stop();
        launch();
    }

    /** Ends the process, and deletes its folder unless it was given. Idempotent. */
    @Override
    public void close() {
        if (process != null && owned.isPresent()) {
            process.kill();
        }
        stop();
        owned.ifPresent(ServerFolder::close);
    }
}
