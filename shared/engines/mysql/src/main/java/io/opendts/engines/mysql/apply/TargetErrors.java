package io.opendts.engines.mysql.apply;

import io.opendts.engines.mysql.wire.Errno;
import io.opendts.engines.mysql.wire.MySqlAuthError;
import io.opendts.engines.mysql.wire.MySqlIoError;
import io.opendts.engines.mysql.wire.MySqlProtocolError;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.engines.mysql.wire.MySqlTlsError;
import io.opendts.engines.mysql.wire.MySqlWireException;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.TableId;
import io.opendts.spi.ConflictException;

/** Failures of a target, as codes 3xxx. Values of rows are cut out of the server's messages. */
final class TargetErrors {

    private TargetErrors() {
    }

    /** @param doing what was tried, with the object's name */
    static DtsException of(String doing, MySqlWireException error) {
        return switch (error) {
            case MySqlIoError e -> new DtsException(ErrorCode.TARGET_UNREACHABLE, doing + ": " + e.getMessage(),
                    "check that the target is up and reachable; it is tried again", e);
            case MySqlProtocolError e -> new DtsException(ErrorCode.TARGET_STATEMENT_FAILED, doing + ": " + e.getMessage(),
                    "report it with the server's version", e);
            case MySqlTlsError e -> new DtsException(ErrorCode.TARGET_TLS, doing + ": " + e.getMessage(),
                    "check tls and the certificates of the target", e);
            case MySqlAuthError e -> new DtsException(ErrorCode.TARGET_ACCESS_DENIED, doing + ": " + e.getMessage(),
                    "check username and password", e);
            case MySqlServerError e -> server(doing, e);
        };
    }

    private static DtsException server(String doing, MySqlServerError e) {
        String message = doing + ": error " + e.errno() + " (" + e.sqlState() + "): " + withoutValues(e.serverMessage());
        return switch (code(e.errno())) {
            case TARGET_READ_ONLY -> new DtsException(ErrorCode.TARGET_READ_ONLY, message, "switch read_only off on the target", e);
            case TARGET_ACCESS_DENIED -> new DtsException(ErrorCode.TARGET_ACCESS_DENIED, message,
                    "grant the task's user the missing privilege on the target", e);
            case ROW_REFUSED -> refused(message, e);
            case TARGET_BUSY -> new DtsException(ErrorCode.TARGET_BUSY, message, "it is tried again; look for long transactions", e);
            case TARGET_UNREACHABLE -> new DtsException(ErrorCode.TARGET_UNREACHABLE, message, "it is tried again", e);
            default -> new DtsException(ErrorCode.TARGET_STATEMENT_FAILED, message,
                    "compare the table's definition on source and target", e);
        };
    }

    static DtsException refused(String message, Throwable cause) {
        return new DtsException(ErrorCode.ROW_REFUSED, message,
                "make the column on the target as wide as on the source, then resume the task", cause);
    }

    static ErrorCode code(int errno) {
        return switch (errno) {
            case 1290, 1836 -> ErrorCode.TARGET_READ_ONLY;
            case 1044, 1045, 1142, 1143, 1227, 1370 -> ErrorCode.TARGET_ACCESS_DENIED;
            case 1205, 1213, 1020, 3101, 3572, 1614 -> ErrorCode.TARGET_BUSY;
            // null, unknown value, truncated, out of range, too long, wrong text, wrong geometry or JSON, check constraints
            case 1048, 1263, 1264, 1265, 1292, 1366, 1367, 1406, 1411, 1416, 1690, 3140, 3141, 3144, 3819, 4025, 6136, 1364
                    -> ErrorCode.ROW_REFUSED;
            default -> Errno.connectionLost(errno) ? ErrorCode.TARGET_UNREACHABLE
                    : Errno.retryable(errno) ? ErrorCode.TARGET_BUSY : ErrorCode.TARGET_STATEMENT_FAILED;
        };
    }

    /** Whether the error says that the target holds other rows than the source did: duplicates, missing or present relatives. */
    static boolean conflict(int errno) {
        return switch (errno) {
            case 1062, 1586, 1022, 1216, 1217, 1451, 1452, 1557, 1761, 1762 -> true;
            default -> false;
        };
    }

    static ConflictException conflict(TableId table, String what, MySqlServerError e) {
        return new ConflictException(table, what + " on " + table + ": error " + e.errno() + ": " + withoutValues(e.serverMessage()));
    }

    /** Messages quote values as in: Duplicate entry 'x' for key 'k'; Incorrect integer value: 'x' for column 'c' at row 1. */
    static String withoutValues(String message) {
        return message.replaceAll("(?s)(entry|value:?|Value|date:?|string:?) '.*' for (key|column|function)", "$1 for $2");
    }
}
