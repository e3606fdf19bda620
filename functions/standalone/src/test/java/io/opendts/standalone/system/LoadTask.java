package io.opendts.standalone.system;

import io.opendts.testkit.DatabaseServer;
import io.opendts.testkit.ServerPair;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The task file of the load tests: the database `load` from one server to the other. */
final class LoadTask {

    static final String NAME = "load";

    private LoadTask() {}

    static Path write(Path folder, ServerPair pair) throws IOException {
        Path file = folder.resolve("load.yaml");
        Files.writeString(file, """
                name: %s
                type: synchronization
                source: %s
                target: %s
                objects: [{database: load}]
                """.formatted(NAME, endpoint(pair.source()), endpoint(pair.target())));
        return file;
    }

    private static String endpoint(DatabaseServer server) {
        return "{engine: mysql, host: %s, port: %d, username: %s, password: \"%s\"}"
                .formatted(server.host(), server.port(), server.user(), server.password());
    }
}
