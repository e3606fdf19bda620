package io.opendts.engines.mysql.schema;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The same work on many tables, on a few sessions at once: a server spends most of the time of a DDL statement waiting for its
 * disk, and thousands of tables one after the other would take that long.
 */
final class SideBySide {

    private static final int SESSIONS_MAX = 4;

    private SideBySide() {}

    /**
     * Each item once, by whichever session is free. The first failure lets the others end what they are at, and is thrown.
     *
     * @param perSession items that are worth a session of their own
     * @param worker     makes of a new session what works on it; called and used by one thread
     */
    static <T> void each(SqlSession.Supplier sessions, List<T> items, int perSession, Function<SqlSession, Consumer<T>> worker) {
        Queue<T> waiting = new ConcurrentLinkedQueue<>(items);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < Math.clamp(items.size() / perSession, 1, SESSIONS_MAX); i++) {
                running.add(threads.submit(() -> work(sessions, waiting, worker)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            waiting.clear();
            Thread.currentThread().interrupt();
            throw new DtsException(ErrorCode.WORK_TIMED_OUT, "the work on tables was interrupted", "it is tried again", e);
        }
    }

    private static <T> void work(SqlSession.Supplier sessions, Queue<T> waiting, Function<SqlSession, Consumer<T>> worker) {
        boolean done = false;
        try (SqlSession session = sessions.open()) {
            Consumer<T> work = worker.apply(session);
            for (T item = waiting.poll(); item != null; item = waiting.poll()) {
                work.accept(item);
            }
            done = true;
        } finally {
            if (!done) {
                waiting.clear();
            }
        }
    }
}
