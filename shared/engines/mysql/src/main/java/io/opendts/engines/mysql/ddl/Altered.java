package io.opendts.engines.mysql.ddl;

import io.opendts.model.Column;
import io.opendts.model.Table;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * One table before and after a statement.
 *
 * @param before empty for one that is made
 * @param after  empty for one that is dropped; under another name for one that is renamed
 * @param kept   columns afterwards that are columns from before, with their names there; others are new, whatever their names
 */
public record Altered(Optional<Table> before, Optional<Table> after, Map<String, String> kept) {

    public Altered {
        kept = Map.copyOf(kept);
    }

    static Altered made(Table after) {
        return new Altered(Optional.empty(), Optional.of(after), Map.of());
    }

    /** With all of its columns, under their names. */
    static Altered changed(Table before, Table after) {
        Map<String, String> kept = new HashMap<>();
        before.columns().forEach(column -> kept.put(column.name(), column.name()));
        kept.keySet().retainAll(after.columns().stream().map(Column::name).toList());
        return new Altered(Optional.of(before), Optional.of(after), kept);
    }

    public static Altered dropped(Table before) {
        return new Altered(Optional.of(before), Optional.empty(), Map.of());
    }
}
