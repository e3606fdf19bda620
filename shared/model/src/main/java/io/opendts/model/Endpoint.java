package io.opendts.model;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A server or a group of servers that a user named.
 *
 * @param hosts   at least one, tried in order
 * @param options keys of the task file that belong to one engine only
 */
public record Endpoint(String engine, List<HostPort> hosts, String username, Secret password, Tls tls, Map<String, Object> options) {

    public record HostPort(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    public enum TlsMode { DISABLED, PREFERRED, REQUIRED, VERIFY_CA, VERIFY_IDENTITY }

    /** Paths of PEM files on this machine. */
    public record Tls(TlsMode mode, Optional<String> ca, Optional<String> cert, Optional<String> key) {
        public static final Tls PREFERRED = new Tls(TlsMode.PREFERRED, Optional.empty(), Optional.empty(), Optional.empty());
    }

    public Endpoint {
        Objects.requireNonNull(engine, "engine");
        hosts = List.copyOf(hosts);
        options = Map.copyOf(options);
        if (hosts.isEmpty()) {
            throw new IllegalArgumentException("an endpoint needs a host");
        }
    }
}
