package io.opendts.engines.mysql.copy;

import io.opendts.model.Column;
import io.opendts.model.ColumnKind;
import io.opendts.model.RowBuilder;
import io.opendts.model.RowReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Prints FLOAT and DOUBLE values as Java does (see {@link ColumnKind}); everything else stays as the server packed it.
 * The server gives a FLOAT as the text of the double that it is. In JSON, MySQL 5.7 leaves the line breaks of base 64 as they
 * are, which no server reads as JSON: they are escaped as newer servers do. One thread at a time.
 */
final class RowReprint {

    private final ColumnKind[] kinds;
    private final RowReader reader = new RowReader();
    private final RowBuilder builder = new RowBuilder();

    private RowReprint(List<Column> columns) {
        kinds = columns.stream().map(Column::kind).toArray(ColumnKind[]::new);
    }

    /** Null where nothing needs printing anew, which is the fast path. */
    static RowReprint of(List<Column> columns) {
        boolean needed = columns.stream().anyMatch(c -> c.kind() == ColumnKind.FLOAT || c.kind() == ColumnKind.DOUBLE
                || c.kind() == ColumnKind.JSON);
        return needed ? new RowReprint(columns) : null;
    }

    RowBuilder row(byte[] buffer, int offset, int length) {
        builder.clear();
        reader.reset(buffer, offset, length);
        int pending = offset;
        for (ColumnKind kind : kinds) {
            int start = reader.position();
            boolean there = reader.next();
            if (there && (kind == ColumnKind.FLOAT || kind == ColumnKind.DOUBLE)) {
                builder.addPacked(buffer, pending, start);
                double value = Double.parseDouble(new String(buffer, reader.offset(), reader.length(), StandardCharsets.US_ASCII));
                builder.addAscii(kind == ColumnKind.FLOAT ? Float.toString((float) value) : Double.toString(value));
                pending = reader.position();
            } else if (there && kind == ColumnKind.JSON && hasLineBreak(buffer)) {
                builder.addPacked(buffer, pending, start);
                builder.add(new String(buffer, reader.offset(), reader.length(), StandardCharsets.UTF_8).replace("\n", "\\n")
                        .getBytes(StandardCharsets.UTF_8));
                pending = reader.position();
            }
        }
        builder.addPacked(buffer, pending, offset + length);
        return builder;
    }

    private boolean hasLineBreak(byte[] buffer) {
        int end = reader.offset() + reader.length();
        for (int i = reader.offset(); i < end; i++) {
            if (buffer[i] == '\n') {
                return true;
            }
        }
        return false;
    }
}
