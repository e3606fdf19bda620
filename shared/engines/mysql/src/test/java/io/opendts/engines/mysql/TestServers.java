package io.opendts.engines.mysql;

import io.opendts.engines.mysql.wire.ConnectSettings;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.model.Endpoint;
import io.opendts.model.Position;
import io.opendts.model.Secret;
import io.opendts.testkit.DatabaseServer;
import io.opendts.testkit.ServerOptions;
import io.opendts.testkit.ServerVersion;
import io.opendts.testkit.junit.ServerPool;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * One server a version for all tests of this JVM, all started side by side when the first is asked for, and stopped with the
 * JVM. Tests therefore use databases of their own and put global settings back.
 */
public final class TestServers {

    /** Whether matrices of servers are run in full, not only those pairs that differ in what the code does. */
    public static final boolean FULL = "full".equals(System.getProperty("dts.test"));

    private static final ServerOptions OPTIONS = ServerOptions.defaults().withoutSync()
            .withArguments("--log-bin-trust-function-creators=1", "--max-allowed-packet=64M");
    private static final Map<ServerVersion, CompletableFuture<DatabaseServer>> SERVERS = startAll();

    private TestServers() {
    }

    private static Map<ServerVersion, CompletableFuture<DatabaseServer>> startAll() {
        Map<ServerVersion, CompletableFuture<DatabaseServer>> started = new EnumMap<>(ServerVersion.class);
        for (ServerVersion version : ServerVersion.values()) {
            started.put(version, CompletableFuture.supplyAsync(() -> DatabaseServer.start(version, OPTIONS),
                    task -> Thread.ofPlatform().daemon().name("start " + version).start(task)));
        }
        return started;
    }

    /** Aborts the test, with the server's name, where the server cannot be had on this machine. */
    public static DatabaseServer get(ServerVersion version) {
        ServerPool.requireAvailable(version);
        return SERVERS.get(version).join();
    }

    /** Without TLS: with it, most of the tests' processor time went into handshakes of short sessions. */
    public static ConnectSettings root(ServerVersion version) {
        DatabaseServer server = get(version);
        return ConnectSettings.of(server.host(), server.port(), server.user(), new Secret(server.password()))
                .withTls(new Endpoint.Tls(Endpoint.TlsMode.DISABLED, Optional.empty(), Optional.empty(), Optional.empty()));
    }

    public static Position logEnd(MySqlConnection connection) {
        return LogEnd.read(connection, ServerFacts.read(connection));
    }
}
