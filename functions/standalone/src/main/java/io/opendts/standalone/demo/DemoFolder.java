package io.opendts.standalone.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Everything that the demo writes, readable by its user alone. */
record DemoFolder(Path path) {

    static DemoFolder create() {
        try {
            return new DemoFolder(Files.createTempDirectory("opendts-demo-"));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot make a temporary folder", e);
        }
    }

    Path taskFile() {
        return path.resolve("shop.yaml");
    }

    Path state() {
        return path.resolve("state");
    }

    void writeTaskFile(DemoServers servers) {
        String text = """
                name: shop
                type: synchronization
                source:
                  engine: mysql
                  host: %1$s
                  port: %2$d
                  username: %5$s
                  password: %6$s
                target:
                  engine: mysql
                  host: %3$s
                  port: %4$d
                  username: %5$s
                  password: %6$s
                stages: [schema, full, incremental]
                objects:
                  - database: shop
                """.formatted(servers.source().host(), servers.source().port(), servers.target().host(), servers.target().port(),
                DemoServers.USER, DemoServers.PASSWORD);
        try {
            Files.writeString(taskFile(), text);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write " + taskFile(), e);
        }
    }

    void delete() {
        try (Stream<Path> content = Files.walk(path)) {
            List<Path> deepestFirst = content.sorted(Comparator.reverseOrder()).toList();
            for (Path file : deepestFirst) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + path, e);
        }
    }
}
