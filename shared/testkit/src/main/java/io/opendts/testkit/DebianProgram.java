package io.opendts.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Where a program is on this machine, and otherwise in which packages. */
final class DebianProgram {

    static final Map<String, ClientProgram> LOCATED = new ConcurrentHashMap<>();

    private static final String SUITE = "bookworm";

    /**
     * @param withDependencies taken with all that it depends on
     * @param perl whether they are programs of that language, which is then taken too
     * @param alone taken without: their dependencies are the other package's, and more that the programs do not need
     */
    private record Packages(String withDependencies, List<String> alone, boolean perl) {

        Packages(String withDependencies, List<String> alone) {
            this(withDependencies, alone, false);
        }
    }

    private static final Packages MARIADB_CLIENTS = new Packages("mariadb-client-core", List.of("mariadb-client"));
    private static final Packages MYDUMPER = new Packages("mydumper", List.of());

    private static final Map<String, Packages> PACKAGES = Map.of(
            "sysbench", new Packages("sysbench", List.of()),
            "pt-online-schema-change", new Packages("libdbd-mysql-perl", List.of("percona-toolkit"), true),
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
            new DebianPackages(scratch, SUITE).unpackWithDependencies(packages.withDependencies(), packages.perl(), folder);
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
        if (packages.perl()) {
            launch.add(root.resolve("usr/bin/perl").toString());
        }
        launch.add(program.toString());
        Path share = root.resolve("usr/share").resolve(name);
        // MariaDB's client library looks for MySQL's ways to log in, as caching_sha2_password, where it would have been installed.
        Map<String, String> environment = packages.perl() ? Map.of("PERL5LIB", perlFolders(root), "MARIADB_PLUGIN_DIR",
                root.resolve("usr/lib/x86_64-linux-gnu/libmariadb3/plugin").toString()) : Map.of();
        return new ClientProgram.Available(name, launch, environment, "Debian " + SUITE + ", package " + packages.withDependencies(),
                Optional.of(share).filter(Files::isDirectory));
    }

    /** Where Debian's Perl looks for its modules, below the root. */
    private static String perlFolders(Path root) throws FetchException {
        try {
            return Stream.of("usr/share/perl5", "usr/lib/x86_64-linux-gnu/perl5/5.*", "usr/share/perl/5.*",
                    "usr/lib/x86_64-linux-gnu/perl/5.*", "usr/lib/x86_64-linux-gnu/perl-base").flatMap(folder -> below(root, folder))
                    .map(Path::toString).collect(Collectors.joining(":"));
        } catch (UncheckedIOException e) {
            throw new FetchException("cannot list the folders of Perl in " + root, e);
        }
    }

    private static Stream<Path> below(Path root, String folder) {
        Path parent = root.resolve(folder).getParent();
        String name = root.resolve(folder).getFileName().toString();
        try (DirectoryStream<Path> found = Files.newDirectoryStream(parent, name)) {
            return StreamSupport.stream(found.spliterator(), false).toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
