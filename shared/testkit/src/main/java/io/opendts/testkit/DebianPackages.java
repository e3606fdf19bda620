package io.opendts.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Debian packages, downloaded by an apt that has its state, cache, sources and settings in a scratch folder and takes no
 * package as installed, then unpacked without installing. Needs no privilege and changes nothing of the machine: the
 * machine's own apt settings (proxies) are read, its hooks are not run.
 */
final class DebianPackages {

    private static final long UPDATE_LIMIT_SECONDS = 300;
    private static final long DOWNLOAD_LIMIT_SECONDS = 900;
    private static final long UNPACK_LIMIT_SECONDS = 120;
    private static final Path MACHINE_SETTINGS = Path.of("/etc/apt/apt.conf.d");

    private final Path scratch;
    private final String suite;

    /** @param scratch an empty folder that the caller deletes; {@code suite} as in {@code bookworm} */
    DebianPackages(Path scratch, String suite) {
        this.scratch = scratch;
        this.suite = suite;
    }

    /**
     * Unpacks a package with everything that it depends on, the C library and its loader included.
     *
     * @param perl whether that is for Perl too: it comes with server packages for their scripts only, and is a fifth of the size
     */
    void unpackWithDependencies(String name, boolean perl, Path root) throws FetchException {
        prepare();
        apt("fetching " + name + " of Debian " + suite, DOWNLOAD_LIMIT_SECONDS,
                "-y", "--download-only", "--no-install-recommends", "install", name);
        unpack(scratch.resolve("archives"), perl, root);
    }

    /** Unpacks these packages alone. */
    void unpackAlone(List<String> names, Path root) throws FetchException {
        prepare();
        List<String> words = new ArrayList<>(List.of("download"));
        words.addAll(names);
        apt("fetching " + String.join(", ", names) + " of Debian " + suite, DOWNLOAD_LIMIT_SECONDS, words.toArray(String[]::new));
        unpack(scratch, false, root);
    }

    private void prepare() throws FetchException {
        for (String program : List.of("apt-get", "dpkg-deb")) {
            if (Command.find(program).isEmpty()) {
                throw new FetchException("it comes from Debian packages, and " + program + " is not on this machine");
            }
        }
        try {
            Files.createDirectories(scratch.resolve("lists/partial"));
            Files.createDirectories(scratch.resolve("archives/partial"));
            Files.writeString(scratch.resolve("status"), "");
            Files.writeString(scratch.resolve("sources.list"), DebianMirror.ofMachine().sources(suite));
            writeSettings();
        } catch (IOException e) {
            throw new FetchException("cannot prepare the folder " + scratch, e);
        }
        apt("reading the package lists of Debian " + suite, UPDATE_LIMIT_SECONDS, "update", "--error-on=any");
    }

    /** Later files win, so ours is named to come last; #clear takes out hooks, which would touch the machine as root. */
    private void writeSettings() throws IOException {
        Path settings = Files.createDirectories(scratch.resolve("apt.conf.d"));
        if (Files.isDirectory(MACHINE_SETTINGS)) {
            try (Stream<Path> files = Files.list(MACHINE_SETTINGS)) {
                for (Path file : files.filter(Files::isRegularFile).filter(Files::isReadable).toList()) {
                    Files.copy(file, settings.resolve(file.getFileName()));
                }
            }
        }
        Files.writeString(settings.resolve("zz-opendts"), """
                #clear APT::Update::Pre-Invoke;
                #clear APT::Update::Post-Invoke;
                #clear APT::Update::Post-Invoke-Success;
                #clear DPkg::Pre-Invoke;
                #clear DPkg::Post-Invoke;
                Dir::State "%1$s";
                Dir::State::lists "%1$s/lists";
                Dir::State::status "%1$s/status";
                Dir::Cache "%1$s";
                Dir::Cache::archives "%1$s/archives";
                Dir::Etc::sourcelist "%1$s/sources.list";
                Dir::Etc::sourceparts "%1$s/none";
                Dir::Etc::preferences "%1$s/none";
                Dir::Etc::preferencesparts "%1$s/none";
                Dir::Log "%1$s";
                APT::Sandbox::User "root";
                APT::Default-Release "";
                Acquire::Languages "none";
                Acquire::Retries "3";
                """.formatted(scratch));
        Files.writeString(scratch.resolve("apt.conf"), "Dir::Etc::parts \"" + settings + "\";\n");
        Files.createDirectories(scratch.resolve("none"));
    }

    private void apt(String purpose, long limitSeconds, String... words) throws FetchException {
        List<String> line = new ArrayList<>(List.of("apt-get", "-q"));
        line.addAll(List.of(words));
        // APT_CONFIG is read before the folder that it names: that is how the folder of settings can be replaced.
        new Command(line, scratch, Map.of("APT_CONFIG", scratch.resolve("apt.conf").toString(), "LC_ALL", "C"))
                .require(purpose, limitSeconds);
    }

    private void unpack(Path archives, boolean perl, Path root) throws FetchException {
        try {
            Files.createDirectories(root);
            try (Stream<Path> files = Files.list(archives)) {
                List<Path> packages = files.filter(file -> file.toString().endsWith(".deb"))
                        .filter(file -> perl || !file.getFileName().toString().matches("(lib)?perl.*")).toList();
                for (Path file : packages) {
                    Command.of(scratch, "dpkg-deb", "-x", file.toString(), root.toString())
                            .require("unpacking " + file.getFileName(), UNPACK_LIMIT_SECONDS);
                }
            }
        } catch (IOException e) {
            throw new FetchException("cannot unpack into " + root, e);
        }
    }
}
