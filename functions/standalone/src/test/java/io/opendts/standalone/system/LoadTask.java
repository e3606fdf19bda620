package io.opendts.standalone.system;

import io.opendts.testkit.DatabaseServer;
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
        Path file = folder.resolve(database + ".yaml");
        Files.writeString(file, """
                name: %s
                type: synchronization
                source: %s
                target: %s
                objects: [{database: %s}]
                %s
                """.formatted(database, endpoint(pair.source()), endpoint(pair.target()), database, more));
        return file;
    }

    private static String endpoint(DatabaseServer server) {
        return "{engine: mysql, host: %s, port: %d, username: %s, password: \"%s\"}"
                .formatted(server.host(), server.port(), server.user(), server.password());
    }
}
