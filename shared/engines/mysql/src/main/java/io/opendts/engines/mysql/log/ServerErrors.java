package io.opendts.engines.mysql.log;

import io.opendts.engines.mysql.wire.Errno;
import io.opendts.engines.mysql.wire.MySqlAuthError;
import io.opendts.engines.mysql.wire.MySqlIoError;
import io.opendts.engines.mysql.wire.MySqlProtocolError;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.engines.mysql.wire.MySqlTlsError;
import io.opendts.engines.mysql.wire.MySqlWireException;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import java.util.Locale;

/** What a server's refusal to send its log means to the user. Pure. */
final class ServerErrors {

    private static final int SPECIFIC_ACCESS_DENIED = 1227;

    private ServerErrors() {}

    static DtsException onOpen(MySqlWireException e, String server, String position) {
        return switch (e) {
            case MySqlServerError refusal -> onRead(refusal, server, position);
            case MySqlIoError io -> new DtsException(ErrorCode.SOURCE_UNREACHABLE, io.getMessage() + ".",
                    "Check host, port and network of the source.", io);
            case MySqlTlsError tls -> new DtsException(ErrorCode.SOURCE_TLS, tls.getMessage() + ".",
                    "Check the source's tls settings in the task file.", tls);
            case MySqlAuthError auth -> new DtsException(ErrorCode.SOURCE_ACCESS_DENIED, auth.getMessage() + ".",
                    "Check user name, password and authentication plugin of the source's user.", auth);
            case MySqlProtocolError protocol -> LogErrors.lost(server, protocol);
        };
    }

    static DtsException onRead(MySqlServerError e, String server, String position) {
        if (e.errno() == Errno.ACCESS_DENIED) {
            return new DtsException(ErrorCode.SOURCE_ACCESS_DENIED, server + " refuses the login: " + e.serverMessage() + ".",
                    "Check user name and password of the source's user.", e);
        }
        if (e.errno() == SPECIFIC_ACCESS_DENIED) {
            return new DtsException(ErrorCode.SOURCE_PRIVILEGES, server + " may not read the log: " + e.serverMessage() + ".",
                    "GRANT REPLICATION SLAVE, REPLICATION CLIENT ON *.* to the source's user.", e);
        }
        return e.errno() == Errno.LOG_PURGED_OR_FATAL_DUMP ? dump(e, server, position) : LogErrors.lost(server, e);
    }

    /** Error 1236 stands for everything that ends a dump; only its text tells what, and it is English in all servers. */
    private static DtsException dump(MySqlServerError e, String server, String position) {
        String says = e.serverMessage().toLowerCase(Locale.ROOT);
        if (says.contains("same server_uuid") || says.contains("same server_id") || says.contains("same server id")) {
            return LogErrors.lost(server, e);
        }
        if (says.contains("purged") || says.contains("could not find first log")) {
            return LogErrors.purged(position, e.serverMessage(), e);
        }
        if (says.contains("more gtids than") || says.contains("not in the master's binlog") || says.contains("impossible position")
                || says.contains("> file size") || says.contains("could not find the requested") || says.contains("diverge")) {
            return LogErrors.replaced(server, "it says: " + e.serverMessage());
        }
        if (says.contains("max_allowed_packet")) {
            return new DtsException(ErrorCode.SOURCE_LOG_SETTINGS, server + " cannot send an event at " + position + ": "
                    + e.serverMessage() + ".", "Run SET GLOBAL max_allowed_packet = 1073741824 on the source and resume the task.", e);
        }
        return LogErrors.damaged(position, "the source says: " + e.serverMessage(), e);
    }
}
