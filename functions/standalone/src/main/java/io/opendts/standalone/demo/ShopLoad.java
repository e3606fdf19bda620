package io.opendts.standalone.demo;

import io.opendts.testkit.DatabaseServer;
import io.opendts.testkit.Sql;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** The shop's business while its database moves: orders come in, are paid and returned. Writes from its making until {@link #stop()}. */
final class ShopLoad implements AutoCloseable {

    private static final int THREADS = 4;
    private static final long STOP_LIMIT_SECONDS = 60;
    private static final int LOCK_WAIT_TIMEOUT = 1205;
    private static final int DEADLOCK = 1213;
    private static final Set<Integer> CONFLICTS = Set.of(LOCK_WAIT_TIMEOUT, DEADLOCK);

    private final DatabaseServer server;
    private final DemoSize size;
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicLong transactions = new AtomicLong();
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private volatile boolean stopping;

    ShopLoad(DatabaseServer server, DemoSize size) {
        this.server = server;
        this.size = size;
        for (int thread = 0; thread < THREADS; thread++) {
            int seed = thread;
            threads.add(Thread.ofVirtual().name("shop-" + thread).start(() -> write(seed)));
        }
    }

    long transactions() {
        return transactions.get();
    }

    /** Returns once every thread has committed its last transaction; idempotent. Throws what a thread has met. */
    void stop() throws InterruptedException {
        stopping = true;
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
            if (!thread.join(Duration.ofSeconds(STOP_LIMIT_SECONDS))) {
                throw new IllegalStateException("the live writes did not stop within " + STOP_LIMIT_SECONDS + " s");
            }
        }
        if (failure.get() != null) {
            throw new IllegalStateException("the live writes on " + server + " failed", failure.get());
        }
    }

    /** For ways out on which nobody is interested in the writes any more: their threads end by themselves. */
    @Override
    public void close() {
        stopping = true;
        threads.forEach(LockSupport::unpark);
    }

    private void write(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long step = TimeUnit.SECONDS.toNanos(1) * THREADS / size.transactionsPerSecond();
        long next = System.nanoTime();
        try (Connection connection = Sql.connect(server, "shop")) {
            connection.setAutoCommit(false);
            while (!stopping) {
                long now = System.nanoTime();
                if (now < next) {
                    LockSupport.parkNanos(next - now);
                    continue;
                }
                next = Math.max(next + step, now - TimeUnit.SECONDS.toNanos(1));
                attempt(connection, random);
            }
        } catch (SQLException | RuntimeException met) {
            if (!stopping) {
                failure.compareAndSet(null, met);
            }
        }
    }

    private void attempt(Connection connection, SplittableRandom random) throws SQLException {
        try {
            transaction(connection, random);
            connection.commit();
            transactions.incrementAndGet();
        } catch (SQLException conflict) {
            if (!CONFLICTS.contains(conflict.getErrorCode())) {
                throw conflict;
            }
            connection.rollback();
        }
    }

    private void transaction(Connection connection, SplittableRandom random) throws SQLException {
        int customer = 1 + random.nextInt(size.customers());
        int order = 1 + random.nextInt(size.customers() * 3);
        int kind = random.nextInt(100);
        if (kind < 50) {
            order(connection, random, customer);
        } else if (kind < 80) {
            run(connection, "update orders set status = elt(1 + ?, 'paid', 'shipped', 'returned') where id = ?", random.nextInt(3), order);
            run(connection, "insert into audit_log (who, what) values (?, ?)", "clerk" + customer % 7, "moved on order " + order);
        } else if (kind < 90) {
            run(connection, "update customers set preferences = json_set(preferences, '$.visits', ?), interests = ? where id = ?",
                    random.nextInt(1000), random.nextInt(16), customer);
        } else if (kind < 95) {
            // The code passes from one row to another within a transaction: order matters on the target.
            String code = "CODE-" + (1 + random.nextInt(size.customers() / 10));
            run(connection, "delete from coupons where code = ?", code);
            run(connection, "insert into coupons (code, customer_id, discount) values (?, ?, ?)", code, customer,
                    random.nextInt(100) / 3.0);
        } else {
            run(connection, "delete from orders where id = ?", order);
        }
    }

    private void order(Connection connection, SplittableRandom random, int customer) throws SQLException {
        run(connection, "insert into orders (customer_id, placed, remark) values (?, now(3), ?)", customer,
                random.nextInt(5) == 0 ? "Please gift-wrap 🎁" : null);
        int items = 1 + random.nextInt(4);
        for (int line = 1; line <= items; line++) {
            String sku = "SKU-%06d".formatted(1 + random.nextInt(size.customers() / 20));
            run(connection, "insert into order_items (order_id, line, sku, quantity, price)"
                    + " select last_insert_id(), ?, sku, ?, price from products where sku = ?", line, 1 + random.nextInt(3), sku);
            run(connection, "update products set stock = stock - 1 where sku = ?", sku);
        }
        run(connection, "update orders set total = (select sum(amount) from order_items where order_id = last_insert_id())"
                + " where id = last_insert_id()");
    }

    private static void run(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
