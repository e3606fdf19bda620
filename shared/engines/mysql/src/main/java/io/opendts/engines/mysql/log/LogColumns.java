package io.opendts.engines.mysql.log;

import io.opendts.model.Column;
import io.opendts.model.DtsException;
import io.opendts.model.Table;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiPredicate;

/**
 * Which column of a table each column of the log is. A server may log more than the catalog shows: MySQL 8.0.13 to 8.0.17 the value
 * of each functional index, where the index was when it was made, so also in front of columns that were added later; MariaDB the
 * two ends of a row's life and one value for each unique key that it keeps by a hash, both behind all others.
 */
final class LogColumns {

    /** No column of the table. */
    static final int HIDDEN = -1;

    private LogColumns() {}

    /**
     * @param fits whether the log's column of this number can be that one of the table
     * @return for each column of the log its number in the table, from 0, or {@link #HIDDEN}
     * @throws DtsException LOG_TABLE_CHANGED where the log has other columns, or it cannot be told which are which
     */
    static int[] of(TableMap map, Table table, HiddenColumns hidden, BiPredicate<Integer, Column> fits, SourceCatalog catalog,
            Place where) {
        int logged = map.types().length;
        int shown = table.columns().size();
        int extra = logged - shown - hidden.lifeEnds();
        if (extra < 0) {
            throw differs(map, table, where);
        }
        if (extra == 0) {
            return inFront(shown, logged);
        }
        if (!map.names().isEmpty()) {
            return byName(map, table, hidden.lifeEnds(), where);
        }
        if (extra == hidden.rowHashes()) {
            return inFront(shown, logged);
        }
        if (extra != hidden.functional()) {
            throw differs(map, table, where);
        }
        return ways(table.columns(), logged, fits) == 1 ? onlyWay(table.columns(), logged, fits) : byPlace(map, table, catalog, where);
    }

    private static int[] inFront(int shown, int logged) {
        int[] columns = new int[logged];
        Arrays.setAll(columns, i -> i < shown ? i : HIDDEN);
        return columns;
    }

    /** A name that is neither a column's place nor one of a hidden one is a column that the description lacks. */
    private static int[] byName(TableMap map, Table table, int history, Place where) {
        int[] columns = new int[map.types().length];
        int next = 0;
        int ends = history;
        for (int i = 0; i < columns.length; i++) {
            String name = map.names().get(i);
            if (name.startsWith("!hidden!") || name.startsWith("DB_ROW_HASH_")) {
                columns[i] = HIDDEN;
            } else if (next < table.columns().size()) {
                columns[i] = next++;
            } else if (ends-- > 0) {
                columns[i] = HIDDEN;
            } else {
                throw differs(map, table, where);
            }
        }
        if (next < table.columns().size()) {
            throw differs(map, table, where);
        }
        return columns;
    }

    /** In how many ways the columns can stand in the log in their order; 2 for any more than one. */
    private static int ways(List<Column> columns, int logged, BiPredicate<Integer, Column> fits) {
        int[] ways = new int[columns.size() + 1];
        ways[0] = 1;
        for (int i = 0; i < logged; i++) {
            for (int c = Math.min(i, columns.size() - 1); c >= 0; c--) {
                if (ways[c] > 0 && fits.test(i, columns.get(c))) {
                    ways[c + 1] = Math.min(2, ways[c + 1] + ways[c]);
                }
            }
        }
        return ways[columns.size()];
    }

    /** Each column as early as it fits, which is right where there is one way alone. */
    private static int[] onlyWay(List<Column> columns, int logged, BiPredicate<Integer, Column> fits) {
        int[] found = new int[logged];
        int next = 0;
        for (int i = 0; i < logged; i++) {
            found[i] = next < columns.size() && fits.test(i, columns.get(next)) ? next++ : HIDDEN;
        }
        return found;
    }

    /** By the catalog of today, where the table has the columns in it that it has in the log. */
    private static int[] byPlace(TableMap map, Table table, SourceCatalog catalog, Place where) {
        List<SourceCatalog.Numbered> today = catalog.numbered(table.id());
        int logged = map.types().length;
        List<String> names = today.stream().map(SourceCatalog.Numbered::column).toList();
        if (!names.equals(table.columns().stream().map(Column::name).toList()) || today.getLast().number() > logged) {
            throw LogErrors.tableChanged(table.id(), "the log has values of functional indexes between its columns, and which ones they"
                    + " are cannot be told: the table has been altered since", where);
        }
        int[] found = new int[logged];
        Arrays.fill(found, HIDDEN);
        for (int c = 0; c < today.size(); c++) {
            found[today.get(c).number() - 1] = c;
        }
        return found;
    }

    private static DtsException differs(TableMap map, Table table, Place where) {
        return LogErrors.tableChanged(table.id(), "the log has " + map.types().length + " columns, the description "
                + table.columns().size(), where);
    }
}
