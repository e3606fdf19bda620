package io.opendts.testkit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Random;

/** One thread of the load: its random numbers, its connection, its transactions. Counts rows, not statements. */
final class LoadSession {

    private final WriteLoadOptions options;
    private final Random random;
    private Connection connection;
    private long inserts;
    private long updates;
    private long deletes;
    private long keyChanges;

    LoadSession(WriteLoadOptions options, int thread) {
        this.options = options;
        this.random = new Random(options.seed() * 31 + thread);
    }

    void use(Connection opened) {
        connection = opened;
    }

    /** What one transaction did; to be added up only once it is committed. */
    WriteLoad.Counts transaction() throws SQLException {
        inserts = 0;
        updates = 0;
        deletes = 0;
        keyChanges = 0;
        int choice = random.nextInt(100);
        if (choice < 40) {
            sysbenchWrite();
        } else if (choice < 55) {
            insertNew();
        } else if (choice < 62) {
            deletes += run("delete from " + table() + " where id = ?", id());
        } else if (choice < 70) {
            // The other half of the numbers is free unless the row was moved there before.
            keyChanges += run("update " + table() + " set id = -id where id = ?", id());
        } else if (choice < 75) {
            manyRows();
        } else if (options.otherShapes()) {
            otherShape(choice);
        } else {
            sysbenchWrite();
        }
        connection.commit();
        return new WriteLoad.Counts(1, inserts, updates, deletes, keyChanges, 0, 0);
    }

    /** The statements of sysbench's oltp_write_only. */
    private void sysbenchWrite() throws SQLException {
        String table = table();
        updates += run("update " + table + " set k = k + 1 where id = ?", id());
        updates += run("update " + table + " set c = ? where id = ?", LoadTables.digits(random, 11, 10), id());
        int id = id();
        deletes += run("delete from " + table + " where id = ?", id);
        inserts += run("insert into " + table + " (id, k, c, pad) values (?, ?, ?, ?)", id, number(), LoadTables.digits(random, 11, 10),
                LoadTables.digits(random, 11, 5));
    }

    private void insertNew() throws SQLException {
        inserts += run("insert into " + table() + " (k, c, pad) values (?, ?, ?)", number(), LoadTables.digits(random, 11, 10),
                LoadTables.digits(random, 11, 5));
    }

    private void manyRows() throws SQLException {
        String table = table();
        StringBuilder sql = new StringBuilder("insert into " + table + " (k, c, pad) values ");
        for (int row = 0; row < 20; row++) {
            sql.append(row == 0 ? "(" : ",(").append(number()).append(",'").append(LoadTables.digits(random, 11, 10)).append("','")
                    .append(LoadTables.digits(random, 11, 5)).append("')");
        }
        inserts += run(sql.toString());
        int id = id();
        updates += run("update " + table + " set k = k + 100 where id between ? and ?", id, id + 9);
        deletes += run("delete from " + table + " where id between ? and ?", id + 5, id + 24);
    }

    private void otherShape(int choice) throws SQLException {
        String region = LoadTables.region(random.nextInt(100));
        int item = random.nextInt(30);
        switch (choice) {
            case 75, 76, 77, 78 -> updates += run("update stock set amount = amount + ? where region = ? and item = ?",
                    random.nextInt(50), region, item);
            case 79, 80, 81 -> inserts += run("insert into stock (region, item, amount) values (?, ?, ?)"
                    + " on duplicate key update amount = amount + 1", region, item, random.nextInt(100));
            case 82 -> keyChanges += run("update stock set item = item + 1000 where region = ? and item = ?", region, item);
            case 83 -> deletes += run("delete from stock where region = ? and item = ?", region, item);
            case 84, 85, 86, 87, 88 -> inserts += run("insert into journal values (now(3), ?, ?, ?)", LoadTables.kind(item), item,
                    item % 5 == 0 ? null : "märz " + LoadTables.digits(random, 3, 2));
            // Equal rows are wanted in a table without a key, and changes of one of several equal rows too.
            case 89 -> inserts += run("insert into journal values ('2024-02-29 12:00:00.125', 'debit', 7, 'twin'),"
                    + " ('2024-02-29 12:00:00.125', 'debit', 7, 'twin')");
            case 90, 91 -> updates += run("update journal set amount = amount + 1000 where amount = ? limit 1", item);
            case 92 -> deletes += run("delete from journal where amount = ? limit 1", item);
            case 93, 94, 95 -> updates += run("update account set balance = balance * 1.1 + ?, picture = ? where id = ?",
                    random.nextInt(10), picture(), 1 + random.nextInt(400));
            case 96, 97 -> inserts += run("insert into account (email, balance) values (?, 1)", email());
            case 98 -> inserts += run("replace into account (email, balance) values (?, 2)", email());
            default -> swapEmails();
        }
    }

    /** A unique value moves from one row to another within a transaction: order matters on the target. */
    private void swapEmails() throws SQLException {
        int first = 1 + random.nextInt(200);
        int second = first + 1 + random.nextInt(200);
        String one = "swap" + random.nextLong() + "@example.org";
        updates += run("update account set email = concat('-', ?, email) where id = ?", one.substring(0, 8), first);
        updates += run("update account set email = ? where id = ?", one, second);
        updates += run("update account set email = ? where id = ?", "moved" + one, first);
    }

    private byte[] picture() {
        byte[] bytes = new byte[random.nextInt(64)];
        random.nextBytes(bytes);
        return bytes;
    }

    private String email() {
        return "user" + random.nextInt(5_000) + "@example.org";
    }

    private String table() {
        return "sbtest" + (1 + random.nextInt(options.sysbenchTables()));
    }

    private int id() {
        return number();
    }

    private int number() {
        return 1 + random.nextInt(options.rowsPerTable());
    }

    private int run(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int index = 0; index < values.length; index++) {
                statement.setObject(index + 1, values[index]);
            }
            return statement.executeUpdate();
        }
    }
}
