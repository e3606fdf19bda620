package io.opendts.engines.mysql.copy;

import io.opendts.engines.mysql.wire.SqlBytes;
import io.opendts.model.Chunk;
import io.opendts.model.Column;
import io.opendts.model.ColumnKind;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Key;
import io.opendts.model.Row;
import io.opendts.model.RowReader;
import io.opendts.model.Table;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The key along which a table is cut, and its bounds as text and as SQL. Pure.
 *
 * <p>Text of a bound: of a RANGE the decimal digits of the first key column, lower inclusive, upper exclusive; of a WALK the
 * hexadecimal digits of the packed key (see {@link Row}) of the last row that was read, exclusive. Empty is open, so that
 * rows outside of what was seen while splitting are still in the first or the last chunk.
 *
 * @param name    of the index, PRIMARY for the primary key; empty where there is none to read along
 * @param columns in key order
 */
record KeyRange(String name, List<Column> columns) {

    /** Kinds whose literal compares with the column in the order of the index, exactly. ENUM and SET compare as text there. */
    private static final Set<ColumnKind> WALKABLE = Set.of(ColumnKind.INTEGER, ColumnKind.DECIMAL, ColumnKind.BIT, ColumnKind.TEXT,
            ColumnKind.BYTES, ColumnKind.DATE, ColumnKind.TIME, ColumnKind.DATETIME, ColumnKind.TIMESTAMP, ColumnKind.YEAR,
            ColumnKind.UUID, ColumnKind.INET);

    /** The first key that finds rows and all of whose columns travel; empty for what counts as keyless on the way. */
    static Optional<KeyRange> of(Table table, List<Column> carried) {
        List<String> names = carried.stream().map(Column::name).toList();
        return table.keys().stream().filter(key -> key.identifiesRows() && names.containsAll(key.columns())).findFirst()
                .map(key -> new KeyRange(indexName(key), key.columns().stream().map(c -> carried.get(names.indexOf(c))).toList()));
    }

    private static String indexName(Key key) {
        return key.primary() ? "PRIMARY" : key.name();
    }

    boolean integerLead() {
        return columns.getFirst().kind() == ColumnKind.INTEGER;
    }

    boolean walkable() {
        return columns.stream().allMatch(column -> WALKABLE.contains(column.kind()));
    }

    /** The condition of a chunk on the key; empty where it is open on both sides. */
    Optional<String> condition(Chunk chunk) {
        return switch (chunk.kind()) {
            case WHOLE, TOGETHER -> Optional.empty();
            case RANGE -> range(chunk);
            case WALK -> walk(chunk);
        };
    }

    /** A walk that has been taken before knows its end too. */
    private Optional<String> walk(Chunk chunk) {
        String lower = chunk.lower().isEmpty() ? "" : behind(literals(chunk, chunk.lower()));
        String upper = chunk.upper().isEmpty() ? "" : upTo(literals(chunk, chunk.upper()));
        String both = lower + (lower.isEmpty() || upper.isEmpty() ? "" : " AND ") + upper;
        return both.isEmpty() ? Optional.empty() : Optional.of(both);
    }

    private Optional<String> range(Chunk chunk) {
        String column = SqlBytes.quoted(columns.getFirst().name());
        String lower = chunk.lower().isEmpty() ? "" : column + " >= " + digits(chunk, chunk.lower());
        String upper = chunk.upper().isEmpty() ? "" : column + " < " + digits(chunk, chunk.upper());
        String both = lower + (lower.isEmpty() || upper.isEmpty() ? "" : " AND ") + upper;
        return both.isEmpty() ? Optional.empty() : Optional.of(both);
    }

    /**
     * (a, b, c) > (x, y, z), written out: MySQL 5.7 and MariaDB do not use an index for a comparison of row constructors,
     * and the first term alone gives them the range.
     */
    private String behind(List<String> literals) {
        String condition = "";
        for (int i = columns.size() - 1; i >= 0; i--) {
            String column = SqlBytes.quoted(columns.get(i).name());
            String more = column + " > " + literals.get(i);
            condition = condition.isEmpty() ? more
                    : "(" + more + " OR (" + column + " = " + literals.get(i) + " AND " + condition + "))";
        }
        return columns.size() == 1 ? condition
                : SqlBytes.quoted(columns.getFirst().name()) + " >= " + literals.getFirst() + " AND " + condition;
    }

    /** (a, b, c) <= (x, y, z), written out for the same reason. */
    private String upTo(List<String> literals) {
        String condition = "";
        for (int i = columns.size() - 1; i >= 0; i--) {
            String column = SqlBytes.quoted(columns.get(i).name());
            condition = condition.isEmpty() ? column + " <= " + literals.get(i)
                    : "(" + column + " < " + literals.get(i) + " OR (" + column + " = " + literals.get(i) + " AND " + condition + "))";
        }
        return columns.size() == 1 ? condition
                : SqlBytes.quoted(columns.getFirst().name()) + " <= " + literals.getFirst() + " AND " + condition;
    }

    String order() {
        return String.join(",", columns.stream().map(column -> SqlBytes.quoted(column.name())).toList());
    }

    static String bound(Row key) {
        return HexFormat.of().formatHex(key.buffer(), key.offset(), key.offset() + key.size());
    }

    private List<String> literals(Chunk chunk, String bound) {
        try {
            RowReader reader = new RowReader();
            reader.reset(Row.wrap(HexFormat.of().parseHex(bound)));
            List<String> literals = columns.stream().map(column -> {
                if (!reader.next()) {
                    throw new IllegalArgumentException("a key value is NULL");
                }
                return literal(column, reader.buffer(), reader.offset(), reader.length());
            }).toList();
            if (reader.hasNext()) {
                throw new IllegalArgumentException("more values than key columns");
            }
            return literals;
        } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
            throw damaged(chunk, chunk.lower(), e);
        }
    }

    /** A value as a literal that the server compares with the column itself, so that the index is used. */
    static String literal(Column column, byte[] bytes, int offset, int length) {
        SqlBytes sql = new SqlBytes(length * 2 + 32);
        Literals.comparable(sql, column, bytes, offset, length);
        return new String(sql.buffer(), 0, sql.size(), StandardCharsets.UTF_8);
    }

    private static String digits(Chunk chunk, String bound) {
        if (!bound.matches("-?\\d{1,20}")) {
            throw damaged(chunk, bound, null);
        }
        return bound;
    }

    private static DtsException damaged(Chunk chunk, String bound, Throwable cause) {
        return new DtsException(ErrorCode.STATE_DAMAGED,
                "chunk " + chunk.number() + " of " + chunk.table() + " has a bound that is none (" + bound.length() + " characters)",
                "reset the task: its copy starts anew", cause);
    }
}
