package io.opendts.bench;

import io.opendts.testkit.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Rows written to the source at a fixed pace, each a transaction, and the moment when each can be seen on the target. Both moments
 * are this JVM's clock: written is when the source has acknowledged the commit, seen is when the target has answered a look that
 * shows the row. A look is taken every millisecond, so a lag is up to that much too long, never too short.
 */
record Beats(Servers servers) {

    static final String TABLE = "lag_beat";

    private static final int PER_SECOND = 100;
    private static final long LOOK_NANOS = 1_000_000;
    private static final int LEVEL_LIMIT_SECONDS = 300;
    /** The beginning warms up what every stream has to open first. */
    private static final int LEFT_OUT_SECONDS = 1;

    void createTable() {
        try (Sql sql = servers.source().sql(Workload.DATABASE)) {
            sql.execute("create table " + TABLE + " (id bigint primary key, written_nanos bigint not null)");
        }
    }

    /** Writes one row more and waits until the target has it, with all that was committed before. */
    void awaitLevel(Runnable check) throws InterruptedException {
        long first = nextId();
        run(first, 1, check);
    }

    /** Lags in milliseconds, those of the first second left out. */
    double[] lags(int seconds, Runnable check) throws InterruptedException {
        double[] all = run(nextId(), (seconds + LEFT_OUT_SECONDS) * PER_SECOND, check);
        return Arrays.copyOfRange(all, LEFT_OUT_SECONDS * PER_SECOND, all.length);
    }

    private long nextId() {
        try (Sql sql = servers.source().sql(Workload.DATABASE)) {
            return sql.number("select coalesce(max(id), 0) + 1 from " + TABLE);
        }
    }

    private double[] run(long firstId, int count, Runnable check) throws InterruptedException {
        AtomicLongArray written = new AtomicLongArray(count);
        CompletableFuture<long[]> seen = new CompletableFuture<>();
        Thread observer = Thread.ofPlatform().name("beats-observer").start(() -> complete(seen, () -> observe(firstId, count)));
        CompletableFuture<long[]> writing = new CompletableFuture<>();
        Thread.ofPlatform().name("beats-writer").start(() -> complete(writing, () -> write(firstId, count, written)));
        try {
            await(writing, check);
            long[] moments = await(seen, check);
            double[] lags = new double[count];
            for (int i = 0; i < count; i++) {
                lags[i] = Math.max(0, moments[i] - written.get(i)) / 1e6;
            }
            return lags;
        } finally {
            observer.interrupt();
        }
    }

    private interface Step {
        long[] run() throws SQLException;
    }

    private static void complete(CompletableFuture<long[]> result, Step step) {
        try {
            result.complete(step.run());
        } catch (SQLException | RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private static long[] await(CompletableFuture<long[]> result, Runnable check) throws InterruptedException {
        for (int second = 0; second < LEVEL_LIMIT_SECONDS; second++) {
            try {
                return result.get(1, TimeUnit.SECONDS);
            } catch (TimeoutException e) {
                check.run();
            } catch (ExecutionException e) {
                throw new ContestantFailed("the heartbeat failed: " + e.getCause());
            }
        }
        throw new ContestantFailed("the target did not show the last heartbeat within " + LEVEL_LIMIT_SECONDS + " s");
    }

    /** A source that is slower than the pace is not hurried: its commits are not what is measured. */
    private long[] write(long firstId, int count, AtomicLongArray written) throws SQLException {
        try (Connection connection = Sql.connect(servers.source(), Workload.DATABASE);
                PreparedStatement insert = connection.prepareStatement("insert into " + TABLE + " values (?, ?)")) {
            long began = System.nanoTime();
            for (int i = 0; i < count; i++) {
                long due = began + i * (1_000_000_000L / PER_SECOND);
                for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                    LockSupport.parkNanos(left);
                }
                insert.setLong(1, firstId + i);
                insert.setLong(2, System.nanoTime());
                insert.executeUpdate();
                written.set(i, System.nanoTime());
            }
        }
        return new long[0];
    }

    private long[] observe(long firstId, int count) throws SQLException {
        long[] seen = new long[count];
        int known = 0;
        try (Sql target = servers.target().sql(Workload.DATABASE)) {
            while (known < count && !Thread.currentThread().isInterrupted()) {
                long last = target.number("select coalesce(max(id), 0) from " + TABLE);
                long now = System.nanoTime();
                for (; known < count && firstId + known <= last; known++) {
                    seen[known] = now;
                }
                LockSupport.parkNanos(LOOK_NANOS);
            }
        }
        return seen;
    }
}
