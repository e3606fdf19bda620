package io.opendts.testkit;

/** The binaries of a server cannot be had on this machine; the message names the server and what is missing. */
public final class ServerUnavailableException extends RuntimeException {

    public ServerUnavailableException(ServerVersion version, String reason) {
        this(version.label(), reason);
    }

    ServerUnavailableException(String label, String reason) {
        super(label + " cannot be had here: " + reason);
    }
}
