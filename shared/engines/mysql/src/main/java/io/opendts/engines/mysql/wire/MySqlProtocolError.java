package io.opendts.engines.mysql.wire;

/** The server sent what the protocol does not allow here, or more than our limits allow. The connection is closed. */
public final class MySqlProtocolError extends MySqlWireException {

    MySqlProtocolError(String message) {
        super(message, null);
    }
}
