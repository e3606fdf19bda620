package io.opendts.spi;

import io.opendts.model.TableId;

/**
 * The target does not hold what the source had when it made a change.
 */
public final class ConflictException extends RuntimeException {

    private final TableId table;

    /** @param message what was expected and what was found, without values of rows */
    public ConflictException(TableId table, String message) {
        super(message);
        this.table = table;
    }

    public TableId table() {
        return table;
    }
}
