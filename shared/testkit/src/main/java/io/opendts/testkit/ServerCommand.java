package io.opendts.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a server is run by somebody else than this JVM: exec {@code words} in {@code folder} with {@code environment} added, output
 * to {@code log}. The process stays in the foreground.
 *
 * @param stopSignal the name of the signal that ends it in order and soon, without waiting for its clients: {@code INT}
 */
public record ServerCommand(List<String> words, Map<String, String> environment, Path folder, Path log, String stopSignal) {

    public ServerCommand {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }
}
