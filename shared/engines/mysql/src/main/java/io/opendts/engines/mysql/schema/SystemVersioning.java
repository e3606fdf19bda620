package io.opendts.engines.mysql.schema;

import io.opendts.engines.mysql.schema.TableDefinition.ColumnPart;
import io.opendts.model.Table;
import java.util.List;
import java.util.Optional;

/**
 * How MariaDB logs a system-versioned table: with the begin and the end of each row's life, also where the catalog hides them.
 *
 * @param rowEnd        position in the log of the column that holds the end
 * @param hidden        columns that the log has behind those of the catalog
 * @param byTransaction whether lives end with transactions, not moments: changes are then logged as text, in any binlog_format
 */
public record SystemVersioning(int rowEnd, int hidden, boolean byTransaction) {

    /** Empty for a table that keeps no history. */
    public static Optional<SystemVersioning> of(Table table) {
        if (!table.definition().contains("WITH SYSTEM VERSIONING")) {
            return Optional.empty();
        }
        TableDefinition definition = TableDefinition.parse(table.definition());
        if (definition.option("WITH SYSTEM VERSIONING").isEmpty()) {
            return Optional.empty();
        }
        List<ColumnPart> columns = definition.columns();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).endsLife()) {
                return Optional.of(new SystemVersioning(i, 0, columns.get(i).typeName().equals("bigint")));
            }
        }
        return Optional.of(new SystemVersioning(columns.size() + 1, 2, false));
    }
}
