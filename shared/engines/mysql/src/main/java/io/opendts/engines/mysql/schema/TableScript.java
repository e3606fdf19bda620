package io.opendts.engines.mysql.schema;

import io.opendts.model.TableId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * How a table is made on a target.
 *
 * @param parts       what stands between the brackets of CREATE TABLE
 * @param options     behind the brackets, by name, such as {@code COMMENT} to {@code COMMENT='x'}
 * @param partitions  the clause; empty for none
 * @param indexes     clauses of ALTER TABLE, to be added after the load
 * @param foreignKeys the same, after the indexes
 * @param notes       what is different from the source, each for the user to read
 * @param problems    why the table cannot be made; then the statements are not to be run
 */
public record TableScript(TableId target, List<Part> parts, Map<String, String> options, String partitions,
                          List<Addition> indexes, List<Addition> foreignKeys, List<String> notes,
                          List<Problem> problems) {

    /** A piece of a table's definition: columns have the target's names, a primary key is called PRIMARY. */
    public record Part(Kind kind, String name, String clause) {
        public enum Kind { COLUMN, KEY, CHECK, PERIOD }
    }

    /**
     * @param name  of the index or constraint on the target
     * @param alone whether it needs an ALTER TABLE of its own: InnoDB builds one FULLTEXT index at a time
     */
    public record Addition(String name, String clause, boolean alone) {}

    /** @param object as in {@code shop.orders.total} */
    public record Problem(String object, String reason) {}

    public TableScript {
        parts = List.copyOf(parts);
        options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
        indexes = List.copyOf(indexes);
        foreignKeys = List.copyOf(foreignKeys);
        notes = List.copyOf(notes);
        problems = List.copyOf(problems);
    }

    /** The whole statement; it makes nothing when the table exists. */
    public String create() {
        return parts.stream().map(Part::clause)
                .collect(Collectors.joining(",\n  ", "CREATE TABLE IF NOT EXISTS " + SqlNames.quote(target) + " (\n  ", "\n)"))
                + options.values().stream().map(option -> " " + option).collect(Collectors.joining())
                + (partitions.isEmpty() ? "" : "\n" + partitions);
    }
}
