package io.opendts.engines.mysql.copy;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.engines.mysql.wire.QueryResult;
import io.opendts.engines.mysql.wire.SqlBytes;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import io.opendts.model.Table;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A view of tables, and the log position at which it is exactly true of them. For that the tables are locked against writers for
 * some milliseconds. Why that is exact: a writing transaction holds a metadata lock on the table from its first write until after
 * it has committed, in the log and then in the engine. LOCK TABLES ... READ waits for all of these locks. Once it is granted,
 * every transaction that wrote to the tables is both in the log and visible in the engine, and none can start until UNLOCK
 * TABLES. The position read, and the view opened by another session, both lie in between: what the log holds of these tables
 * before the position is what the view shows. Transactions on other tables may fall on either side, and do not matter. Not all
 * servers take metadata locks on tables that a cascade changes, so the tables that cause cascades must be among the locked.
 */
final class LockedView {

    static final int LOCK_WAIT_SECONDS = 2;
    /** Waiting for the lock blocks writers that come later, so each try is short, with a longer pause in between. */
    static final int LOCK_TRIES = 30;
    static final int MAX_PAUSE_MILLIS = 10_000;
    private static final int LOCK_WAIT_TIMEOUT = 1205;

    private LockedView() {}

    /** Begins the view in the reader's session. */
    static Position begin(MySqlConnection reader, Supplier<MySqlConnection> connections, List<Table> tables) {
        try (MySqlConnection locker = connections.get()) {
            lock(locker, tables);
            Position at = position(locker);
            reader.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
            locker.execute("UNLOCK TABLES");
            return at;
        }
    }

    static void lock(MySqlConnection locker, List<Table> tables) {
        locker.execute("SET SESSION lock_wait_timeout=" + LOCK_WAIT_SECONDS);
        String sql = tables.stream().map(Table::id)
                .map(id -> SqlBytes.quoted(id.database()) + "." + SqlBytes.quoted(id.name()) + " READ")
                .collect(Collectors.joining(",", "LOCK TABLES ", ""));
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
    static Position position(MySqlConnection connection) {
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

    static Position position(String file, String offset, String gtids) {
        String set = gtids == null ? "" : gtids.replaceAll("\\s", "");
        return new Position(file + ":" + offset + (set.isEmpty() ? "" : ";" + set));
    }

    static DtsException logOff() {
        return new DtsException(ErrorCode.SOURCE_LOG_OFF, "the source writes no binary log", "switch log_bin on and restart the source");
    }
}
