package io.opendts.engines.mysql.copy;

import io.opendts.engines.mysql.wire.Errno;
import io.opendts.engines.mysql.wire.MySqlAuthError;
import io.opendts.engines.mysql.wire.MySqlIoError;
import io.opendts.engines.mysql.wire.MySqlProtocolError;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.engines.mysql.wire.MySqlTlsError;
import io.opendts.engines.mysql.wire.MySqlWireException;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import java.util.function.Supplier;

/** Failures of a source, as codes 2xxx. */
final class SourceErrors {

    private SourceErrors() {
    }

    static <T> T guarded(String doing, Supplier<T> work) {
        try {
            return work.get();
        } catch (MySqlWireException e) {
            throw of(doing, e);
        }
    }

    static DtsException of(String doing, MySqlWireException error) {
        String message = doing + ": " + error.getMessage();
        return switch (error) {
            case MySqlIoError e -> new DtsException(ErrorCode.SOURCE_UNREACHABLE, message, "check that the source is up and reachable", e);
            case MySqlProtocolError e -> new DtsException(ErrorCode.SOURCE_QUERY_FAILED, message, "report it with the server's version", e);
            case MySqlTlsError e -> new DtsException(ErrorCode.SOURCE_TLS, message, "check tls and the certificates of the source", e);
            case MySqlAuthError e -> new DtsException(ErrorCode.SOURCE_ACCESS_DENIED, message, "check username and password", e);
            case MySqlServerError e -> new DtsException(code(e.errno()), message, remedy(e.errno()), e);
        };
    }

    private static ErrorCode code(int errno) {
        return switch (errno) {
            case 1044, 1045, 1142, 1143, 1227 -> ErrorCode.SOURCE_ACCESS_DENIED;
            case 1146, 1049 -> ErrorCode.SOURCE_TABLE_MISSING;
            // a consistent snapshot and a table that was altered behind it (1412), or a table seen in mid change (1615)
            case 1412, 1615 -> ErrorCode.SOURCE_UNREACHABLE;
            default -> Errno.retryable(errno) ? ErrorCode.SOURCE_UNREACHABLE : ErrorCode.SOURCE_QUERY_FAILED;
        };
    }

    private static String remedy(int errno) {
        return switch (errno) {
            case 1044, 1045, 1142, 1143, 1227 -> "grant SELECT on the selected objects to the task's user on the source";
            case 1146, 1049 -> "was it dropped or renamed while the task runs? Take it out of the task, or reset the task";
            case 1054, 1064 -> "check the filter of the table in the task file, and whether the table was altered during the copy";
            default -> Errno.retryable(errno) ? "it is tried again" : "see the server's message";
        };
    }
}
