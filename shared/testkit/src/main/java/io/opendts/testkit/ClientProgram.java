package io.opendts.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A command line program of others, for comparisons: from the PATH, else from Debian's packages without installing them. */
public sealed interface ClientProgram {

    String name();

    /**
     * @param launch the words that start it, its own loader first where it comes with one
     * @param environment to be added for its process
     * @param origin for people: where it comes from
     * @param share its folder of data files such as {@code usr/share/NAME}; absent when it has none
     */
    record Available(String name, List<String> launch, Map<String, String> environment, String origin, Optional<Path> share)
            implements ClientProgram {

        public Available {
            launch = List.copyOf(launch);
            environment = Map.copyOf(environment);
        }
    }

    record Unavailable(String name, String reason) implements ClientProgram {
    }

    /** Fetches the program on first use (some 15 MB) into the cache folder. A failure is kept for the life of the JVM. */
    static ClientProgram locate(String name) {
        return DebianProgram.LOCATED.computeIfAbsent(name, DebianProgram::locate);
    }
}
