package io.opendts.queue;

import io.opendts.model.ErrorCode;
import io.opendts.sqlite.SqliteFile;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/**
 * The queue in one SQLite file, {@code queue.db} in the state folder. Several processes may have it open as long as each
 * takes the messages of its own tasks only; what a process has out is known to that process alone, so that its death makes
 * it waiting again.
 */
public final class EmbeddedQueue implements Queue {

    private static final SqliteFile.Kind KIND = new SqliteFile.Kind(1, new String[] {
        """
        create table messages (number integer primary key autoincrement, topic varchar(256) not null, consumer varchar(64) not null,
          id varchar(256) not null, type varchar(128) not null, source varchar(256) not null, subject varchar(128) not null,
          partition_key varchar(256) not null, sent_at bigint not null, data text not null, deliveries int not null,
          not_before bigint not null, reason text, unique (topic, id))""",
        "create index messages_waiting on messages (topic, consumer, number)"
    }, new String[0], new String[] {"pragma synchronous=normal"}, ErrorCode.QUEUE_DAMAGED,
            "stop all tasks, delete queue.db in the state folder and resume: what was asked for is asked for again");

    private final SqliteFile file;
    private final Predicate<String> mine;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition arrived = lock.newCondition();
    private final Set<Long> out = new HashSet<>();

    private EmbeddedQueue(SqliteFile file, Predicate<String> mine) {
        this.file = file;
        this.mine = mine;
    }

    /** @param mine tells, by name, the tasks that this process runs (and has locked) */
    public static EmbeddedQueue open(Path stateDir, Predicate<String> mine) {
        return new EmbeddedQueue(SqliteFile.open(stateDir, stateDir.resolve("queue.db"), KIND), mine);
    }

    @Override
    public void publish(String topic, Message message) {
        String consumer = topic.equals(Topics.DEAD_LETTER) ? Topics.CONTROL : MessageType.of(message.type()).consumer();
        file.write(c -> {
            insert(c, topic, consumer, message);
            if (topic.equals(Topics.EVENTS)) {
                try (PreparedStatement delete = c.prepareStatement("delete from messages where topic = ? and number <= "
                        + "coalesce((select number from messages where topic = ? order by number desc limit 1 offset ?), 0)")) {
                    delete.setString(1, topic);
                    delete.setString(2, topic);
                    delete.setInt(3, EVENTS_KEPT);
                    delete.executeUpdate();
                }
            }
            return null;
        });
        signal();
    }

    private static void insert(Connection c, String topic, String consumer, Message message) throws SQLException {
        try (PreparedStatement insert = c.prepareStatement("insert into messages (topic, consumer, id, type, source, subject, "
                + "partition_key, sent_at, data, deliveries, not_before) values (?, ?, ?, ?, ?, ?, ?, ?, ?, 0, 0) "
                + "on conflict do nothing")) {
            insert.setString(1, topic);
            insert.setString(2, consumer);
            insert.setString(3, message.id());
            insert.setString(4, message.type());
            insert.setString(5, message.source());
            insert.setString(6, message.subject());
            insert.setString(7, message.partitionKey());
            insert.setLong(8, message.time().toEpochMilli());
            insert.setString(9, message.data());
            insert.executeUpdate();
        }
    }

