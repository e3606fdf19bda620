package io.opendts.engines.mysql;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.QueryResult;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Asks a server where its log ends: file and offset, and the GTIDs in front of it where the server has them.
 *
 * <p>A transaction is written to the log before other sessions see its rows. The position of a copy's beginning must not lie
 * behind a transaction that the copy does not see yet. MariaDB tells the position of a consistent snapshot, which orders the
 * two. MySQL counts a GTID as executed only when its rows are visible, and with GTIDs the log is read by them, not by offset.
 */
final class LogEnd {

    private LogEnd() {}

    static Position read(MySqlConnection server, ServerFacts facts) {
        return facts.mariaDb() ? ofSnapshot(server) : ofStatus(server, facts);
    }

    private static Position ofSnapshot(MySqlConnection server) {
        server.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
        QueryResult status = server.query("SHOW STATUS LIKE 'binlog_snapshot_%'");
        Map<String, String> place = new HashMap<>();
        for (int i = 0; i < status.size(); i++) {
            place.put(status.text(i, 0).toLowerCase(Locale.ROOT), status.text(i, 1));
        }
        String file = place.getOrDefault("binlog_snapshot_file", "");
        String offset = place.getOrDefault("binlog_snapshot_position", "");
        if (file.isEmpty()) {
            throw logOff();
        }
        String gtids = server.query("SELECT BINLOG_GTID_POS('" + file.replace("'", "''") + "'," + offset + ")").text(0, 0);
        server.execute("COMMIT");
        return position(file, offset, gtids);
    }

    private static Position ofStatus(MySqlConnection server, ServerFacts facts) {
        QueryResult status = server.query(facts.logStatusStatement());
        if (status.size() == 0) {
            throw logOff();
        }
        String gtids = status.hasColumn("Executed_Gtid_Set") ? status.text(0, "Executed_Gtid_Set") : "";
        return position(status.text(0, 0), status.text(0, 1), gtids);
    }

    private static Position position(String file, String offset, String gtids) {
        String set = gtids == null ? "" : gtids.replaceAll("\\s", "");
        return new Position(file + ":" + offset + (set.isEmpty() ? "" : ";" + set));
    }

    private static DtsException logOff() {
        return new DtsException(ErrorCode.SOURCE_LOG_OFF, "the source writes no binary log",
                "set log_bin in the server's configuration and restart it");
    }
}
