package io.opendts.engines.mysql.wire;

/** The connection could not be made, broke, timed out or was closed by us; a statement in flight may or may not have taken effect. */
public final class MySqlIoError extends MySqlWireException {

    private final boolean timeout;

    MySqlIoError(String message, boolean timeout, Throwable cause) {
        super(message, cause);
        this.timeout = timeout;
    }

    /** The server said nothing within the limit: it may be alive and busy. */
    public boolean timeout() {
        return timeout;
    }
}