    private void signal() {
        lock.lock();
        try {
            arrived.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /** What is found for a consumer: a message to hand out, or the time at which the next one may be. */
    private record Found(Out delivery, long notBefore) {}

    @Override
    public Optional<Delivery> receive(String topic, String consumer, long waitMillis) throws InterruptedException {
        long endNanos = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(waitMillis);
        lock.lockInterruptibly();
        try {
            while (true) {
                Found found = take(topic, consumer);
                if (found.delivery() != null) {
                    return Optional.of(found.delivery());
                }
                long leftNanos = endNanos - System.nanoTime();
                if (leftNanos <= 0) {
                    return Optional.empty();
                }
                long dueNanos = found.notBefore() == Long.MAX_VALUE ? Long.MAX_VALUE
                        : TimeUnit.MILLISECONDS.toNanos(Math.max(1, found.notBefore() - System.currentTimeMillis()));
                arrived.awaitNanos(Math.min(leftNanos, dueNanos));
            }
        } finally {
            lock.unlock();
        }
    }

    private Found take(String topic, String consumer) {
        long now = System.currentTimeMillis();
        return file.write(c -> {
            try (PreparedStatement select = c.prepareStatement("select number, id, type, source, subject, partition_key, sent_at, data, "
                    + "deliveries, not_before from messages where topic = ? and consumer = ? order by number")) {
                select.setString(1, topic);
                select.setString(2, consumer);
                try (ResultSet rows = select.executeQuery()) {
                    return take(c, rows, topic, now);
                }
            }
        });
    }

    private Found take(Connection c, ResultSet rows, String topic, long now) throws SQLException {
        long next = Long.MAX_VALUE;
        while (rows.next()) {
            long number = rows.getLong(1);
            if (out.contains(number) || !mine.test(rows.getString(5))) {
                continue;
            }
            long notBefore = rows.getLong(10);
            if (notBefore > now) {
                next = Math.min(next, notBefore);
                continue;
            }
            Message message = new Message(rows.getString(2), rows.getString(3), rows.getString(4), rows.getString(5), rows.getString(6),
                    Instant.ofEpochMilli(rows.getLong(7)), rows.getString(8));
            int attempt = rows.getInt(9) + 1;
            if (attempt > MAX_DELIVERIES && !topic.equals(Topics.DEAD_LETTER)) {
                bury(c, number, "delivered " + MAX_DELIVERIES + " times without an answer: the process died on it each time");
                continue;
            }
            SqliteFile.execute(c, "update messages set deliveries = " + attempt + " where number = " + number);
            out.add(number);
            return new Found(new Out(number, topic, message, attempt), next);
        }
        return new Found(null, next);
    }

    /** The row itself becomes the dead letter; an older one with the same id gives way. */
    private static void bury(Connection c, long number, String reason) throws SQLException {
        try (PreparedStatement update = c.prepareStatement("update or replace messages set topic = '" + Topics.DEAD_LETTER
                + "', consumer = '" + Topics.CONTROL + "', deliveries = 0, not_before = 0, reason = ? where number = ?")) {
            update.setString(1, reason);
            update.setLong(2, number);
            update.executeUpdate();
        }
    }

    private final class Out implements Delivery {

        private final long number;
        private final String topic;
        private final Message message;
        private final int attempt;
        private boolean settled;

        Out(long number, String topic, Message message, int attempt) {
            this.number = number;
            this.topic = topic;
            this.message = message;
            this.attempt = attempt;
        }

        @Override
        public Message message() {
            return message;
        }

        @Override
        public int attempt() {
            return attempt;
        }

        @Override
        public void ack() {
            settle(c -> {
                SqliteFile.execute(c, "delete from messages where number = " + number);
                return null;
            });
        }

        @Override
        public void retryLater(long delayMillis, String reason) {
            settle(c -> {
                if (attempt >= MAX_DELIVERIES && !topic.equals(Topics.DEAD_LETTER)) {
                    bury(c, number, reason);
                } else {
                    SqliteFile.execute(c, "update messages set not_before = " + (System.currentTimeMillis() + delayMillis)
                            + " where number = " + number);
                }
                return null;
            });
        }

        /** Once: a delivery that has been settled may be out again with somebody else. */
        private void settle(SqliteFile.Work<Void> work) {
            lock.lock();
            try {
                if (out.contains(number) && !settled) {
                    file.write(work);
                    out.remove(number);
                    settled = true;
                    arrived.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    @Override
    public Optional<String> reason(Message deadLetter) {
        return file.read(c -> {
            try (PreparedStatement select = c.prepareStatement("select reason from messages where topic = ? and id = ?")) {
                select.setString(1, Topics.DEAD_LETTER);
                select.setString(2, deadLetter.id());
                try (ResultSet rows = select.executeQuery()) {
                    return rows.next() ? Optional.ofNullable(rows.getString(1)) : Optional.empty();
                }
            }
        });
    }

    @Override
    public long depth(String topic) {
        return file.read(c -> {
            try (PreparedStatement select = c.prepareStatement("select count(*) from messages where topic = ?")) {
                select.setString(1, topic);
                try (ResultSet rows = select.executeQuery()) {
                    rows.next();
                    return rows.getLong(1);
                }
            }
        });
    }

    @Override
    public void forget(String task) {
        file.write(c -> {
            try (PreparedStatement delete = c.prepareStatement("delete from messages where subject = ?")) {
                delete.setString(1, task);
                return delete.executeUpdate();
            }
        });
    }

    @Override
    public void close() {
        file.close();
    }
}
