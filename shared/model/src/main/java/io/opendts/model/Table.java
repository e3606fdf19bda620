package io.opendts.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A table as the source's catalog has it.
 *
 * @param columns       all of them, in the server's order
 * @param keys          primary key first, then the other unique keys
 * @param foreignKeys   that this table declares
 * @param definition    the server's own CREATE TABLE text
 * @param rowsEstimated from the server's statistics; never counted
 * @param bytesEstimated from the server's statistics
 */
public record Table(
        TableId id,
        List<Column> columns,
        List<Key> keys,
        List<ForeignKey> foreignKeys,
        String storageEngine,
        String definition,
        long rowsEstimated,
        long bytesEstimated) {

    /**
     * A reference to another table.
     *
     * @param cascading whether deleting or changing the parent changes rows of this table (CASCADE, SET NULL, SET DEFAULT):
     *                  such changes are made by the storage engine and are missing from some servers' logs
     */
    public record ForeignKey(String name, List<String> columns, TableId parent, List<String> parentColumns, boolean cascading) {
        public ForeignKey {
            columns = List.copyOf(columns);
            parentColumns = List.copyOf(parentColumns);
        }
    }

    public Table {
        Objects.requireNonNull(id, "id");
        columns = List.copyOf(columns);
        keys = List.copyOf(keys);
        foreignKeys = List.copyOf(foreignKeys);
    }

    /** The key that finds a row: the primary key, else the first unique key without nulls; empty for a keyless table. */
    public Optional<Key> identity() {
        return keys.stream().filter(Key::identifiesRows).findFirst();
    }
}
