package io.opendts.model;

import java.util.List;

/**
 * A unique key of a table.
 *
 * @param columns  names, in key order
 * @param primary  whether it is the primary key
 * @param nullable whether one of its columns may be null: then it identifies no row
 * @param exact    whether it holds whole column values; false for prefixes and expressions, which can make two rows
 *                 collide but cannot find a row
 */
public record Key(String name, List<String> columns, boolean primary, boolean nullable, boolean exact) {

    public Key {
        columns = List.copyOf(columns);
    }

    /** Whether the key's columns together find exactly one row. */
    public boolean identifiesRows() {
        return exact && !nullable;
    }
}
