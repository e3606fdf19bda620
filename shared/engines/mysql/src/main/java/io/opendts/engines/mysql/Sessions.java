package io.opendts.engines.mysql;

import io.opendts.engines.mysql.wire.ConnectSettings;
import io.opendts.engines.mysql.wire.Errno;
import io.opendts.engines.mysql.wire.MySqlAuthError;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlIoError;
import io.opendts.engines.mysql.wire.MySqlProtocolError;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.engines.mysql.wire.MySqlTlsError;
import io.opendts.engines.mysql.wire.MySqlWireException;
import io.opendts.model.DtsException;
import io.opendts.model.Endpoint;
import io.opendts.model.Endpoint.HostPort;
import io.opendts.model.ErrorCode;
import io.opendts.spi.Session;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Opens sessions on one end of a task and turns what goes wrong on them into coded errors of that end. Safe for many threads;
 * closing it ends every session, from any thread.
 */
public final class Sessions implements AutoCloseable {

    /** The same trouble has another code on each side. */
    public enum Role { SOURCE, TARGET }

    private static final int READ_ONLY = 1290;
    private static final int READ_ONLY_TRANSACTION = 1792;
    private static final int READ_ONLY_ENGINE = 1836;
    private static final int HOST_REFUSED = 1130;
    private static final int DATABASE_DENIED = 1044;
    private static final int NO_PASSWORD_USER = 1698;
    private static final int PASSWORD_EXPIRED = 1820;

    private final Endpoint endpoint;
    private final Session session;
    private final Role role;
    private final Set<MySqlConnection> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    public Sessions(Endpoint endpoint, Session session, Role role) {
        this.endpoint = endpoint;
        this.session = session;
        this.role = role;
    }

    public Session session() {
        return session;
    }

    /** The first host, for a session that is opened elsewhere. */
    ConnectSettings settings() {
        HostPort host = endpoint.hosts().getFirst();
        return ConnectSettings.of(host.host(), host.port(), endpoint.username(), endpoint.password())
                .withTls(endpoint.tls())
                .withTimeouts(session.connectTimeoutMillis(), session.readTimeoutMillis());
    }

    /** A session with the defaults of {@link MySqlConnection}. */
    public MySqlConnection open() {
        return open(UnaryOperator.identity());
    }

    /** Tries the hosts in their order; the last one's error is the one that is told. */
    public MySqlConnection open(UnaryOperator<ConnectSettings> adjust) {
        DtsException last = null;
        for (HostPort host : endpoint.hosts()) {
            if (closed) {
                throw closing();
            }
            ConnectSettings settings = adjust.apply(ConnectSettings.of(host.host(), host.port(), endpoint.username(), endpoint.password())
                    .withTls(endpoint.tls())
                    .withTimeouts(session.connectTimeoutMillis(), session.readTimeoutMillis()));
            try {
                return register(MySqlConnection.open(settings));
            } catch (MySqlWireException failure) {
                last = connectError(failure, host);
            }
        }
        throw last;
    }

    /** Runs work on a session of its own, with its errors translated. */
    public <T> T with(Function<MySqlConnection, T> work) {
        MySqlConnection connection = open();
        try {
            return work.apply(connection);
        } catch (MySqlWireException failure) {
            throw translate(failure);
        } finally {
            release(connection);
        }
    }

    /** Closes a session that came from here. */
    public void release(MySqlConnection connection) {
        open.remove(connection);
        connection.close();
    }

    /** Those that their users have closed themselves are forgotten here. */
    private MySqlConnection register(MySqlConnection connection) {
        open.removeIf(MySqlConnection::closed);
        open.add(connection);
        if (closed) {
            release(connection);
            throw closing();
        }
        return connection;
    }

