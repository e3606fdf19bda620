package io.opendts.engines.mysql.copy;

import io.opendts.model.Table;

/** How many rows a chunk has. Pure, and the same at each try of a chunk: it follows from the table as it was registered. */
final class ChunkSize {

    /** A chunk is one transaction of the target, and lost when its worker dies: wide rows come fewer at a time. */
    static final long BYTES_WANTED = 64L << 20;

    private ChunkSize() {}

    static long rows(Table table, long asked) {
        if (table.rowsEstimated() <= 0 || table.bytesEstimated() <= 0) {
            return Math.max(1, asked);
        }
        double rowBytes = (double) table.bytesEstimated() / table.rowsEstimated();
        return Math.max(1, Math.min(asked, (long) (BYTES_WANTED / rowBytes)));
    }
}
