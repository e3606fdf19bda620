package io.opendts.engines.mysql.wire;

import io.opendts.model.Endpoint;
import io.opendts.model.Secret;
import java.util.Objects;
import java.util.Optional;

/**
 * How to open one connection. The printed form holds no secret.
 *
 * @param connectTimeoutMillis limit of the TCP connect, and of every read until the login is done
 * @param readTimeoutMillis    limit of one wait for bytes of the server afterwards; 0 waits for as long as the server lives
 * @param maxPacketBytes       largest packet (a row, an event, parts of 16 MB joined) that is taken from the server
 * @param foundRows            affected rows of an UPDATE count the matched rows, not only the changed ones
 * @param loadLocal            asks for LOAD DATA LOCAL; only {@link MySqlConnection#loadLocal} ever answers with data
 * @param multiStatements      lets one query packet hold several statements
 */
public record ConnectSettings(
        String host, int port, String username, Secret password, Endpoint.Tls tls,
        int connectTimeoutMillis, int readTimeoutMillis, int maxPacketBytes,
        boolean foundRows, boolean loadLocal, boolean multiStatements, Optional<String> database) {

    public static final int DEFAULT_CONNECT_TIMEOUT_MILLIS = 10_000;
    public static final int DEFAULT_READ_TIMEOUT_MILLIS = 60_000;
    /** MySQL allows rows of up to 1 GiB; one this large needs a heap of several times its size anyway. */
    public static final int DEFAULT_MAX_PACKET_BYTES = 256 << 20;

    public ConnectSettings {
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(password, "password");
        Objects.requireNonNull(tls, "tls");
        Objects.requireNonNull(database, "database");
        if (connectTimeoutMillis <= 0 || readTimeoutMillis < 0 || maxPacketBytes < 1 << 20) {
            throw new IllegalArgumentException("connectTimeoutMillis > 0, readTimeoutMillis >= 0, maxPacketBytes >= 1 MiB");
        }
    }

    public static ConnectSettings of(String host, int port, String username, Secret password) {
        return new ConnectSettings(host, port, username, password, Endpoint.Tls.PREFERRED, DEFAULT_CONNECT_TIMEOUT_MILLIS,
                DEFAULT_READ_TIMEOUT_MILLIS, DEFAULT_MAX_PACKET_BYTES, false, false, false, Optional.empty());
    }

    public ConnectSettings withTls(Endpoint.Tls value) {
        return new ConnectSettings(host, port, username, password, value, connectTimeoutMillis, readTimeoutMillis, maxPacketBytes,
                foundRows, loadLocal, multiStatements, database);
    }

    public ConnectSettings withTimeouts(int connectMillis, int readMillis) {
        return new ConnectSettings(host, port, username, password, tls, connectMillis, readMillis, maxPacketBytes,
                foundRows, loadLocal, multiStatements, database);
    }

    public ConnectSettings withMaxPacketBytes(int value) {
        return new ConnectSettings(host, port, username, password, tls, connectTimeoutMillis, readTimeoutMillis, value,
                foundRows, loadLocal, multiStatements, database);
    }

    public ConnectSettings withFoundRows(boolean value) {
        return new ConnectSettings(host, port, username, password, tls, connectTimeoutMillis, readTimeoutMillis, maxPacketBytes,
                value, loadLocal, multiStatements, database);
    }

    public ConnectSettings withLoadLocal(boolean value) {
        return new ConnectSettings(host, port, username, password, tls, connectTimeoutMillis, readTimeoutMillis, maxPacketBytes,
                foundRows, value, multiStatements, database);
    }

    public ConnectSettings withMultiStatements(boolean value) {
        return new ConnectSettings(host, port, username, password, tls, connectTimeoutMillis, readTimeoutMillis, maxPacketBytes,
                foundRows, loadLocal, value, database);
    }

    public ConnectSettings withDatabase(String value) {
        return new ConnectSettings(host, port, username, password, tls, connectTimeoutMillis, readTimeoutMillis, maxPacketBytes,
                foundRows, loadLocal, multiStatements, Optional.of(value));
    }

    /** For messages: who and where, never the password. */
    public String where() {
        return username + "@" + host + ":" + port;
    }
}