    /** What went wrong on an open session, in terms of this end. */
    public DtsException translate(MySqlWireException failure) {
        return switch (failure) {
            case MySqlServerError error -> translate(error);
            case MySqlIoError error -> unreachable("the connection to " + where() + " broke: " + error.getMessage(), error);
            case MySqlTlsError error -> tls(error, where());
            case MySqlAuthError error -> denied(error.getMessage(), error);
            case MySqlProtocolError error -> new DtsException(statementFailed(),
                    where() + " sent what the MySQL protocol does not allow: " + error.getMessage(),
                    "check that " + where() + " is a MySQL or MariaDB server and not a proxy that changes its answers", error);
        };
    }

    private DtsException translate(MySqlServerError error) {
        if (role == Role.TARGET && Set.of(READ_ONLY, READ_ONLY_TRANSACTION, READ_ONLY_ENGINE).contains(error.errno())) {
            return new DtsException(ErrorCode.TARGET_READ_ONLY, where() + " is read only: " + error.getMessage(),
                    "SET GLOBAL read_only = OFF; or name the primary in the task file", error);
        }
        return switch (Errno.meaning(error.errno())) {
            case RETRY_TRANSACTION, RETRY_LATER -> role == Role.TARGET
                    ? new DtsException(ErrorCode.TARGET_BUSY, where() + ": " + error.getMessage(), "it is tried again", error)
                    : unreachable(where() + ": " + error.getMessage(), error);
            case CONNECTION_LOST -> unreachable(where() + " ended the connection: " + error.getMessage(), error);
            case PERMANENT -> new DtsException(statementFailed(), where() + ": " + error.getMessage(),
                    "see the server's message; after mending it, resume the task", error);
        };
    }

    private ErrorCode statementFailed() {
        return role == Role.SOURCE ? ErrorCode.SOURCE_QUERY_FAILED : ErrorCode.TARGET_STATEMENT_FAILED;
    }

    private DtsException connectError(MySqlWireException failure, HostPort host) {
        return switch (failure) {
            case MySqlServerError error when Set.of(Errno.ACCESS_DENIED, HOST_REFUSED, DATABASE_DENIED, NO_PASSWORD_USER, PASSWORD_EXPIRED)
                    .contains(error.errno()) ->
                    denied("account '" + endpoint.username() + "' at " + host + ": " + error.getMessage(), error);
            case MySqlServerError error -> unreachable(host + " refuses connections: " + error.getMessage(), error);
            case MySqlIoError error -> unreachable(host + " cannot be reached: " + error.getMessage(), error);
            case MySqlTlsError error -> tls(error, host.toString());
            case MySqlAuthError error -> denied("account '" + endpoint.username() + "' at " + host + ": " + error.getMessage(), error);
            case MySqlProtocolError error -> unreachable(host + " does not speak the MySQL protocol: " + error.getMessage(), error);
        };
    }

    private DtsException closing() {
        return unreachable(where() + ": this process is closing the task's sessions, since the task failed here or the process ends", null);
    }

    private DtsException unreachable(String message, Throwable cause) {
        return new DtsException(role == Role.SOURCE ? ErrorCode.SOURCE_UNREACHABLE : ErrorCode.TARGET_UNREACHABLE,
                end() + " " + message,
                "check host and port, that the server runs, and what lies between (firewall, security group)", cause);
    }

    private DtsException denied(String message, Throwable cause) {
        return new DtsException(role == Role.SOURCE ? ErrorCode.SOURCE_ACCESS_DENIED : ErrorCode.TARGET_ACCESS_DENIED,
                end() + " " + message, "check user name, password and from which hosts the account may connect", cause);
    }

    private DtsException tls(Throwable cause, String host) {
        return new DtsException(role == Role.SOURCE ? ErrorCode.SOURCE_TLS : ErrorCode.TARGET_TLS,
                end() + " " + host + ": " + cause.getMessage(),
                "check tls and ca in the task file against the server's certificate", cause);
    }

    private String end() {
        return role == Role.SOURCE ? "source" : "target";
    }

    private String where() {
        return end() + " " + endpoint.hosts().getFirst();
    }

    @Override
    public void close() {
        closed = true;
        open.forEach(this::release);
    }
}
