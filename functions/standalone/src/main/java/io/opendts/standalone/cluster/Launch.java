package io.opendts.standalone.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * How a process is started that outlives this one.
 *
 * @param environment may hold secrets: they go here and never into the words, which every user of the machine can read
 * @param stopSignal the name of the signal that ends it in order
 */
record Launch(List<String> words, Map<String, String> environment, Path folder, Path log, String stopSignal) {

    static final String TERM = "TERM";

    /** What a process needs of the environment that the command was given in; the rest, secrets too, is none of its business. */
    private static final Set<String> INHERITED =
            Set.of("PATH", "HOME", "USER", "LOGNAME", "LANG", "LC_ALL", "LC_CTYPE", "TZ", "TMPDIR", "DTS_CACHE", "LD_LIBRARY_PATH");

    Launch {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /** Returns the pid. In a session of its own, where the system has that: neither Ctrl-C nor the terminal's end reaches it then. */
    long start() throws IOException {
        List<String> all = new ArrayList<>();
        onPath("setsid").or(() -> onPath("nohup")).ifPresent(program -> all.add(program.toString()));
        all.addAll(words);
        Files.createDirectories(log.getParent());
        ProcessBuilder builder = new ProcessBuilder(all).directory(folder.toFile()).redirectErrorStream(true)
                .redirectInput(Path.of("/dev/null").toFile()).redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().keySet().retainAll(INHERITED);
        builder.environment().putAll(environment);
        return builder.start().pid();
    }

    private static Optional<Path> onPath(String program) {
        return Stream.of((System.getenv().getOrDefault("PATH", "") + ":/usr/bin:/bin").split(":")).filter(folder -> !folder.isEmpty())
                .map(folder -> Path.of(folder, program)).filter(Files::isExecutable).findFirst();
    }
}
