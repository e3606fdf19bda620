package io.opendts.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Where a program is on this machine, and otherwise in which packages. */
final class DebianProgram {

    static final Map<String, ClientProgram> LOCATED = new ConcurrentHashMap<>();

    private static final String SUITE = "bookworm";

    /**
     * @param withDependencies taken with all that it depends on
     * @param alone taken without: their dependencies are the other package's, and more that the programs do not need
     */
    private record Packages(String withDependencies, List<String> alone) {
    }

    private static final Packages MARIADB_CLIENTS = new Packages("mariadb-client-core", List.of("mariadb-client"));
    private static final Packages MYDUMPER = new Packages("mydumper", List.of());

    private static final Map<String, Packages> PACKAGES = Map.of(
            "sysbench", new Packages("sysbench", List.of()),
            "mydumper", MYDUMPER,
            "myloader", MYDUMPER,
            "mariadb", MARIADB_CLIENTS,
            "mariadb-dump", MARIADB_CLIENTS,
            "mariadb-binlog", MARIADB_CLIENTS);

    private DebianProgram() {
    }

    static ClientProgram locate(String name) {
        Optional<Path> onPath = Command.find(name);
        if (onPath.isPresent()) {
            Path share = onPath.get().resolveSibling("../share/" + name).normalize();
            return new ClientProgram.Available(name, List.of(onPath.get().toString()), Map.of(), onPath.get().toString(),
                    Optional.of(share).filter(Files::isDirectory));
        }
        Packages packages = PACKAGES.get(name);
        if (packages == null) {
            return new ClientProgram.Unavailable(name, "it is not on the PATH");
        }
        try {
            return unpacked(name, packages);
        } catch (FetchException e) {
            return new ClientProgram.Unavailable(name, "it is not on the PATH, and " + e.getMessage());
        }
    }

    private static ClientProgram unpacked(String name, Packages packages) throws FetchException {
        Path root = CacheFolder.ofUser().get("client-" + packages.withDependencies() + "-" + SUITE, folder -> {
            Path scratch = Files.createDirectories(folder.resolve("apt"));
            new DebianPackages(scratch, SUITE).unpackWithDependencies(packages.withDependencies(), folder);
            if (!packages.alone().isEmpty()) {
                Path second = Files.createDirectories(folder.resolve("apt-alone"));
                new DebianPackages(second, SUITE).unpackAlone(packages.alone(), folder);
                CacheFolder.delete(second);
            }
            CacheFolder.delete(scratch);
        });
        List<String> folders = SharedLibraries.libraryFolders(root);
        Path program = root.resolve("usr/bin").resolve(name);
        Optional<Path> loader = folders.stream().map(folder -> Path.of(folder, "ld-linux-x86-64.so.2")).filter(Files::exists).findFirst();
        if (loader.isEmpty() || !Files.exists(program)) {
            throw new FetchException("the package " + packages.withDependencies() + " of Debian " + SUITE
                    + " no longer has the expected layout in " + root);
        }
        List<String> launch = new ArrayList<>(List.of(loader.get().toString(), "--library-path", String.join(":", folders)));
        launch.add(program.toString());
        Path share = root.resolve("usr/share").resolve(name);
        return new ClientProgram.Available(name, launch, Map.of(), "Debian " + SUITE + ", package " + packages.withDependencies(),
                Optional.of(share).filter(Files::isDirectory));
    }
}
