package io.opendts.testkit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where this machine gets Debian packages from, read from its own apt sources (both formats of sources.list(5)), so that a
 * mirror configured for the machine is the one used. {@code $DTS_DEBIAN_MIRROR} comes first.
 */
record DebianMirror(String main, Optional<String> security) {

    private static final Path APT = Path.of("/etc/apt");
    private static final Path KEYRING = Path.of("/usr/share/keyrings/debian-archive-keyring.gpg");
    private static final Pattern ADDRESS = Pattern.compile("(?m)^(?:URIs:|deb\\s).*?((?:https?|ftp|file)://?[^\\s\\]]+|mirror\\+\\S+)");

    static DebianMirror ofMachine() throws FetchException {
        String set = System.getenv("DTS_DEBIAN_MIRROR");
        List<String> addresses = addresses();
        Optional<String> main = set != null && !set.isBlank() ? Optional.of(set)
                : addresses.stream().filter(address -> address.endsWith("/debian")).findFirst();
        return new DebianMirror(main.orElseThrow(() -> new FetchException("the apt sources of this machine name no Debian mirror"
                + " (set DTS_DEBIAN_MIRROR to the address of one)")),
                addresses.stream().filter(address -> address.endsWith("/debian-security")).findFirst());
    }

    /** The lines of a sources.list for one suite, with its security updates where the suite has them. */
    String sources(String suite) {
        String options = Files.exists(KEYRING) ? "[signed-by=" + KEYRING + "] " : "";
        String line = "deb " + options + main + " " + suite + " main\n";
        if (suite.equals("sid") || security.isEmpty()) {
            return line;
        }
        return line + "deb " + options + security.get() + " " + suite + "-security main\n";
    }

    private static List<String> addresses() throws FetchException {
        try (Stream<Path> parts = list(APT.resolve("sources.list.d"))) {
            return Stream.concat(Stream.of(APT.resolve("sources.list")), parts.sorted())
                    .filter(Files::isReadable).flatMap(DebianMirror::addresses).toList();
        } catch (IOException e) {
            throw new FetchException("cannot read the apt sources in " + APT, e);
        }
    }

    private static Stream<Path> list(Path folder) throws IOException {
        return Files.isDirectory(folder) ? Files.list(folder) : Stream.empty();
    }

    private static Stream<String> addresses(Path file) {
        try {
            Matcher matcher = ADDRESS.matcher(Files.readString(file));
            return matcher.results().map(match -> match.group(1).replaceAll("/+$", "")).toList().stream();
        } catch (IOException e) {
            return Stream.empty();
        }
    }
}
