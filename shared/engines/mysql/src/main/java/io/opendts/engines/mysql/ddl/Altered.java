package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.ServerVersion;
import io.opendts.engines.mysql.schema.TableDefinition;
import io.opendts.engines.mysql.schema.TableDefinition.PeriodPart;
import io.opendts.model.Column;
import io.opendts.model.Table;
import java.util.HashMap;
import java.util.List;
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

    /** Whether the source has chosen values for the rows that were there, or keeps another history of them. */
    public boolean changesRows(ServerVersion server) {
        return before.isPresent() && after.isPresent() && (keepsHistory(before.get()) != keepsHistory(after.get())
                || !periods(before.get()).equals(periods(after.get()))
                || ChosenValues.among(TableShape.of(after.get(), server), kept.keySet()).isPresent());
    }

    private static boolean keepsHistory(Table table) {
        return TableDefinition.parse(table.definition()).option("WITH SYSTEM VERSIONING").isPresent();
    }

    private static List<PeriodPart> periods(Table table) {
        return TableDefinition.parse(table.definition()).elements().stream().filter(PeriodPart.class::isInstance)
                .map(PeriodPart.class::cast).toList();
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
