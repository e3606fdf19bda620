package io.opendts.standalone.cluster;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.testkit.UserCache;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/**
 * Finds free ports of the loopback interface, none twice, and none that another cluster gives to a process of its own until this is
 * closed. A stranger may still be faster than the process that gets one.
 */
final class Ports implements AutoCloseable {

    /** Below the range from which systems take ports for outgoing connections, so that none of those is in the way later. */
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;
    private static final int ATTEMPTS = 2_000;
    private static final int PORT_MAX = 65_535;

    private final Set<Integer> given = new HashSet<>();
    private final Random random = new Random();
    private final PortClaims claims = new PortClaims(UserCache.folder().resolve("ports"));

    /** Not to be given to anybody else. */
    void reserve(int port) {
        given.add(port);
    }

    /** The port of a process that has been ended. */
    void giveBack(int port) {
        given.remove(port);
    }

    boolean take(int port) {
        if (given.contains(port) || !isFree(port) || !claims.claim(port)) {
            return false;
        }
        // Whoever had claimed it until now has a process that listens there.
        if (!isFree(port)) {
            claims.giveUp(port);
            return false;
        }
        return given.add(port);
    }

    int nextFrom(int first) {
        for (int port = first; port <= Math.min(PORT_MAX, first + ATTEMPTS); port++) {
            if (take(port)) {
                return port;
            }
        }
        throw none(first + " on");
    }

    int any() {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            int port = random.nextInt(LOWEST, HIGHEST);
            if (take(port)) {
                return port;
            }
        }
        throw none(LOWEST + " to " + HIGHEST);
    }

    @Override
    public void close() {
        claims.close();
    }

    private static DtsException none(String range) {
        return new DtsException(ErrorCode.CLUSTER_PROCESS_FAILED, "no port from " + range + " of 127.0.0.1 is free",
                "End what listens there");
    }

    private static boolean isFree(int port) {
        try (ServerSocket _ = new ServerSocket(port, 1, InetAddress.getByName("127.0.0.1"))) {
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
