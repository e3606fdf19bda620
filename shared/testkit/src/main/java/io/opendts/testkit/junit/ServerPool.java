package io.opendts.testkit.junit;

import io.opendts.testkit.DatabaseServer;
import io.opendts.testkit.ServerBinaries;
import io.opendts.testkit.ServerOptions;
import io.opendts.testkit.ServerUnavailableException;
import io.opendts.testkit.ServerVersion;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The servers of a test run, each started when first asked for and stopped after the last test of the JVM. */
public final class ServerPool implements AutoCloseable {

    /** Set to {@code true} where every server must be there, as in the project's own checks: a missing one fails the test. */
    private static final String REQUIRE = "DTS_REQUIRE_SERVERS";

    private static final ServerOptions OPTIONS = ServerOptions.defaults().withoutSync();

    enum Role {
        SOURCE,
        TARGET
    }

    private record Place(ServerVersion version, Role role) {
    }

    private final Map<Place, DatabaseServer> servers = new ConcurrentHashMap<>();

    private ServerPool() {
    }

    static ServerPool of(ExtensionContext context) {
        return context.getRoot().getStore(ExtensionContext.Namespace.create(ServerPool.class))
                .getOrComputeIfAbsent(ServerPool.class, key -> new ServerPool(), ServerPool.class);
    }

    /** A server that answers, also when a test before left it stopped. */
    DatabaseServer server(ServerVersion version, Role role) {
        requireAvailable(version);
        DatabaseServer server = servers.computeIfAbsent(new Place(version, role), place -> DatabaseServer.start(place.version(), OPTIONS));
        if (!server.isRunning()) {
            server.restart();
        }
        return server;
    }

    /** Aborts the test with the server's name; a skip that nobody sees would look like a pass. */
    public static void requireAvailable(ServerVersion version) {
        if (ServerBinaries.locate(version) instanceof ServerBinaries.Unavailable(ServerVersion missing, String reason)) {
            ServerUnavailableException problem = new ServerUnavailableException(missing, reason);
            if ("true".equals(System.getenv(REQUIRE))) {
                throw problem;
            }
            System.err.println("NOT TESTED: " + problem.getMessage());
            Assumptions.abort(problem.getMessage());
        }
    }

    @Override
    public void close() {
        servers.values().forEach(DatabaseServer::close);
        servers.clear();
    }
}
