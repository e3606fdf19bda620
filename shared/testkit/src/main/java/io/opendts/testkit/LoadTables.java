package io.opendts.testkit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;

/** The tables that the write load writes to, and their first rows. */
final class LoadTables {

    /** Rows a statement: large enough to load quickly, small enough for the smallest default packet limit (4 MiB). */
    private static final int ROWS_PER_INSERT = 500;
    private static final int GROUPS = 20;

    private LoadTables() {
    }

    static void create(Connection connection, WriteLoadOptions options) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("create database if not exists `" + options.database() + "` default character set utf8mb4");
            statement.execute("use `" + options.database() + "`");
            for (int table = 1; table <= options.sysbenchTables(); table++) {
                statement.execute("create table sbtest" + table + " (id int not null auto_increment, k int not null default 0,"
                        + " c char(120) not null default '', pad char(60) not null default '', primary key (id), key k_" + table
                        + " (k)) engine=InnoDB");
            }
            if (options.otherShapes()) {
                createOtherShapes(statement);
            }
        }
        Random random = new Random(options.seed());
        connection.setAutoCommit(false);
        for (int table = 1; table <= options.sysbenchTables(); table++) {
            fill(connection, "sbtest" + table, options.rowsPerTable(), random);
        }
        if (options.otherShapes()) {
            fillOtherShapes(connection, random);
        }
        connection.commit();
        connection.setAutoCommit(true);
    }

    private static void createOtherShapes(Statement statement) throws SQLException {
        statement.execute("create table stock (region varchar(20) not null, item int not null, amount decimal(12,3) not null,"
                + " changed timestamp(6) not null default current_timestamp(6) on update current_timestamp(6), primary key (region, item))"
                + " engine=InnoDB");
        statement.execute("create table journal (at datetime(3) not null, kind varchar(10) not null, amount int, note text)"
                + " engine=InnoDB");
        statement.execute("create table account (id bigint unsigned not null auto_increment, email varchar(80) not null,"
                + " balance double not null default 0, picture blob, primary key (id), unique key by_email (email)) engine=InnoDB");
    }

    private static void fill(Connection connection, String table, int rows, Random random) throws SQLException {
        for (int done = 0; done < rows; done += ROWS_PER_INSERT) {
            int count = Math.min(ROWS_PER_INSERT, rows - done);
            StringBuilder sql = new StringBuilder("insert into " + table + " (id, k, c, pad) values ");
            for (int row = 1; row <= count; row++) {
                sql.append(row == 1 ? "(" : ",(").append(done + row).append(',').append(1 + random.nextInt(rows)).append(",'")
                        .append(digits(random, 11, 10)).append("','").append(digits(random, 11, 5)).append("')");
            }
            try (Statement statement = connection.createStatement()) {
                statement.execute(sql.toString());
            }
            // One transaction for all rows of a large table would cost the server memory and a huge log event group.
            connection.commit();
        }
    }

    private static void fillOtherShapes(Connection connection, Random random) throws SQLException {
        try (PreparedStatement stock = connection.prepareStatement("insert into stock (region, item, amount) values (?, ?, ?)");
                PreparedStatement journal = connection.prepareStatement("insert into journal values (now(3), ?, ?, 'opened')");
                PreparedStatement account = connection.prepareStatement("insert into account (email, balance) values (?, ?)")) {
            for (int row = 0; row < GROUPS * GROUPS; row++) {
                stock.setString(1, region(row / GROUPS));
                stock.setInt(2, row % GROUPS);
                stock.setInt(3, random.nextInt(1_000));
                stock.executeUpdate();
                journal.setString(1, kind(row));
                journal.setInt(2, row % GROUPS);
                journal.executeUpdate();
                account.setString(1, "user" + row + "@example.org");
                account.setDouble(2, random.nextInt(10_000) / 8.0);
                account.executeUpdate();
            }
        }
    }

    static String region(int number) {
        return "région-" + number % GROUPS;
    }

    static String kind(int number) {
        return number % 3 == 0 ? "credit" : "debit";
    }

    /** Sysbench's text: groups of digits joined by dashes. */
    static String digits(Random random, int length, int groups) {
        StringBuilder text = new StringBuilder();
        for (int group = 0; group < groups; group++) {
            if (group > 0) {
                text.append('-');
            }
            for (int digit = 0; digit < length; digit++) {
                text.append((char) ('0' + random.nextInt(10)));
            }
        }
        return text.toString();
    }
}
