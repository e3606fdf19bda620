package io.opendts.engines.mysql.wire;

/** TLS was asked for and cannot be had: not offered, refused, or a certificate, key or name does not hold. */
public final class MySqlTlsError extends MySqlWireException {

    MySqlTlsError(String message, Throwable cause) {
        super(message, cause);
    }
}
