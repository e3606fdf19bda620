package io.opendts.engines.mysql.wire;

/** The server's own refusal (an ERR packet). The connection stays usable unless {@link Errno#connectionLost} says otherwise. */
public final class MySqlServerError extends MySqlWireException {

    private final int errno;
    private final String sqlState;
    private final String serverMessage;

    MySqlServerError(int errno, String sqlState, String serverMessage) {
        super("error " + errno + " (" + sqlState + "): " + serverMessage, null);
        this.errno = errno;
        this.sqlState = sqlState;
        this.serverMessage = serverMessage;
    }

    public int errno() {
        return errno;
    }

    public String sqlState() {
        return sqlState;
    }

    public String serverMessage() {
        return serverMessage;
    }
}
