package io.opendts.engines.mysql.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A small result, wholly in memory (limit {@link MySqlConnection#MAX_QUERY_RESULT_BYTES}). Values are the text protocol's bytes.
 *
 * @param rows a value of null is SQL's NULL
 */
public record QueryResult(List<ColumnMeta> columns, List<byte[][]> rows) {

    public int size() {
        return rows.size();
    }

    /** Position of a column by its label, in any letter case: servers differ in the case of INFORMATION_SCHEMA's labels. */
    public int column(String label) {
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).name().equalsIgnoreCase(label)) {
                return i;
            }
        }
        throw new IllegalArgumentException("no column " + label + " in the result");
    }

    public boolean hasColumn(String label) {
        return columns.stream().anyMatch(column -> column.name().equalsIgnoreCase(label));
    }

    public byte[] bytes(int row, int column) {
        return rows.get(row)[column];
    }

    /** The value read as UTF-8: right for catalog texts and numbers, not for data in other charsets. */
    public String text(int row, int column) {
        byte[] value = rows.get(row)[column];
        return value == null ? null : new String(value, StandardCharsets.UTF_8);
    }

    public String text(int row, String label) {
        return text(row, column(label));
    }
}
