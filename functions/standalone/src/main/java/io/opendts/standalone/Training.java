package io.opendts.standalone;

import io.opendts.state.EmbeddedStateStore;
import io.opendts.state.StateStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * What a process does while the JVM writes down, for its AOT cache, which classes a start needs. Not a command: started
 * by the build alone, with a task file whose servers do not exist. Outcomes do not matter here.
 */
final class Training {

    private Training() {}

    /** @param words {@code light} or {@code heavy}, and a task file */
    public static void main(String... words) {
        String state = System.getProperty("dts.training.state");
        String file = words[1];
        if (words[0].equals("heavy")) {
            Dts.run(List.of("--state", state, "precheck", file));
            return;
        }
        try (StateStore store = EmbeddedStateStore.open(Path.of(state))) {
            store.tasks().create("training", "synchronization", "name: training", "training");
        }
        List<List<String>> lines = List.of(
                List.of("help"),
                List.of("help", "run"),
                List.of("version"),
                List.of("version", "--output", "json"),
                List.of("no-such-command"),
                List.of("--no-such-option"),
                List.of("run"),
                List.of("schema"),
                List.of("validate", file),
                List.of("list"),
                List.of("status", "training"),
                List.of("logs", "training"),
                List.of("pause", "training"));
        for (List<String> line : lines) {
            List<String> withState = new ArrayList<>(List.of("--state", state));
            withState.addAll(line);
            Dts.run(withState);
        }
    }
}
