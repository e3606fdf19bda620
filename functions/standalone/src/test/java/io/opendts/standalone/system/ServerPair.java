package io.opendts.standalone.system;

import java.util.List;
import java.util.stream.Stream;

/**
 * A source and a target; written {@code mysql57>mysql80}. The target of a same-version pair is a second server. A server whose name
 * ends in {@code -folded} takes names of databases and tables without case; one that ends in {@code -odd} has its settings otherwise
 * than anybody expects.
 */
record ServerPair(String source, String target) {

    static final String FOLDED = "-folded";
    static final String ODD = "-odd";

    static final List<String> VERSIONS = List.of("mysql57", "mysql80", "mysql97", "mariadb1011", "mariadb114");

    /** Each version with itself, older to newer, and both ways between the two families. */
    static final List<ServerPair> EVERY = Stream.concat(
            VERSIONS.stream().map(v -> new ServerPair(v, v)),
            Stream.of("mysql57>mysql80", "mysql80>mysql97", "mysql80>mariadb114", "mariadb114>mysql80", "mariadb1011>mariadb114")
                    .map(ServerPair::parse)).toList();

    static ServerPair parse(String text) {
        String[] ends = text.trim().split(">");
        if (ends.length != 2 || !known(ends[0]) || !known(ends[1])) {
            throw new IllegalArgumentException("no pair of servers: " + text);
        }
        return new ServerPair(ends[0], ends[1]);
    }

    private static boolean known(String server) {
        return VERSIONS.contains(version(server));
    }

    static String version(String server) {
        return server.replace(FOLDED, "").replace(ODD, "");
    }

    boolean sameVersion() {
        return source.equals(target);
    }

    @Override
    public String toString() {
        return source + ">" + target;
    }
}
