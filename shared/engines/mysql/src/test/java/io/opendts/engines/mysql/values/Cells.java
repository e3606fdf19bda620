package io.opendts.engines.mysql.values;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.QueryResult;
import io.opendts.model.Column;
import io.opendts.model.Table;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Values as a server itself writes them out without loss, read by plain queries and by nothing of the product. */
final class Cells {

    private static final int NAMED_MAX = 30;
    static final int OF_COLUMN_MAX = 4;

    private Cells() {
    }

    /** An expression whose text is equal for equal values alone. A float times one is a double, which prints with all digits. */
    private static String exact(Column column) {
        String name = "`" + column.name() + "`";
        return switch (column.kind()) {
            case INTEGER, DECIMAL, DATE, TIME, DATETIME, TIMESTAMP, YEAR, UUID, INET -> "CAST(" + name + " AS CHAR)";
            case FLOAT, DOUBLE -> name + "*1e0";
            case BIT, TEXT, BYTES, GEOMETRY, VECTOR -> "HEX(" + name + ")";
            case ENUM, SET -> "CONCAT(CAST(" + name + " AS UNSIGNED),':',HEX(" + name + "))";
            // MySQL 5.7 prints line breaks of base 64 as they are
            case JSON -> "HEX(REPLACE(CAST(" + name + " AS CHAR),CHAR(10),'\\\\n'))";
        };
    }

    static List<List<String>> read(MySqlConnection connection, String database, Table table, long fromId) {
        List<String> expressions = new ArrayList<>(List.of("id"));
        table.columns().stream().skip(1).map(Cells::exact).forEach(expressions::add);
        QueryResult found = connection.query("SELECT " + String.join(",", expressions) + " FROM `" + database + "`.`" + table.id().name()
                + "` WHERE id>=" + fromId + " ORDER BY id");
        List<List<String>> rows = new ArrayList<>();
        for (int row = 0; row < found.size(); row++) {
            List<String> cells = new ArrayList<>();
            for (int i = 0; i < expressions.size(); i++) {
                cells.add(found.text(row, i));
            }
            rows.add(cells);
        }
        return rows;
    }

    /** One sentence a difference, the first of them only. */
    static Optional<String> difference(ValueTable table, String way, List<List<String>> source, List<List<String>> target) {
        List<String> named = new ArrayList<>();
        Map<Integer, Integer> ofColumn = new HashMap<>();
        if (source.size() != target.size()) {
            named.add(table.name() + ": " + source.size() + " rows became " + target.size());
        }
        for (int row = 0; row < Math.min(source.size(), target.size()) && named.size() < NAMED_MAX; row++) {
            for (int i = 0; i < source.get(row).size(); i++) {
                String was = source.get(row).get(i);
                String is = target.get(row).get(i);
                if (!Objects.equals(was, is) && ofColumn.merge(i, 1, Integer::sum) <= OF_COLUMN_MAX) {
                    named.add(i == 0 ? table.name() + ": row " + was + " is row " + is
                            : table.describe(i - 1, Long.parseLong(source.get(row).getFirst())) + ": "
                                    + shorten(was) + " -> " + shorten(is));
                }
            }
        }
        return named.isEmpty() ? Optional.empty() : Optional.of(way + "\n  " + String.join("\n  ", named));
    }

    private static String shorten(String text) {
        return text != null && text.length() > 300 ? text.substring(0, 300) + "... (" + text.length() + ")" : text;
    }
}
