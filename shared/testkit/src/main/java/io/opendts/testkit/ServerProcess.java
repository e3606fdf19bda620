package io.opendts.testkit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A server as a child that does not outlive this JVM, however the JVM ends: a shutdown hook stops it, and where util-linux
 * is there the kernel kills it when the JVM is killed.
 */
final class ServerProcess {

    private static final long STOP_LIMIT_SECONDS = 30;
    private static final Set<ServerProcess> RUNNING = ConcurrentHashMap.newKeySet();

    /**
     * Starts every child: the kernel's signal on the parent's death is about the parent's thread, so that thread must live
     * as long as the JVM.
     */
    private static final ExecutorService PARENT = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("server-parent").factory());

    static {
        Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("server-stop").unstarted(ServerProcess::stopAll));
    }

    private final Process process;
    private final Runnable cleanup;

    private ServerProcess(Process process, Runnable cleanup) {
        this.process = process;
        this.cleanup = cleanup;
    }

    /**
     * @param cleanup run by the shutdown hook after the process has ended
     * @param outlivesJvm neither hook nor signal
     */
    static ServerProcess start(List<String> words, Map<String, String> environment, Path folder, Path output, boolean outlivesJvm,
            Runnable cleanup) {
        ProcessBuilder builder = new ProcessBuilder(wrapped(words, outlivesJvm)).directory(folder.toFile()).redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile()).redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
        builder.environment().putAll(environment);
        try {
            ServerProcess started = new ServerProcess(PARENT.submit(builder::start).get(), cleanup);
            if (!outlivesJvm) {
                RUNNING.add(started);
            }
            return started;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerFailedException("interrupted while starting " + words.getFirst(), e);
        } catch (ExecutionException e) {
            throw new ServerFailedException("cannot start " + words.getFirst() + ": " + e.getCause().getMessage(), e.getCause());
        }
    }

    /** A session of its own keeps a terminal's Ctrl-C from the server, which the hook stops in order instead. */
    private static List<String> wrapped(List<String> words, boolean outlivesJvm) {
        List<String> all = new ArrayList<>();
        Command.find("setsid").ifPresent(program -> all.add(program.toString()));
        if (!outlivesJvm) {
            Command.find("setpriv").ifPresent(program -> all.addAll(List.of(program.toString(), "--pdeathsig", "KILL")));
        }
        all.addAll(words);
        return all;
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Waits for the end of the process, at most so long; true when it has ended. */
    boolean hasEndedWithin(long milliseconds) {
        try {
            return process.waitFor(milliseconds, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ServerFailedException("interrupted while waiting for the server process " + process.pid(), e);
        }
    }

    int exitCode() {
        return process.exitValue();
    }

    /** Asks, then kills. Idempotent. */
    void stop() {
        process.destroy();
        if (!hasEndedWithin(TimeUnit.SECONDS.toMillis(STOP_LIMIT_SECONDS))) {
            kill();
        }
        RUNNING.remove(this);
    }

    /** SIGKILL, as a crash of the server; returns when the process is gone. */
    void kill() {
        process.destroyForcibly();
        // Not through onExit(): its answer comes by the common pool, which a test may have filled with work that waits for this.
        if (!hasEndedWithin(TimeUnit.SECONDS.toMillis(STOP_LIMIT_SECONDS))) {
            throw new ServerFailedException("the server process " + process.pid() + " does not end");
        }
        RUNNING.remove(this);
    }

    private static void stopAll() {
        List<ServerProcess> all = List.copyOf(RUNNING);
        all.forEach(server -> server.process.destroy());
        all.forEach(server -> {
            server.stop();
            server.cleanup.run();
        });
    }
}
