package io.opendts.standalone.system;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.standalone.system.LargeSchema.LargeTable;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/**
 * Transactions of a few statements each over all tables of a {@link LargeSchema}, until it is closed. Paced: at full speed it takes
 * the processor from the task, which then takes longer, and has the more to apply.
 */
final class LargeLoad implements AutoCloseable {

    private static final long PAUSE_MILLIS = 20;
    private static final long END_MILLIS_MAX = 60_000;
    /** Duplicates, refused by a foreign key or a check, out of a partition's or a type's range, deadlocks. */
    private static final Set<Integer> REFUSALS = Set.of(1062, 1451, 1452, 3819, 4025, 1526, 1264, 1205, 1213, 1020, 1690);

    private final AtomicLong transactions = new AtomicLong();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final Thread thread;
    private volatile boolean ending;

    private LargeLoad(TestServer server, List<LargeTable> tables, long seed) {
        thread = Thread.ofPlatform().name("large-load").daemon(true).start(() -> write(server, tables, new Random(seed)));
    }

    static LargeLoad start(TestServer server, LargeSchema schema, long seed) {
        return new LargeLoad(server, schema.tables(), seed);
    }

    private void write(TestServer server, List<LargeTable> tables, Random random) {
        try (MySqlConnection connection = server.open()) {
            connection.execute("SET NAMES utf8mb4");
            connection.execute("SET SESSION sql_mode = 'NO_ENGINE_SUBSTITUTION', autocommit = 0");
            while (!ending) {
                for (int i = random.nextInt(4); i >= 0; i--) {
                    run(connection, statement(tables.get(random.nextInt(tables.size())), random));
                }
                connection.execute(random.nextInt(20) == 0 ? "ROLLBACK" : "COMMIT");
                transactions.incrementAndGet();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
            }
            connection.execute("COMMIT");
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }

    private static String statement(LargeTable table, Random random) {
        return switch (random.nextInt(6)) {
            case 0, 1 -> table.insert(random, 1 + random.nextInt(3), 100 + random.nextInt(100_000));
            case 2 -> table.delete();
            default -> table.update(random);
        };
    }

    private static void run(MySqlConnection connection, String statement) {
        try {
            connection.execute(statement);
        } catch (MySqlServerError refused) {
            if (!REFUSALS.contains(refused.errno())) {
                throw new IllegalStateException(statement, refused);
            }
        }
    }

    /** Until so many more transactions are through, or the load has failed. */
    void await(long more) {
        long goal = transactions.get() + more;
        long limit = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(END_MILLIS_MAX);
        while (transactions.get() < goal && failure.get() == null) {
            if (System.nanoTime() > limit) {
                throw new AssertionError("the load stands still at " + transactions);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
        if (failure.get() != null) {
            throw new AssertionError("the load has failed", failure.get());
        }
    }

    long transactions() {
        return transactions.get();
    }

    @Override
    public void close() throws InterruptedException {
        ending = true;
        thread.join(END_MILLIS_MAX);
        if (failure.get() != null) {
            throw failure.get();
        }
    }
}
