package io.opendts.engines.mysql.filter;

import io.opendts.engines.mysql.wire.SqlBytes;
import java.util.List;

/**
 * One comparison that follows a collation, or a LIKE: what it says of a value is asked of the server itself, which so is always
 * right, unless {@link SureEquality} knows it for certain.
 *
 * @param parts the text in front of, between and behind the columns: one more than there are columns
 * @param sure  null where only the server knows
 */
record ServerAtom(int number, List<ColumnRef> columns, List<String> parts, SureEquality sure) implements Predicate {

    ServerAtom {
        columns = List.copyOf(columns);
        parts = List.copyOf(parts);
    }

    @Override
    public Verdict test(RowValues row, Answers answers) {
        for (ColumnRef column : columns) {
            if (row.isNull(column)) {
                return Verdict.UNKNOWN;
            }
        }
        Verdict known = sure == null ? Verdict.OPEN : sure.test(row, columns.getFirst());
        return known == Verdict.OPEN ? answers.of(this, row) : known;
    }

    @Override
    public String sql() {
        StringBuilder sql = new StringBuilder(parts.getFirst());
        for (int i = 0; i < columns.size(); i++) {
            sql.append(columns.get(i).sql()).append(parts.get(i + 1));
        }
        return sql.toString();
    }

    /** The same of given values, which are those of the columns in their own character sets. */
    void sql(SqlBytes sql, List<byte[]> values) {
        sql.sql(parts.getFirst());
        for (int i = 0; i < columns.size(); i++) {
            boolean text = columns.get(i).column().collation().isPresent();
            value(sql, columns.get(i), values.get(i));
            if (text) {
                sql.sql(" COLLATE ").sql(columns.get(i).column().collation().orElseThrow());
            }
            sql.sql(parts.get(i + 1));
        }
    }

    /** True where the values are, for the server, what they are in the columns: bytes that are no text change on their way. */
    void intact(SqlBytes sql, List<byte[]> values) {
        String and = "";
        for (int i = 0; i < columns.size(); i++) {
            sql.sql(and).sql("CAST(");
            value(sql, columns.get(i), values.get(i));
            sql.sql(" AS BINARY)<=>").binaryLiteral(values.get(i), 0, values.get(i).length);
            and = " AND ";
        }
    }

    private static void value(SqlBytes sql, ColumnRef column, byte[] value) {
        boolean text = column.column().charset().isPresent();
        sql.sql(text ? "CONVERT(" : "").binaryLiteral(value, 0, value.length);
        if (text) {
            sql.sql(" USING ").sql(column.column().charset().orElseThrow()).raw(')');
        }
    }
}
