package io.opendts.model;

import java.util.Map;
import java.util.Optional;

/**
 * Anything of a schema that is not a table.
 *
 * @param id         its database and name
 * @param table      the table it hangs on (triggers)
 * @param definition the server's own CREATE text
 * @param sqlMode    the sql_mode it was created under; empty where the server keeps none
 * @param settings   others that its text was read under when it was created, as in {@code collation_connection}; of a sequence, how
 *                   far it has come
 */
public record SchemaObject(Kind kind, TableId id, Optional<TableId> table, String definition, String sqlMode,
                           Map<String, String> settings) {

    public SchemaObject {
        settings = Map.copyOf(settings);
    }

    public SchemaObject(Kind kind, TableId id, Optional<TableId> table, String definition, String sqlMode) {
        this(kind, id, table, definition, sqlMode, Map.of());
    }

    /** In the order in which they are created; what depends on others of its own kind is tried again until it fits. */
    public enum Kind { DATABASE, SEQUENCE, FUNCTION, PROCEDURE, VIEW, EVENT, TRIGGER }
}
