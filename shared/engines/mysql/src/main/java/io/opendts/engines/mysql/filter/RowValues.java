package io.opendts.engines.mysql.filter;

import io.opendts.model.Row;
import io.opendts.model.RowReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Where in a row the values lie that a filter looks at. Reused for many rows; one thread. */
final class RowValues {

    private final int[] positions;
    private final int[] offsets;
    private final int[] lengths;
    private final int[] order;
    private final RowReader reader = new RowReader();
    private byte[] buffer;

    /** @param positions in the row, of each of the filter's columns */
    RowValues(int[] positions) {
        this.positions = positions.clone();
        this.offsets = new int[positions.length];
        this.lengths = new int[positions.length];
        this.order = new int[Arrays.stream(positions).max().orElse(-1) + 1];
        Arrays.fill(order, -1);
        for (int i = 0; i < positions.length; i++) {
            order[positions[i]] = i;
        }
    }

    void reset(Row row) {
        reader.reset(row);
        buffer = row.buffer();
        for (int column : order) {
            reader.next();
            if (column >= 0) {
                offsets[column] = reader.offset();
                lengths[column] = reader.length();
            }
        }
    }

    boolean isNull(ColumnRef column) {
        return lengths[column.number()] < 0;
    }

    byte[] buffer() {
        return buffer;
    }

    int offset(ColumnRef column) {
        return offsets[column.number()];
    }

    int length(ColumnRef column) {
        return lengths[column.number()];
    }

    /** Of numbers and temporals. */
    String ascii(ColumnRef column) {
        return new String(buffer, offset(column), length(column), StandardCharsets.US_ASCII);
    }

    byte[] bytes(ColumnRef column) {
        return Arrays.copyOfRange(buffer, offset(column), offset(column) + length(column));
    }
}
