package io.opendts.engines.mysql.schema;

import io.opendts.model.TableId;
import java.util.List;

/**
 * How a table is made on a target.
 *
 * @param create      the whole statement; makes nothing when the table exists
 * @param indexes     clauses of ALTER TABLE, to be added after the load
 * @param foreignKeys the same, after the indexes
 * @param notes       what is different from the source, each for the user to read
 * @param problems    why the table cannot be made; then the statements are not to be run
 */
public record TableScript(TableId target, String create, List<Addition> indexes, List<Addition> foreignKeys, List<String> notes,
                          List<Problem> problems) {

    /**
     * @param name  of the index or constraint on the target
     * @param alone whether it needs an ALTER TABLE of its own: InnoDB builds one FULLTEXT index at a time
     */
    public record Addition(String name, String clause, boolean alone) {}

    /** @param object as in {@code shop.orders.total} */
    public record Problem(String object, String reason) {}

    public TableScript {
        indexes = List.copyOf(indexes);
        foreignKeys = List.copyOf(foreignKeys);
        notes = List.copyOf(notes);
        problems = List.copyOf(problems);
    }
}
