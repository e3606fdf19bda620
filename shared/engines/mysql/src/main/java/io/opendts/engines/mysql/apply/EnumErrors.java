package io.opendts.engines.mysql.apply;

import io.opendts.model.Column;
import io.opendts.model.ColumnKind;
import java.util.List;

/**
 * The one value that every server stores with a complaint: the empty text that an ENUM holds after a wrong value was written
 * to it. To tell the complaints that are due from damage, one counts how many are due.
 */
final class EnumErrors {

    private final boolean[] suspects;

    EnumErrors(List<Column> columns) {
        suspects = new boolean[columns.size()];
        for (int i = 0; i < suspects.length; i++) {
            Column column = columns.get(i);
            suspects[i] = column.kind() == ColumnKind.ENUM && !column.labels().contains("");
        }
    }

    boolean is(int column, int length) {
        return length == 0 && suspects[column];
    }
}
