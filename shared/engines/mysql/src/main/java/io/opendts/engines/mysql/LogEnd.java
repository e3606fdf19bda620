package io.opendts.engines.mysql;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.QueryResult;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;

/** Asks a server where its log ends: file and offset, and the GTIDs that are in it where the server has them. */
public final class LogEnd {

    private LogEnd() {}

    /** On the given session, so that locks which it holds count. */
    public static Position read(MySqlConnection server, ServerFacts facts) {
        QueryResult status = server.query(facts.logStatusStatement());
        if (status.size() == 0) {
            throw new DtsException(ErrorCode.SOURCE_LOG_OFF, "the source writes no binary log",
                    "set log_bin in the server's configuration and restart it");
        }
        String place = status.text(0, 0) + ":" + status.text(0, 1);
        String gtids = facts.mariaDb()
                ? server.query("SELECT @@GLOBAL.gtid_binlog_pos").text(0, 0)
                : status.hasColumn("Executed_Gtid_Set") ? status.text(0, "Executed_Gtid_Set") : "";
        String set = gtids == null ? "" : gtids.replace("\n", "").replace(" ", "");
        return new Position(set.isEmpty() ? place : place + ";" + set);
    }
}
