package io.opendts.engines.mysql.log;

import io.opendts.engines.mysql.filter.RowFilter;
import io.opendts.engines.mysql.schema.ServerVersion;
import io.opendts.engines.mysql.schema.SystemVersioning;
import io.opendts.model.Column;
import io.opendts.model.ColumnKind;
import io.opendts.model.Relation;
import io.opendts.model.Table;
import io.opendts.spi.Relations;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * How the row images of one table map become rows: made once for each description of a table, used for many events.
 *
 * @param plans   one for each column of the log
 * @param carried whether the column's value is read: it travels, or the filter looks at it
 * @param filter  null where every row travels
 * @param jsons   how many JSON columns the log has: the width of a partial update's bitmap
 * @param rowEnd  the column that tells whether a row is a present one; -1 in a table without past ones
 */
record TableLayout(Table table, Relation relation, ColumnPlan[] plans, boolean[] carried, int jsons, FilteredRows filter, int rowEnd) {

    /** @param writer the server that wrote the log */
    static TableLayout of(TableMap map, Relations.Known known, Labels labels, SourceCatalog catalog, ServerVersion writer,
            Place where) {
        Table table = known.table();
        Optional<RowFilter> filter = known.route().filter().map(text -> RowFilter.of(text, table));
        List<Column> travel = known.route().carried(table);
        List<Column> wanted = table.columns().stream()
                .filter(c -> travel.contains(c) || filter.isPresent() && filter.get().columns().contains(c)).toList();
        Set<String> read = wanted.stream().map(Column::name).collect(Collectors.toSet());
        int[] columns = LogColumns.of(map, table, HiddenColumns.of(table, writer),
                (i, column) -> fits(map.types()[i], column), catalog, where);
        ColumnPlan[] plans = new ColumnPlan[columns.length];
        boolean[] carried = new boolean[columns.length];
        int jsons = 0;
        for (int i = 0; i < columns.length; i++) {
            jsons += map.types()[i] == LogType.JSON ? 1 : 0;
            if (columns[i] != LogColumns.HIDDEN) {
                Column column = table.columns().get(columns[i]);
                carried[i] = read.contains(column.name());
                mustBe(column, map, i, carried[i], table, where);
            }
            plans[i] = carried[i] ? ColumnPlan.of(map.types()[i], map.metas()[i], table.columns().get(columns[i]), labels, table.id())
                    : ColumnPlan.skipped(map.types()[i], map.metas()[i]);
        }
        int rowEnd = SystemVersioning.of(table).map(SystemVersioning::rowEnd).orElse(-1);
        return new TableLayout(table, known.relation(), plans, carried, jsons,
                filter.map(f -> FilteredRows.of(f, wanted, travel)).orElse(null), rowEnd);
    }

    /** Names and signs are in the log only where the server was asked for them, or always tells them. */
    private static void mustBe(Column column, TableMap map, int i, boolean carried, Table table, Place where) {
        if (!map.names().isEmpty() && !map.names().get(i).equalsIgnoreCase(column.name())) {
            throw LogErrors.tableChanged(table.id(), "column " + (i + 1) + " is " + map.names().get(i) + " in the log and "
                    + column.name() + " in the description", where);
        }
        if (carried && map.signDiffers(i, column.unsigned())) {
            throw LogErrors.tableChanged(table.id(), "column " + column.name() + " has " + (column.unsigned() ? "a" : "no")
                    + " sign in the log, and is " + column.nativeType() + " in the description", where);
        }
        if (carried && map.types()[i] != LogType.UNKNOWN && !fits(map.types()[i], column)) {
            throw LogErrors.tableChanged(table.id(), "column " + column.name() + " is " + map.types()[i].name()
                    + " in the log and " + column.nativeType() + " in the description", where);
        }
    }

    private static boolean fits(LogType type, Column column) {
        String base = column.nativeType().toLowerCase(Locale.ROOT).split("[^a-z0-9]", 2)[0];
        ColumnKind kind = column.kind();
        return switch (type) {
            case TINY -> base.equals("tinyint") || base.startsWith("bool");
            case SHORT -> base.equals("smallint");
            case INT24 -> base.equals("mediumint");
            case LONG -> base.equals("int") || base.equals("integer");
            case LONGLONG -> base.equals("bigint") || base.equals("serial");
            case DECIMAL, NEWDECIMAL -> kind == ColumnKind.DECIMAL;
            case FLOAT -> kind == ColumnKind.FLOAT;
            case DOUBLE -> kind == ColumnKind.DOUBLE;
            case TIMESTAMP, TIMESTAMP2 -> kind == ColumnKind.TIMESTAMP;
            case DATE, NEWDATE -> kind == ColumnKind.DATE;
            case TIME, TIME2 -> kind == ColumnKind.TIME;
            case DATETIME, DATETIME2 -> kind == ColumnKind.DATETIME;
            case YEAR -> kind == ColumnKind.YEAR;
            case BIT -> kind == ColumnKind.BIT;
            case ENUM -> kind == ColumnKind.ENUM;
            case SET -> kind == ColumnKind.SET;
            case GEOMETRY -> kind == ColumnKind.GEOMETRY;
            case JSON -> kind == ColumnKind.JSON;
            case VECTOR -> kind == ColumnKind.VECTOR;
            case VARCHAR, VAR_STRING, STRING, BLOB, TINY_BLOB, MEDIUM_BLOB, LONG_BLOB, BLOB_COMPRESSED, VARCHAR_COMPRESSED ->
                switch (kind) {
                    case TEXT, BYTES, JSON, UUID, INET, VECTOR, GEOMETRY -> true;
                    case INTEGER, DECIMAL, FLOAT, DOUBLE, BIT, DATE, TIME, DATETIME, TIMESTAMP, YEAR, ENUM, SET -> false;
                };
            case UNKNOWN, NULL, TYPED_ARRAY -> false;
        };
    }
}
