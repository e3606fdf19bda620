package io.opendts.engines.mysql.copy;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.QueryResult;
import io.opendts.engines.mysql.wire.RowHandler;
import io.opendts.model.Position;
import io.opendts.model.Table;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Reads a table together with the log position at which exactly this copy is true, so that the log can be applied from
 * there on although no key tells a row that was copied from one that was not.
 *
 * <p>MariaDB answers the position of a consistent snapshot itself: it orders the commits of log and engine.
 *
 * <p>MySQL does not: see {@link LockedView}.
 *
 * <p>Tables of engines without transactions have no view: they are read under the lock.
 */
final class ExactRead {

    private final Supplier<MySqlConnection> connections;

    ExactRead(Supplier<MySqlConnection> connections) {
        this.connections = connections;
    }

    Position read(Table table, String select, RowHandler rows) {
        return read(table, select, rows, _ -> { });
    }

    /** @param end called behind the rows, with the session that read them and holds the table still */
    Position read(Table table, String select, RowHandler rows, Consumer<MySqlConnection> end) {
        boolean view = "InnoDB".equalsIgnoreCase(table.storageEngine());
        try (MySqlConnection reader = connections.get()) {
            ReadSession.prepare(reader);
            if (!view) {
                return underLock(reader, table, select, rows, end);
            }
            if (reader.mariaDb()) {
                return snapshot(reader, select, rows, end);
            }
            Position at = LockedView.begin(reader, connections, List.of(table));
            reader.stream(select, rows);
            end.accept(reader);
            reader.execute("COMMIT");
            return at;
        }
    }

    private static Position underLock(MySqlConnection reader, Table table, String select, RowHandler rows,
            Consumer<MySqlConnection> end) {
        LockedView.lock(reader, List.of(table));
        Position at = LockedView.position(reader);
        reader.stream(select, rows);
        end.accept(reader);
        reader.execute("UNLOCK TABLES");
        return at;
    }

    private static Position snapshot(MySqlConnection reader, String select, RowHandler rows, Consumer<MySqlConnection> end) {
        Position at = beginSnapshot(reader);
        reader.stream(select, rows);
        end.accept(reader);
        reader.execute("COMMIT");
        return at;
    }

    /** On MariaDB: a transaction whose view is exactly that of the position. */
    static Position beginSnapshot(MySqlConnection reader) {
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
            throw LockedView.logOff();
        }
        String gtids = reader.query("SELECT BINLOG_GTID_POS('" + file.replace("'", "''") + "'," + offset + ")").text(0, 0);
        return LockedView.position(file, offset, gtids);
    }
}
