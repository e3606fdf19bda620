package io.opendts.spi;

import io.opendts.model.TableId;

/**
 * A table of the source is not, or no longer, what its reader takes it for, or does not show yet what its log tells: to be read
 * again when more of the log has been followed.
 */
public final class OutOfStepException extends RuntimeException {

    public OutOfStepException(TableId table) {
        super("table " + table + " is out of step with what is known of it");
    }
}
