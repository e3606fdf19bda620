package io.opendts.testkit;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLTransientConnectionException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Writes to a server at an asked rate until stopped, as an application with awkward habits would: inserts, updates, deletes,
 * changed keys, transactions of many rows, tables without a key. Goes on over a restart of the server. Any thread may ask
 * for counts or stop it.
 */
public final class WriteLoad implements AutoCloseable {

    private static final long STOP_LIMIT_SECONDS = 60;
    private static final long RECONNECT_MILLISECONDS = 50;
    private static final int DUPLICATE_KEY = 1062;
    private static final int LOCK_WAIT_TIMEOUT = 1205;
    private static final int DEADLOCK = 1213;
    /** MariaDB's snapshot isolation: the row has changed since it was read. */
    private static final int RECORD_CHANGED = 1020;
    /** A transaction sees a table as it was before somebody altered it. */
    private static final int DEFINITION_CHANGED = 1412;
    private static final Set<Integer> CONFLICTS = Set.of(DUPLICATE_KEY, LOCK_WAIT_TIMEOUT, DEADLOCK, RECORD_CHANGED,
            DEFINITION_CHANGED);

    private final DatabaseServer server;
    private final WriteLoadOptions options;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<Counts> counts = new AtomicReference<>(Counts.NONE);
    private final AtomicReference<SQLException> failure = new AtomicReference<>();
    private final long startNanos = System.nanoTime();
    /** Held by each transaction, and alone by what is to run between two. */
    private final ReadWriteLock gate = new ReentrantReadWriteLock(true);
    private volatile boolean stopping;
    private volatile long endNanos;

    /**
     * What was committed, as the client saw it: a commit whose answer a crash cut off is not in here. {@code updates} are
     * without changes of a primary key; {@code inserts} counts an upsert that updates as 2 and a REPLACE that replaces as 2,
     * as the server does. Conflicts (deadlocks, duplicate keys) were rolled back.
     */
    public record Counts(long transactions, long inserts, long updates, long deletes, long keyChanges, long conflicts, long reconnects) {

        static final Counts NONE = new Counts(0, 0, 0, 0, 0, 0, 0);
        static final Counts CONFLICT = new Counts(0, 0, 0, 0, 0, 1, 0);
        static final Counts RECONNECT = new Counts(0, 0, 0, 0, 0, 0, 1);

        Counts plus(Counts more) {
            return new Counts(transactions + more.transactions, inserts + more.inserts, updates + more.updates, deletes + more.deletes,
                    keyChanges + more.keyChanges, conflicts + more.conflicts, reconnects + more.reconnects);
        }
    }

    private WriteLoad(DatabaseServer server, WriteLoadOptions options) {
        this.server = server;
        this.options = options;
    }

    /** Creates the database and the tables, which must not exist, and their first rows. */
    public static void prepare(DatabaseServer server, WriteLoadOptions options) {
        try (Connection connection = Sql.connect(server, "")) {
            LoadTables.create(connection, options);
        } catch (SQLException e) {
            throw new SqlFailedException("preparing the tables of the write load on " + server, e);
        }
    }

    /** Starts writing to prepared tables. */
    public static WriteLoad start(DatabaseServer server, WriteLoadOptions options) {
        WriteLoad load = new WriteLoad(server, options);
        for (int thread = 0; thread < options.threads(); thread++) {
            int number = thread;
            load.threads.add(Thread.ofVirtual().name("write-load-" + number).start(() -> load.write(number)));
        }
        return load;
    }

    public Counts counts() {
        return counts.get();
    }

    /** Since the start, until now or until it was stopped. */
    public double seconds() {
        return ((stopping && endNanos != 0 ? endNanos : System.nanoTime()) - startNanos) / 1e9;
    }

    /** What may fail. */
    public interface Step {
        void run() throws Exception;
    }

    /** Runs it while no transaction of the load is under way and none begins; the load goes on behind it. */
    public void pausedFor(Step step) throws Exception {
        gate.writeLock().lock();
        try {
            step.run();
        } finally {
            gate.writeLock().unlock();
        }
    }

    /**
     * Ends every thread after its transaction and reports. Idempotent.
     *
     * @throws SqlFailedException when a thread had met an error that is no conflict and no lost connection
     */
    public Counts stop() {
        stopping = true;
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_LIMIT_SECONDS);
        for (Thread thread : threads) {
            try {
                LockSupport.unpark(thread);
                if (!thread.join(java.time.Duration.ofNanos(Math.max(1, limit - System.nanoTime())))) {
                    throw new IllegalStateException("the write load on " + server + " did not stop within " + STOP_LIMIT_SECONDS + " s");
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while stopping the write load", e);
            }
        }
        if (endNanos == 0) {
            endNanos = System.nanoTime();
        }
        SQLException met = failure.get();
        if (met != null) {
            throw new SqlFailedException("write load on " + server, met);
        }
        return counts.get();
    }

    @Override
    public void close() {
        stop();
    }

    private void write(int thread) {
        LoadSession session = new LoadSession(options, thread);
        long step = TimeUnit.SECONDS.toNanos(1) * options.threads() / options.transactionsPerSecond();
        boolean first = true;
        while (!stopping) {
            try (Connection connection = Sql.connect(server, options.database())) {
                connection.setAutoCommit(false);
                session.use(connection);
                if (!first) {
                    add(Counts.RECONNECT);
                }
                first = false;
                write(session, connection, step);
            } catch (SQLException e) {
                if (!isConnectionLost(e)) {
                    failure.compareAndSet(null, e);
                    stopping = true;
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(RECONNECT_MILLISECONDS));
            }
        }
    }

    private void write(LoadSession session, Connection connection, long step) throws SQLException {
        long next = System.nanoTime();
        while (!stopping) {
            long now = System.nanoTime();
            if (now < next) {
                LockSupport.parkNanos(next - now);
                continue;
            }
            next = Math.max(next + step, now - TimeUnit.SECONDS.toNanos(1));
            gate.readLock().lock();
            try {
                add(session.transaction());
            } catch (SQLException e) {
                if (!CONFLICTS.contains(e.getErrorCode())) {
                    throw e;
                }
                connection.rollback();
                add(Counts.CONFLICT);
            } finally {
                gate.readLock().unlock();
            }
        }
    }

    private void add(Counts more) {
        counts.accumulateAndGet(more, Counts::plus);
    }

    /** SQL state class 08, or a server that is on its way down (1053 shutdown, 1927 killed connection). */
    private static boolean isConnectionLost(SQLException e) {
        return e instanceof SQLNonTransientConnectionException || e instanceof SQLTransientConnectionException
                || e.getSQLState() != null && e.getSQLState().startsWith("08") || e.getErrorCode() == 1053 || e.getErrorCode() == 1927;
    }
}
