package io.opendts.state.database;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Secret;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Objects;

/**
 * Where the state store's database is.
 *
 * @param url            {@code mysql://host:port/db} (MySQL 8.0 and later, MariaDB 10.11 and later) or
 *                       {@code postgresql://host:port/db}; the port may be left out
 * @param connectionsMax of this process; each method of the store needs one while it runs
 */
public record DatabaseSettings(String url, String username, Secret password, int connectionsMax) {

    private static final int MYSQL_PORT = 3306;
    private static final int POSTGRESQL_PORT = 5432;

    enum Product { MYSQL, POSTGRESQL }

    /** @throws DtsException STATE_UNAVAILABLE when the URL is no such URL */
    public DatabaseSettings {
        Objects.requireNonNull(username, "username");
        Objects.requireNonNull(password, "password");
        URI uri = parsed(url);
        String name = uri.getPath() == null || uri.getPath().isEmpty() ? "" : uri.getPath().substring(1);
        if (product(uri) == null || uri.getHost() == null || name.isEmpty() || name.indexOf('/') >= 0
                || uri.getRawUserInfo() != null || uri.getRawQuery() != null) {
            throw refused();
        }
        if (connectionsMax < 1) {
            throw new IllegalArgumentException("connectionsMax=" + connectionsMax);
        }
    }

    Product product() {
        return product(parsed(url));
    }

    String host() {
        String host = parsed(url).getHost();
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    int port() {
        int port = parsed(url).getPort();
        return port > 0 ? port : product() == Product.MYSQL ? MYSQL_PORT : POSTGRESQL_PORT;
    }

    String database() {
        return parsed(url).getPath().substring(1);
    }

    private static Product product(URI uri) {
        return switch (String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT)) {
            case "mysql", "mariadb" -> Product.MYSQL;
            case "postgresql", "postgres" -> Product.POSTGRESQL;
            default -> null;
        };
    }

    private static URI parsed(String url) {
        try {
            return new URI(url == null ? "" : url);
        } catch (URISyntaxException e) {
            throw refused();
        }
    }

    /** Without the value: people put passwords into URLs. */
    private static DtsException refused() {
        return new DtsException(ErrorCode.STATE_UNAVAILABLE, "dts.state.url is not the URL of a state store",
                "write mysql://host:port/database or postgresql://host:port/database, with user name and password "
                        + "in dts.state.username and dts.state.password");
    }
}
