package io.opendts.engines.mysql.wire;

/**
 * What can go wrong while talking to a server. Kept free of DTS codes: only the engine knows whether the server is a
 * source or a target, and maps accordingly. No message holds a secret.
 */
public sealed abstract class MySqlWireException extends RuntimeException
        permits MySqlServerError, MySqlIoError, MySqlTlsError, MySqlAuthError, MySqlProtocolError {

    MySqlWireException(String message, Throwable cause) {
        super(message, cause);
    }
}
