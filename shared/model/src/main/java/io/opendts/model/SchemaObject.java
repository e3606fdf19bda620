package io.opendts.model;

import java.util.Optional;

/**
 * Anything of a schema that is not a table.
 *
 * @param id         its database and name
 * @param table      the table it hangs on (triggers)
 * @param definition the server's own CREATE text
 * @param sqlMode    the sql_mode it was created under; empty where the server keeps none
 */
public record SchemaObject(Kind kind, TableId id, Optional<TableId> table, String definition, String sqlMode) {

    /** In the order in which they are created; what depends on others of its own kind is tried again until it fits. */
    public enum Kind { DATABASE, SEQUENCE, FUNCTION, PROCEDURE, VIEW, EVENT, TRIGGER }
}
