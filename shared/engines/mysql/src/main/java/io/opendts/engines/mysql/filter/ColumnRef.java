package io.opendts.engines.mysql.filter;

import io.opendts.engines.mysql.wire.SqlBytes;
import io.opendts.model.Column;

/** @param number of the column among those that the filter looks at, from 0 */
record ColumnRef(int number, Column column) {

    String sql() {
        return SqlBytes.quoted(column.name());
    }
}
