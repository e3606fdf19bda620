package io.opendts.testkit;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Libraries that server binaries need and a small installation lacks. They are found missing with ldd and taken from
 * packages of the Debian release whose library versions the binaries name.
 */
final class SharedLibraries {

    private static final String SUITE = "bookworm";
    private static final long LDD_LIMIT_SECONDS = 30;

    private static final Map<String, String> PACKAGES = Map.of(
            "libaio.so.1", "libaio1",
            "libnuma.so.1", "libnuma1",
            "libcrypt.so.1", "libcrypt1",
            "libtinfo.so.5", "libtinfo5",
            "libncurses.so.5", "libncurses5",
            "libsystemd.so.0", "libsystemd0",
            "libcap.so.2", "libcap2",
            "libgcrypt.so.20", "libgcrypt20",
            "libgpg-error.so.0", "libgpg-error0",
            "liblz4.so.1", "liblz4-1");

    private SharedLibraries() {
    }

    /** The value for LD_LIBRARY_PATH with which the program finds all its libraries; empty when it finds them anyway. */
    static String pathFor(Path program, CacheFolder cache) throws FetchException {
        if (Command.find("ldd").isEmpty()) {
            return "";
        }
        List<String> folders = new ArrayList<>();
        // What a fetched library needs in turn shows only once that library is there.
        for (int round = 0; round < 4; round++) {
            Set<String> missing = missing(program, String.join(":", folders));
            if (missing.isEmpty()) {
                break;
            }
            folders.addAll(fetch(program, missing, cache));
        }
        return String.join(":", folders);
    }

    private static Set<String> missing(Path program, String path) throws FetchException {
        Command.Result ldd = new Command(List.of("ldd", program.toString()), program.getParent(),
                path.isEmpty() ? Map.of() : Map.of("LD_LIBRARY_PATH", path)).run(LDD_LIMIT_SECONDS);
        return ldd.output().lines().filter(line -> line.endsWith("not found") && line.contains("=>"))
                .map(line -> line.strip().split(" ")[0]).collect(Collectors.toCollection(TreeSet::new));
    }

    private static List<String> fetch(Path program, Set<String> missing, CacheFolder cache) throws FetchException {
        Map<String, String> wanted = new TreeMap<>();
        for (String library : missing) {
            String name = PACKAGES.get(library);
            if (name == null) {
                throw new FetchException(program.getFileName() + " needs the library " + library + ": install it");
            }
            wanted.put(library, name);
        }
        List<String> names = List.copyOf(new TreeSet<>(wanted.values()));
        Path root;
        try {
            root = cache.get("libraries-" + SUITE + "-" + String.join("-", names), folder -> {
                Path scratch = Files.createDirectories(folder.resolve("apt"));
                new DebianPackages(scratch, SUITE).unpackAlone(names, folder);
                CacheFolder.delete(scratch);
            });
        } catch (FetchException e) {
            throw new FetchException(program.getFileName() + " needs " + String.join(", ", missing) + " (Debian packages "
                    + String.join(", ", names) + "), not on this machine and not to be fetched", e);
        }
        return libraryFolders(root);
    }

    /** The folders below an unpacked root that hold its libraries, in Debian's layouts before and after the merge of /lib into /usr. */
    static List<String> libraryFolders(Path root) {
        return Stream.of("lib/x86_64-linux-gnu", "usr/lib/x86_64-linux-gnu").map(root::resolve)
                .filter(Files::isDirectory).map(Path::toString).toList();
    }
}
