package io.opendts.standalone.system;

import io.opendts.testkit.DatabaseServer;
import io.opendts.testkit.FaultProxy;
import io.opendts.testkit.ServerPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The task files of the load tests: one database from one server to the other, by a task of its name. */
final class LoadTask {

    static final String NAME = "load";

    private LoadTask() {}

    static Path write(Path folder, ServerPair pair) throws IOException {
        return write(folder, pair, NAME);
    }

    static Path write(Path folder, ServerPair pair, String database) throws IOException {
        return write(folder, pair, database, "");
    }

    /** @param more fields of the task, a line each */
    static Path write(Path folder, ServerPair pair, String database, String more) throws IOException {
        return write(folder, endpoint(pair.source(), ""), endpoint(pair.target(), ""), database, more);
    }

    /** To the target by way of a proxy, which is to see what goes through: without TLS. */
    static Path write(Path folder, ServerPair pair, String database, FaultProxy toTarget) throws IOException {
        return write(folder, endpoint(pair.source(), ""), endpoint(pair.target(), toTarget.port(), ", tls: disabled"), database, "");
    }

    private static Path write(Path folder, String source, String target, String database, String more) throws IOException {
        Path file = folder.resolve(database + ".yaml");
        Files.writeString(file, """
                name: %s
                type: synchronization
                source: %s
                target: %s
                objects: [{database: %s}]
                %s
                """.formatted(database, source, target, database, more));
        return file;
    }

    private static String endpoint(DatabaseServer server, String more) {
        return endpoint(server, server.port(), more);
    }

    private static String endpoint(DatabaseServer server, int port, String more) {
        return "{engine: mysql, host: %s, port: %d, username: %s, password: \"%s\"%s}"
                .formatted(server.host(), port, server.user(), server.password(), more);
    }
}
