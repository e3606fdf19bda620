package io.opendts.engines.mysql.log;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.TableId;

/** The errors of reading a log, each with the remedy that belongs to it. No message holds a value of a row. */
final class LogErrors {

    private static final String REPORT = "Report this with the server's version; until then leave the object out of the task.";
    private static final String COPY_AGAIN =
            "Either reset the task and copy again, or start it at a position that the server still has (see SHOW BINARY LOGS).";

    private LogErrors() {}

    static DtsException damaged(Place where, String what) {
        return damaged(where, what, null);
    }

    static DtsException damaged(Object where, String what, Throwable cause) {
        return new DtsException(ErrorCode.LOG_EVENT_DAMAGED, "The log event at " + where + " cannot be read: " + what + ".",
                "The event is fetched again on a retry. If it stays, check the log file on the source with mysqlbinlog "
                        + "--verify-binlog-checksum.", cause);
    }

    static DtsException unknownEvent(Place where, int type) {
        return new DtsException(ErrorCode.LOG_EVENT_UNKNOWN,
                "The log holds an event of type " + type + " at " + where + ", which this version of OpenDTS does not know.",
                "Update OpenDTS; it cannot go on past an event that may change data.");
    }

    static DtsException unsupported(Place where, String what, String remedy) {
        return new DtsException(ErrorCode.LOG_EVENT_UNKNOWN, "The log holds " + what + " at " + where + ".", remedy);
    }

    static DtsException partial(TableId table, String column, Place where) {
        return new DtsException(ErrorCode.LOG_ROW_IMAGE_PARTIAL,
                "A row change of " + table + " at " + where + " lacks column " + column + ".",
                "Run SET GLOBAL binlog_row_image = 'FULL' on the source, reconnect the sessions that write, then reset the task "
                        + "and copy again.");
    }

    static DtsException tableChanged(TableId table, String difference, Place where) {
        return new DtsException(ErrorCode.LOG_TABLE_CHANGED,
                "Table " + table + " is not what its description says, at " + where + ": " + difference + ".",
                "Reset the task, or that table, and copy again: its definition was changed by something that the log did not show.");
    }

    static DtsException historyLost(TableId table) {
        return new DtsException(ErrorCode.STATE_DAMAGED,
                "The state store has lost versions of the schema of table " + table + ", and it cannot be copied anew beside the others.",
                "Reset the task and copy again.");
    }

    static DtsException unknownType(TableId table, String column, String type) {
        return new DtsException(ErrorCode.TYPE_UNKNOWN, "Column " + column + " of " + table + " has " + type
                + ", which the log reader cannot decode.", "Exclude the column in the task file (columns.exclude). " + REPORT);
    }

    static DtsException unreadable(TableId table, String column, String what) {
        return new DtsException(ErrorCode.VALUE_UNREADABLE, "A value of column " + column + " of " + table + " cannot be read: "
                + what + ".", "Exclude the column in the task file (columns.exclude). " + REPORT);
    }

    static DtsException statement(String shown, String database, Place where) {
        return new DtsException(ErrorCode.LOG_STATEMENT, "A statement in database '" + database
                + "' was logged as text, not as rows, at " + where + ": " + shown,
                "Run SET GLOBAL binlog_format = 'ROW' on the source, reconnect the session that writes this way, then reset the task "
                        + "and copy again.");
    }

    static DtsException rolledBack(String what, Place where) {
        return new DtsException(ErrorCode.LOG_STATEMENT, "A transaction at " + where + " holds " + what
                + " behind changes of selected tables, so that its rows alone do not tell its outcome.",
                "Reset the task and copy again. Do not mix transactional and other storage engines in one transaction.");
    }

    static DtsException prepared(Place where) {
        return new DtsException(ErrorCode.LOG_STATEMENT, "A transaction that was prepared with XA PREPARE at " + where
                + " changes selected tables; its outcome is logged later, which is not supported yet.",
                "Commit such transactions with XA COMMIT ... ONE PHASE, or reset the task behind it and copy again.");
    }

    static DtsException purged(String position, String serverSays, Throwable cause) {
        return new DtsException(ErrorCode.LOG_PURGED, "The source no longer has its log from " + position + " on (it says: "
                + serverSays + ").", COPY_AGAIN, cause);
    }

    static DtsException replaced(String server, String what) {
        return new DtsException(ErrorCode.LOG_SOURCE_REPLACED, server + " does not continue the log that was being read: " + what + ".",
                "Point the task to the server it was reading, or reset the task and copy again.");
    }

    static DtsException lost(String server, Throwable cause) {
        return new DtsException(ErrorCode.LOG_CONNECTION_LOST, "The log connection to " + server + " ended: "
                + (cause == null ? "the server closed it" : cause.getMessage()) + ".",
                "It is opened again at the last transaction that was read whole. If this goes on, look at the source's error log.", cause);
    }
}
