package io.opendts.testkit;

import java.sql.SQLException;

/** A statement of a test that failed; carries the server's error number. */
public final class SqlFailedException extends RuntimeException {

    private final int errorNumber;

    SqlFailedException(String statement, SQLException cause) {
        super(cause.getMessage() + " [" + statement + "]", cause);
        this.errorNumber = cause.getErrorCode();
    }

    public int errorNumber() {
        return errorNumber;
    }
}
