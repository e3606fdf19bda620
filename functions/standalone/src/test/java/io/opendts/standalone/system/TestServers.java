package io.opendts.standalone.system;

import io.opendts.testkit.DatabaseServer;
import io.opendts.testkit.ServerBinaries;
import io.opendts.testkit.ServerOptions;
import io.opendts.testkit.ServerVersion;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assumptions;

/** The servers of this JVM's system tests: started when first asked for, ended with the JVM. */
final class TestServers {

    private static final Map<String, ServerVersion> VERSIONS = Map.of(
            "mysql57", ServerVersion.MYSQL_5_7, "mysql80", ServerVersion.MYSQL_8_0, "mysql97", ServerVersion.MYSQL_9_7,
            "mariadb1011", ServerVersion.MARIADB_10_11, "mariadb114", ServerVersion.MARIADB_11_4);

    private static final Map<String, DatabaseServer> RUNNING = new ConcurrentHashMap<>();

    private TestServers() {}

    static TestServer source(ServerPair pair) {
        return server("source", pair.source());
    }

    static TestServer target(ServerPair pair) {
        return server("target", pair.target());
    }

    /** Empty but for what the test makes. A version that cannot be had is told by name, and fails where all are demanded. */
    private static TestServer server(String role, String name) {
        ServerVersion version = VERSIONS.get(name.replace(ServerPair.FOLDED, ""));
        if (ServerBinaries.locate(version) instanceof ServerBinaries.Unavailable(ServerVersion missing, String reason)) {
            String message = "NOT TESTED: " + missing.label() + " cannot be had here: " + reason;
            if ("true".equals(System.getenv("DTS_REQUIRE_SERVERS"))) {
                throw new AssertionError(message);
            }
            System.err.println(message);
            Assumptions.abort(message);
        }
        // a machine has few native AIO contexts, and many servers may run beside each other
        ServerOptions options = ServerOptions.defaults().withArguments("--max-allowed-packet=128M", "--innodb-use-native-aio=0");
        ServerOptions wanted = name.endsWith(ServerPair.FOLDED) ? options.withFoldedNames() : options;
        TestServer server = new TestServer(name,
                RUNNING.computeIfAbsent(role + name, _ -> DatabaseServer.start(version, wanted)));
        server.clear();
        return server;
    }
}
