package io.opendts.testkit;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Whether a server can be had on this machine, and how it is run. */
public sealed interface ServerBinaries {

    ServerVersion version();

    /**
     * @param launch the words that start the server program, its own loader first where it has one
     * @param program the server program itself
     * @param share the folder with error messages and the SQL of the system tables; character sets are below it
     * @param client the server's own command line client, where it comes with one
     * @param environment to be added for the server process
     */
    record Available(ServerVersion version, List<String> launch, Path program, Path baseFolder, Path share,
            Optional<Path> plugins, Optional<Path> client, Map<String, String> environment) implements ServerBinaries {

        public Available {
            launch = List.copyOf(launch);
            environment = Map.copyOf(environment);
        }
    }

    record Unavailable(ServerVersion version, String reason) implements ServerBinaries {
    }

    /**
     * Fetches the server on first use (15 to 150 MB) into the cache folder; later calls only look there. A failure is kept
     * for the life of the JVM, so that a machine without a network is asked once.
     */
    static ServerBinaries locate(ServerVersion version) {
        return BinarySource.LOCATED.computeIfAbsent(version, wanted -> {
            try {
                return new BinarySource(CacheFolder.ofUser(), wanted).locate();
            } catch (FetchException e) {
                return new Unavailable(wanted, e.getMessage());
            }
        });
    }
}
