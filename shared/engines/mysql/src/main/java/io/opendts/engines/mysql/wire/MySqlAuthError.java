package io.opendts.engines.mysql.wire;

/** The server asks for a way to log in that we do not have, or that would show the password on an open line. */
public final class MySqlAuthError extends MySqlWireException {

    private final String plugin;

    MySqlAuthError(String plugin, String message) {
        super(message, null);
        this.plugin = plugin;
    }

    /** The server's name of the authentication plugin. */
    public String plugin() {
        return plugin;
    }
}
