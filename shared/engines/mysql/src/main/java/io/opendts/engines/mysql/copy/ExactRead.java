package io.opendts.engines.mysql.copy;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.engines.mysql.wire.QueryResult;
import io.opendts.engines.mysql.wire.RowHandler;
import io.opendts.engines.mysql.wire.SqlBytes;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import io.opendts.model.Table;
import java.util.function.Supplier;

/**
 * Reads a table together with the log position at which exactly this copy is true, so that the log can be applied from
 * there on although no key tells a row that was copied from one that was not.
 *
 * <p>MariaDB answers the position of a consistent snapshot itself: it orders the commits of log and engine.
 *
 * <p>MySQL does not, so the table is locked against writers for some milliseconds. Why that is exact: a writing transaction
 * holds a metadata lock on the table from its first write until after it has committed, in the log and then in the engine.
 * LOCK TABLES ... READ waits for all of these locks. Once it is granted, every transaction that wrote to the table is both
 * in the log and visible in the engine, and none can start until UNLOCK TABLES. The position read, and the view opened by
 * another session, both lie in between: what the log holds of this table before the position is what the view shows.
 * Transactions on other tables may fall on either side, and do not matter.
 *
 * <p>Tables of engines without transactions have no view: they are read under the lock.
 */
final class ExactRead {

    static final int LOCK_WAIT_SECONDS = 2;
    /** Waiting for the lock blocks writers that come later, so each try is short, with a longer pause in between. */
    static final int LOCK_TRIES = 30;
    static final int MAX_PAUSE_MILLIS = 10_000;
    private static final int LOCK_WAIT_TIMEOUT = 1205;

    private final Supplier<MySqlConnection> connections;

    ExactRead(Supplier<MySqlConnection> connections) {
        this.connections = connections;
    }

    Position read(Table table, String select, RowHandler rows) {
        boolean view = "InnoDB".equalsIgnoreCase(table.storageEngine());
        try (MySqlConnection reader = connections.get()) {
            ReadSession.prepare(reader);
            if (view && reader.mariaDb()) {
                return snapshot(reader, select, rows);
            }
            if (!view) {
                lock(reader, table);
                Position at = position(reader);
                reader.stream(select, rows);
                reader.execute("UNLOCK TABLES");
                return at;
            }
            Position at;
            try (MySqlConnection locker = connections.get()) {
                lock(locker, table);
                at = position(locker);
                reader.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
                locker.execute("UNLOCK TABLES");
            }
            reader.stream(select, rows);
            reader.execute("COMMIT");
            return at;
        }
    }

    private static Position snapshot(MySqlConnection reader, String select, RowHandler rows) {
        reader.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
        QueryResult status = reader.query("SHOW STATUS LIKE 'binlog_snapshot_%'");
        String file = "";
        String offset = "";
        for (int i = 0; i < status.size(); i++) {
            switch (status.text(i, 0).toLowerCase(java.util.Locale.ROOT)) {
                case "binlog_snapshot_file" -> file = status.text(i, 1);
                case "binlog_snapshot_position" -> offset = status.text(i, 1);
                default -> { }
            }
        }
        if (file.isEmpty()) {
            throw logOff();
        }
        String gtids = reader.query("SELECT BINLOG_GTID_POS('" + file.replace("'", "''") + "'," + offset + ")").text(0, 0);
        reader.stream(select, rows);
        reader.execute("COMMIT");
        return position(file, offset, gtids);
    }

    private static void lock(MySqlConnection locker, Table table) {
        locker.execute("SET SESSION lock_wait_timeout=" + LOCK_WAIT_SECONDS);
        String sql = "LOCK TABLES " + SqlBytes.quoted(table.id().database()) + "." + SqlBytes.quoted(table.id().name()) + " READ";
        for (int attempt = 1; ; attempt++) {
            try {
                locker.execute(sql);
                return;
            } catch (MySqlServerError e) {
                if (e.errno() != LOCK_WAIT_TIMEOUT || attempt == LOCK_TRIES) {
                    throw e;
                }
                pause(Math.min(MAX_PAUSE_MILLIS, 250 << Math.min(attempt, 6)));
            }
        }
    }

    private static void pause(int millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DtsException(ErrorCode.SOURCE_UNREACHABLE, "interrupted while waiting for a table lock", "it is tried again", e);
        }
    }

    /** SHOW MASTER STATUS is gone in 8.4, its successor is missing before 8.2. */
    private static Position position(MySqlConnection connection) {
        QueryResult status;
        try {
            status = connection.query("SHOW MASTER STATUS");
        } catch (MySqlServerError e) {
            status = connection.query("SHOW BINARY LOG STATUS");
        }
        if (status.size() == 0) {
            throw logOff();
        }
        String gtids = status.hasColumn("Executed_Gtid_Set") ? status.text(0, "Executed_Gtid_Set")
                : connection.mariaDb() ? connection.query("SELECT @@gtid_binlog_pos").text(0, 0) : "";
        return position(status.text(0, "File"), status.text(0, "Position"), gtids);
    }

    private static Position position(String file, String offset, String gtids) {
        String set = gtids == null ? "" : gtids.replaceAll("\\s", "");
        return new Position(file + ":" + offset + (set.isEmpty() ? "" : ";" + set));
    }

    private static DtsException logOff() {
        return new DtsException(ErrorCode.SOURCE_LOG_OFF, "the source writes no binary log", "switch log_bin on and restart the source");
    }
}
