package io.opendts.engines.mysql.log;

import io.opendts.engines.mysql.filter.RowFilter;
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

    static TableLayout of(TableMap map, Relations.Known known, Labels labels, Place where) {
        Table table = known.table();
        List<Column> columns = table.columns();
        if (map.types().length < columns.size()) {
            throw LogErrors.tableChanged(table.id(), "the log has " + map.types().length + " columns, the description "
                    + columns.size(), where);
        }
        Optional<RowFilter> filter = known.route().filter().map(text -> RowFilter.of(text, table));
        List<Column> travel = known.route().carried(table);
        List<Column> wanted = columns.stream().filter(c -> travel.contains(c) || filter.isPresent() && filter.get().columns().contains(c))
                .toList();
        Set<String> read = wanted.stream().map(Column::name).collect(Collectors.toSet());
        ColumnPlan[] plans = new ColumnPlan[map.types().length];
        boolean[] carried = new boolean[plans.length];
        int jsons = 0;
        Optional<SystemVersioning> versioning = SystemVersioning.of(table);
        int visible = columns.size() + versioning.map(SystemVersioning::hidden).orElse(0);
        for (int i = 0; i < plans.length; i++) {
            jsons += map.types()[i] == LogType.JSON ? 1 : 0;
            if (i >= columns.size()) {
                if (i >= visible) {
                    hiddenOrChanged(map, i, visible, table, where);
                }
                plans[i] = ColumnPlan.skipped(map.types()[i], map.metas()[i]);
                continue;
            }
            Column column = columns.get(i);
            boolean renamed = !map.names().isEmpty() && !map.names().get(i).equalsIgnoreCase(column.name());
            if (renamed) {
                throw LogErrors.tableChanged(table.id(), "column " + (i + 1) + " is " + map.names().get(i) + " in the log and "
                        + column.name() + " in the description", where);
            }
            carried[i] = read.contains(column.name());
            if (carried[i] && map.signDiffers(i, column.unsigned())) {
                throw LogErrors.tableChanged(table.id(), "column " + column.name() + " has " + (column.unsigned() ? "a" : "no")
                        + " sign in the log, and is " + column.nativeType() + " in the description", where);
            }
            if (carried[i] && map.types()[i] != LogType.UNKNOWN && !fits(map.types()[i], column)) {
                throw LogErrors.tableChanged(table.id(), "column " + column.name() + " is " + map.types()[i].name()
                        + " in the log and " + column.nativeType() + " in the description", where);
            }
            plans[i] = carried[i] ? ColumnPlan.of(map.types()[i], map.metas()[i], column, labels, table.id())
                    : ColumnPlan.skipped(map.types()[i], map.metas()[i]);
        }
        return new TableLayout(table, known.relation(), plans, carried, jsons,
                filter.map(f -> FilteredRows.of(f, wanted, travel)).orElse(null), versioning.map(SystemVersioning::rowEnd).orElse(-1));
    }

    /**
     * Behind the columns that the catalog shows, early 8.0 servers log those of functional indexes, and MariaDB one for each
     * unique key that it keeps by a hash, as over a whole BLOB. Names are in the log only where the server was asked for them.
     */
    private static void hiddenOrChanged(TableMap map, int i, int visible, Table table, Place where) {
        String definition = table.definition();
        boolean hidden = map.names().isEmpty()
                ? definition.contains("((") || i - visible < definition.split("USING HASH", -1).length - 1
                : map.names().get(i).startsWith("!hidden!") || map.names().get(i).startsWith("DB_ROW_HASH_");
        if (!hidden) {
            throw LogErrors.tableChanged(table.id(), "the log has " + map.types().length + " columns, the description "
                    + table.columns().size(), where);
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
