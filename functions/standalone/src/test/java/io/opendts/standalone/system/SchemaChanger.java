package io.opendts.standalone.system;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

/** Changes the tables of a write load again and again, and makes, renames and drops others, views and routines, until it is closed. */
final class SchemaChanger implements AutoCloseable {

    private static final List<String> CHANGED = List.of("sbtest1", "sbtest2", "stock", "account");
    private static final List<String> TYPES = List.of("INT DEFAULT 7", "VARCHAR(20) DEFAULT 'x''y'", "DECIMAL(10,2) NOT NULL DEFAULT 1.5",
            "DATETIME(3) NOT NULL DEFAULT CURRENT_TIMESTAMP(3)", "TEXT", "BIGINT UNSIGNED NOT NULL DEFAULT 9", "ENUM('a','b') DEFAULT 'b'");
    /** Of the load's own. */
    private static final Map<String, String> PLACES = Map.of("sbtest1", "k", "sbtest2", "id", "stock", "region", "account", "email");
    private static final int OWN_COLUMNS_MAX = 3;
    private static final int MADE_MAX = 3;
    /** A lock waited for too long, a deadlock. */
    private static final Set<Integer> BUSY = Set.of(1205, 1213);

    private final MySqlConnection connection;
    private final Random random;
    private final long pauseMillis;
    private final Map<String, Map<String, String>> columns = new HashMap<>();
    private final Map<String, List<String>> indexes = new HashMap<>();
    private final List<String> made = new ArrayList<>();
    private final List<String> views = new ArrayList<>();
    private final AtomicInteger statements = new AtomicInteger();
    private final AtomicReference<RuntimeException> failure = new AtomicReference<>();
    private volatile boolean stopping;
    private Thread thread;
    private int number;

    private SchemaChanger(MySqlConnection connection, Random random, long pauseMillis) {
        this.connection = connection;
        this.random = random;
        this.pauseMillis = pauseMillis;
    }

    static SchemaChanger start(TestServer server, String database, long seed, long pauseMillis) {
        SchemaChanger changer = new SchemaChanger(server.open(), new Random(seed), pauseMillis);
        changer.connection.execute("USE " + TestServer.quoted(database));
        changer.connection.execute("SET SESSION lock_wait_timeout=3");
        changer.thread = Thread.ofPlatform().name("schema-changer").daemon(true).start(changer::run);
        return changer;
    }

    private void run() {
        try {
            while (!stopping) {
                change();
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(pauseMillis));
            }
        } catch (RuntimeException e) {
            failure.set(e);
        }
    }

    private void change() {
        String table = CHANGED.get(random.nextInt(CHANGED.size()));
        Map<String, String> own = columns.computeIfAbsent(table, _ -> new HashMap<>());
        List<String> keys = indexes.computeIfAbsent(table, _ -> new ArrayList<>());
        switch (random.nextInt(10)) {
            case 0, 1, 2 -> column(table, own);
            case 3 -> rename(table, own);
            case 4 -> {
                if (!own.isEmpty()) {
                    String name = any(own);
                    execute("ALTER TABLE " + table + " DROP COLUMN " + name, () -> own.remove(name));
                }
            }
            case 5 -> index(table, keys);
            case 6 -> make();
            case 7 -> view(table);
            case 8 -> routine(table);
            default -> drop();
        }
    }

    private void column(String table, Map<String, String> own) {
        if (own.size() >= OWN_COLUMNS_MAX) {
            return;
        }
        String name = "own" + number++;
        String type = TYPES.get(random.nextInt(TYPES.size()));
        execute("ALTER TABLE " + table + " ADD COLUMN " + name + " " + type + place(table), () -> own.put(name, type));
    }

    private String place(String table) {
        return List.of("", " FIRST", " AFTER " + PLACES.get(table)).get(random.nextInt(3));
    }

    private void rename(String table, Map<String, String> own) {
        if (!own.isEmpty()) {
            String name = any(own);
            String to = "own" + number++;
            String type = own.get(name).startsWith("INT") ? "BIGINT DEFAULT 7" : own.get(name);
            execute("ALTER TABLE " + table + " CHANGE " + name + " " + to + " " + type + place(table), () -> {
                own.remove(name);
                own.put(to, type);
            });
        }
    }

    private String any(Map<String, String> own) {
        List<String> names = own.keySet().stream().sorted().toList();
        return names.get(random.nextInt(names.size()));
    }

    private void index(String table, List<String> keys) {
        if (keys.isEmpty()) {
            String name = "by" + number++;
            execute("CREATE INDEX " + name + " ON " + table + " (" + PLACES.get(table) + ")", () -> keys.add(name));
        } else {
            execute("DROP INDEX " + keys.getFirst() + " ON " + table, keys::removeFirst);
        }
    }

    private void make() {
        if (made.size() < MADE_MAX) {
            String name = "made" + number++;
            execute("CREATE TABLE " + name + " (id INT AUTO_INCREMENT PRIMARY KEY, v VARCHAR(30))", () -> made.add(name));
            execute("INSERT INTO " + name + " (v) VALUES ('" + name + "'), ('zwei')", () -> { });
        }
    }

    /** Over what stays in the table, so that it stays valid. */
    private void view(String table) {
        String name = views.isEmpty() || random.nextInt(3) == 0 ? "seen" + number++ : views.getFirst();
        switch (random.nextInt(4)) {
            case 0 -> execute("DROP VIEW IF EXISTS " + name, () -> views.remove(name));
            case 1 -> {
                if (views.contains(name)) {
                    String to = "seen" + number++;
                    execute("RENAME TABLE " + name + " TO " + to, () -> views.set(views.indexOf(name), to));
                }
            }
            default -> execute("CREATE OR REPLACE VIEW " + name + " AS SELECT " + PLACES.get(table) + ", 1 AS c" + number++ + " FROM "
                    + table, () -> {
                        views.remove(name);
                        views.add(name);
                    });
        }
    }

    private void routine(String table) {
        execute("DROP PROCEDURE IF EXISTS reads_" + table, () -> { });
        if (random.nextInt(3) > 0) {
            execute("CREATE PROCEDURE reads_" + table + " (a" + number++ + " INT) SELECT COUNT(*) FROM " + table, () -> { });
        }
    }

    private void drop() {
        if (made.isEmpty()) {
            return;
        }
        String name = made.getFirst();
        if (random.nextBoolean()) {
            execute("DROP TABLE " + name, made::removeFirst);
        } else {
            String to = "made" + number++;
            execute("RENAME TABLE " + name + " TO " + to, () -> made.set(0, to));
            execute("INSERT INTO " + to + " (v) VALUES ('" + to + "')", () -> { });
        }
    }

    private void execute(String statement, Runnable done) {
        try {
            connection.execute(statement);
            statements.incrementAndGet();
            done.run();
        } catch (MySqlServerError e) {
            if (!BUSY.contains(e.errno())) {
                throw new IllegalStateException(statement, e);
            }
        }
    }

    /** How many have been run. */
    int statements() {
        if (failure.get() != null) {
            throw failure.get();
        }
        return statements.get();
    }

    /** Returns when the last statement is over. */
    @Override
    public void close() throws InterruptedException {
        stopping = true;
        thread.join();
        connection.close();
    }
}
