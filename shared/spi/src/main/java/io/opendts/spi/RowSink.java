package io.opendts.spi;

import java.io.IOException;

/** Takes packed rows (see {@link io.opendts.model.Row}); the bytes are valid only until it returns. */
@FunctionalInterface
public interface RowSink {

    void row(byte[] buffer, int offset, int length) throws IOException;
}
