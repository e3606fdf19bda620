package io.opendts.standalone.system;

import io.opendts.testkit.DatabaseServer;
import io.opendts.testkit.ServerBinaries;
import io.opendts.testkit.ServerOptions;
import io.opendts.testkit.ServerVersion;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/** The servers of this JVM's system tests: started when first asked for, ended with the JVM. */
final class TestServers {

    private static final Map<String, ServerVersion> VERSIONS = Map.of(
            "mysql57", ServerVersion.MYSQL_5_7, "mysql80", ServerVersion.MYSQL_8_0, "mysql97", ServerVersion.MYSQL_9_7,
            "mariadb1011", ServerVersion.MARIADB_10_11, "mariadb114", ServerVersion.MARIADB_11_4);

    private static final Map<String, DatabaseServer> RUNNING = new ConcurrentHashMap<>();

    /** Every session's defaults: what a program does not set for itself it gets so. */
    private static final List<String> ODD_SETTINGS = List.of("--default-time-zone=+05:45", "--character-set-server=gbk",
            "--default-storage-engine=MyISAM", "--loose-explicit-defaults-for-timestamp=0", "--loose-div-precision-increment=0",
            "--group-concat-max-len=4", "--transaction-isolation=SERIALIZABLE", "--innodb-lock-wait-timeout=1", "--wait-timeout=3",
            "--net-read-timeout=2", "--net-write-timeout=2", "--binlog-checksum=NONE", "--loose-binlog-rows-query-log-events=1",
            "--loose-sql-require-primary-key=1", "--loose-sql-generate-invisible-primary-key=1", "--loose-session-track-schema=1",
            "--loose-max-execution-time=2000", "--loose-max-statement-time=2",
            "--event-scheduler=OFF", "--completion-type=CHAIN");
    private static final String ODD_MODES = "ANSI,NO_BACKSLASH_ESCAPES,HIGH_NOT_PRECEDENCE,NO_UNSIGNED_SUBTRACTION,PAD_CHAR_TO_FULL_LENGTH,"
            + "STRICT_ALL_TABLES,NO_ZERO_DATE,NO_ZERO_IN_DATE,ERROR_FOR_DIVISION_BY_ZERO";

    private TestServers() {}

    private static String[] odd(String name) {
        // the driver by which the test kit asks whether a MariaDB is up does not understand what that server tracks
        return Stream.concat(ODD_SETTINGS.stream(), name.startsWith("mariadb")
                ? Stream.of("--sql-mode=" + ODD_MODES + ",ORACLE,EMPTY_STRING_IS_NULL")
                : Stream.of("--sql-mode=" + ODD_MODES, "--session-track-system-variables=*")).toArray(String[]::new);
    }

    static TestServer source(ServerPair pair) {
        return server("source", pair.source());
    }

    static TestServer target(ServerPair pair) {
        return server("target", pair.target());
    }

    /** Empty but for what the test makes. A version that cannot be had is told by name, and fails where all are demanded. */
    private static TestServer server(String role, String name) {
        ServerVersion version = VERSIONS.get(ServerPair.version(name));
        if (ServerBinaries.locate(version) instanceof ServerBinaries.Unavailable(ServerVersion missing, String reason)) {
            String message = "NOT TESTED: " + missing.label() + " cannot be had here: " + reason;
            if ("true".equals(System.getenv("DTS_REQUIRE_SERVERS"))) {
                throw new AssertionError(message);
            }
            System.err.println(message);
            Assumptions.abort(message);
        }
        // a machine has few native AIO contexts, and many servers may run beside each other
        ServerOptions options = ServerOptions.defaults().withoutSync()
                .withArguments("--max-allowed-packet=128M", "--innodb-use-native-aio=0");
        ServerOptions wanted = name.endsWith(ServerPair.FOLDED) ? options.withFoldedNames()
                : name.endsWith(ServerPair.ODD) ? options.withArguments(odd(name)) : options;
        TestServer server = new TestServer(name,
                RUNNING.computeIfAbsent(role + name, _ -> DatabaseServer.start(version, wanted)));
        server.clear();
        return server;
    }
}
