package io.opendts.standalone.system;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Collectors;

/** Writes to the tables of a database while they are changed, as far as they let it, and to one of its own; stands still when asked to. */
final class CorpusWriter implements AutoCloseable {

    private static final long PAUSE_MILLIS = 4;
    private static final int ROWS_MAX = 30;
    /** Tables come and go: after so many writes they are looked for again. */
    private static final int WRITES_PER_LOOK = 15;

    private record Target(String table, List<List<String>> columns) {}

    private final MySqlConnection connection;
    private final String database;
    private final Random random;
    private final ReentrantLock turn = new ReentrantLock(true);
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private final List<Target> targets = new ArrayList<>();
    private volatile boolean stopping;
    private Thread thread;
    private long done;
    private long tried;

    private CorpusWriter(MySqlConnection connection, String database, Random random) {
        this.connection = connection;
        this.database = database;
        this.random = random;
    }

    /** In a table {@code own} that it makes, and all others but those whose names begin with {@code empty}, and {@code a}. */
    static CorpusWriter start(TestServer server, String database, long seed) {
        CorpusWriter writer = new CorpusWriter(server.open(), database, new Random(seed));
        writer.connection.execute("CREATE TABLE " + TestServer.quoted(database)
                + ".own (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(40), n INT, KEY (n))");
        writer.connection.execute("SET SESSION sql_mode = '', lock_wait_timeout = 5, innodb_lock_wait_timeout = 5");
        writer.connection.execute("USE " + TestServer.quoted(database));
        writer.thread = Thread.ofPlatform().name("corpus-writer").daemon(true).start(writer::run);
        return writer;
    }

    private void run() {
        try {
            while (!stopping) {
                turn.lock();
                try {
                    write();
                } finally {
                    turn.unlock();
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS));
            }
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }

    /** What refuses a row at this moment does not have it: a table that is gone, a key, a foreign key, a check. */
    private void write() {
        if (tried++ % WRITES_PER_LOOK == 0) {
            look();
        }
        int n = random.nextInt(1_000_000);
        try {
            if (targets.isEmpty() || n % 4 == 0) {
                connection.execute("INSERT INTO own (v, n) VALUES ('row " + n + "', " + n % 50 + ")");
                connection.execute((n % 8 == 0 ? "DELETE FROM own" : "UPDATE own SET n = n + 1") + " WHERE n = " + n % 50);
            } else {
                connection.execute(statement(targets.get(random.nextInt(targets.size())), n));
            }
            done++;
        } catch (MySqlServerError refused) {
            return;
        }
    }

    private String statement(Target target, int n) {
        List<String> one = target.columns.get(random.nextInt(target.columns.size()));
        return switch (random.nextInt(6)) {
            case 0 -> "DELETE FROM " + target.table + " LIMIT 1";
            case 1, 2 -> "UPDATE IGNORE " + target.table + " SET " + one.getFirst() + " = " + value(one.get(1), n) + " LIMIT 2";
            default -> "INSERT IGNORE INTO " + target.table
                    + target.columns.stream().map(List::getFirst).collect(Collectors.joining(", ", " (", ")"))
                    + target.columns.stream().map(column -> value(column.get(1), n))
                            .collect(Collectors.joining(", ", " SELECT ", " FROM DUAL"))
                    + " WHERE (SELECT COUNT(*) FROM " + target.table + " AS there) < " + ROWS_MAX;
        };
    }

    private static String value(String type, int n) {
        return switch (type) {
            case "tinyint", "bit", "year", "enum", "set" -> Integer.toString(n % 3 + 1);
            case "smallint", "mediumint", "int", "bigint", "decimal", "float", "double" -> Integer.toString(n % 30_000);
            case "date", "datetime", "timestamp" -> "'20%02d-0%d-1%d'".formatted(n % 30 + 1, n % 9 + 1, n % 10);
            case "time" -> "'0%d:1%d:00'".formatted(n % 9, n % 10);
            case "json" -> "'{\"n\": " + n + "}'";
            case "uuid" -> "UUID()";
            case "inet4" -> "'10.0.0." + n % 250 + "'";
            case "inet6" -> "'::" + n % 9_000 + "'";
            case "point", "geometry" -> "ST_GeomFromText('POINT(" + n % 90 + " 1)')";
            case "vector", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon", "geometrycollection",
                 "geomcollection" -> "NULL";
            default -> "'v" + n % 1_000 + "'";
        };
    }

    private void look() {
        targets.clear();
        String where = " WHERE TABLE_SCHEMA = " + TestServer.literal(database) + " AND TABLE_NAME NOT LIKE 'empty%'"
                + " AND TABLE_NAME NOT IN ('a', 'own', 'there_before') AND EXTRA NOT LIKE '%GENERATED%'";
        TestServer.rows(connection, "SELECT TABLE_NAME, COLUMN_NAME, LOWER(DATA_TYPE) FROM information_schema.COLUMNS" + where
                        + " ORDER BY TABLE_NAME, ORDINAL_POSITION").stream().collect(Collectors.groupingBy(List::getFirst))
                .forEach((table, columns) -> targets.add(new Target(TestServer.quoted(table),
                        columns.stream().map(column -> List.of(TestServer.quoted(column.get(1)), column.get(2))).toList())));
    }

    /** Nothing is written until {@link #goOn}. */
    void stand() {
        turn.lock();
    }

    void goOn() {
        turn.unlock();
    }

    /** How many statements were carried out so far. */
    long done() {
        if (failure.get() != null) {
            throw failure.get();
        }
        return done;
    }

    @Override
    public void close() throws InterruptedException {
        stopping = true;
        thread.join();
        connection.close();
    }
}
