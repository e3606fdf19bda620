package io.opendts.spi;

import io.opendts.model.TableId;

/** A table of the source is not, or no longer, what the reader of it takes it for: a statement of the log has still to be followed. */
public final class LayoutChangedException extends RuntimeException {

    public LayoutChangedException(TableId table) {
        super("table " + table + " was altered");
    }
}
