package io.opendts.engines.mysql.apply;

import io.opendts.engines.mysql.copy.Literals;
import io.opendts.engines.mysql.wire.SqlBytes;
import io.opendts.model.Column;
import io.opendts.model.ColumnKind;
import io.opendts.model.Relation;
import io.opendts.model.Row;
import io.opendts.model.RowReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Statements that write the rows of one relation, built as bytes. Fixed parts are prepared once; values go straight from the
 * packed row. One thread.
 */
final class RowStatements {

    private final Relation relation;
    private final List<Column> columns;
    private final JsonForm json;
    private final EnumErrors enumErrors;
    private final RowReader reader = new RowReader();
    private final byte[] insertHead;
    private final byte[] replaceHead;
    private final byte[] keepHead;
    private final byte[] upsertTail;
    private final byte[] deleteHead;
    private final byte[] deleteFrom;
    private final byte[] truncate;
    private final byte[] update;
    /** Of a merged table: ends a tuple, and narrows a condition; empty else. */
    private final byte[] ownValue;
    private final String own;
    private final boolean[] identity;

    RowStatements(Relation relation, JsonForm json) {
        this.relation = relation;
        this.columns = relation.columns();
        this.json = json;
        this.enumErrors = new EnumErrors(columns);
        this.identity = new boolean[columns.size()];
        relation.identity().forEach(i -> identity[i] = true);
        String table = RowFile.name(relation);
        String names = columns.stream().map(c -> SqlBytes.quoted(c.name())).collect(Collectors.joining(","))
                + relation.dataSource().map(_ -> "," + DataSource.COLUMN).orElse("");
        ownValue = bytes(relation.dataSource().map(from -> "," + DataSource.literal(from)).orElse(""));
        own = relation.dataSource().map(from -> DataSource.condition(from) + " AND ").orElse("");
        String into = "INTO " + table + " (" + names + ") VALUES ";
        insertHead = bytes("INSERT " + into);
        replaceHead = bytes("REPLACE " + into);
        keepHead = bytes("INSERT IGNORE " + into);
        upsertTail = bytes(" ON DUPLICATE KEY UPDATE " + assignments());
        String key = relation.identity().stream().map(i -> SqlBytes.quoted(columns.get(i).name())).collect(Collectors.joining(","));
        deleteHead = bytes("DELETE FROM " + table + " WHERE " + own + (relation.identity().size() == 1 ? key : "(" + key + ")") + " IN (");
        deleteFrom = bytes("DELETE FROM " + table);
        truncate = bytes("DELETE FROM " + table + relation.dataSource().map(from -> " WHERE " + DataSource.condition(from)).orElse(""));
        update = bytes("UPDATE " + table + " SET ");
    }

    /**
     * The identity stays; a relation of identity columns alone has nothing else to set. Where there are other unique keys, the
     * row in the way may be another one: the identity is then set to NULL, which no key column takes (error 1048).
     */
    private String assignments() {
        List<String> own = relation.identity().stream().map(i -> SqlBytes.quoted(columns.get(i).name())).toList();
        Stream<String> others = IntStream.range(0, columns.size()).filter(i -> !identity[i] || own.size() == columns.size())
                .mapToObj(i -> SqlBytes.quoted(columns.get(i).name())).map(name -> name + "=VALUES(" + name + ")");
        if (own.isEmpty() || relation.uniques().isEmpty() || own.size() == columns.size()) {
            return others.collect(Collectors.joining(","));
        }
        String same = own.stream().map(name -> name + "<=>VALUES(" + name + ")").collect(Collectors.joining(" AND "));
        String guard = own.getFirst() + "=IF(" + same + "," + own.getFirst() + ",NULL)";
        return Stream.concat(Stream.of(guard), others).collect(Collectors.joining(","));
    }

    void insertHead(SqlBytes sql) {
        sql.raw(insertHead);
    }

    void replaceHead(SqlBytes sql) {
        sql.raw(replaceHead);
    }

    void keepHead(SqlBytes sql) {
        sql.raw(keepHead);
    }

    void upsertTail(SqlBytes sql) {
        sql.raw(upsertTail);
    }

    void deleteHead(SqlBytes sql) {
        sql.raw(deleteHead);
    }

    /** All rows that came from this source table. */
    void truncate(SqlBytes sql) {
        sql.raw(truncate);
    }

    /** (v, ...); answers how many ENUM values it holds that the server complains about. */
    int tuple(SqlBytes sql, byte[] buffer, int offset, int length) {
        reader.reset(buffer, offset, length);
        int emptyEnums = 0;
        for (int i = 0; i < columns.size(); i++) {
            sql.raw(i == 0 ? '(' : ',');
            emptyEnums += value(sql, i);
        }
        sql.raw(ownValue).raw(')');
        return emptyEnums;
    }

    int tuple(SqlBytes sql, Row row) {
        return tuple(sql, row.buffer(), row.offset(), row.size());
    }

    private int value(SqlBytes sql, int i) {
        if (!reader.next()) {
            sql.raw(NULL);
            return 0;
        }
        if (columns.get(i).kind() == ColumnKind.JSON && JsonLiteral.needed(json, reader.buffer(), reader.offset(), reader.length())) {
            JsonLiteral.write(sql, reader.buffer(), reader.offset(), reader.length());
        } else {
            Literals.storable(sql, columns.get(i), reader.buffer(), reader.offset(), reader.length());
        }
        return enumErrors.is(i, reader.length()) ? 1 : 0;
    }

    private static final byte[] NULL = bytes("NULL");

    /** The identity of a row as a member of an IN list. Range access is used for it by all servers, for DELETE as well. */
    void key(SqlBytes sql, Row row) {
        Row key = row.project(relation.identity().stream().mapToInt(Integer::intValue).toArray());
        RowReader values = new RowReader();
        values.reset(key);
        boolean several = relation.identity().size() > 1;
        for (int i = 0; i < relation.identity().size(); i++) {
            sql.raw(i > 0 ? ',' : several ? '(' : ' ');
            values.next();
            Literals.comparable(sql, columns.get(relation.identity().get(i)), values.buffer(), values.offset(), values.length());
        }
        if (several) {
            sql.raw(')');
        }
    }

    void deleteOne(SqlBytes sql, Row before) {
        sql.raw(deleteFrom);
        where(sql, before);
    }

    int updateOne(SqlBytes sql, Row before, Row after) {
        sql.raw(update);
        reader.reset(after);
        int emptyEnums = 0;
        for (int i = 0; i < columns.size(); i++) {
            sql.sql(i == 0 ? "" : ",").identifier(columns.get(i).name()).raw('=');
            emptyEnums += value(sql, i);
        }
        where(sql, before);
        return emptyEnums;
    }

    private void where(SqlBytes sql, Row before) {
        RowReader values = new RowReader();
        values.reset(before);
        String and = " WHERE " + own;
        for (int i = 0; i < columns.size(); i++) {
            boolean there = values.next();
            if (!relation.keyless() && !identity[i]) {
                continue;
            }
            sql.sql(and);
            and = " AND ";
            String name = SqlBytes.quoted(columns.get(i).name());
            if (there) {
                equal(sql, columns.get(i), name, values);
            } else {
                sql.sql(name).sql(" IS NULL");
            }
        }
        sql.sql(" LIMIT 1");
    }

    /** Of a keyless row every value must be equal by its bytes, where a collation would take others for it as well. */
    private void equal(SqlBytes sql, Column column, String name, RowReader value) {
        switch (column.kind()) {
            case TEXT, ENUM, SET -> {
                sql.sql(name).raw('=');
                Literals.comparable(sql, column, value.buffer(), value.offset(), value.length());
                if (relation.keyless()) {
                    sql.sql(" AND CAST(").sql(name).sql(" AS BINARY)=").hexLiteral(value.buffer(), value.offset(), value.length());
                }
            }
            case GEOMETRY, VECTOR -> {
                sql.sql("HEX(").sql(name).sql(")=HEX(").hexLiteral(value.buffer(), value.offset(), value.length()).sql(")");
            }
            case JSON -> json(sql, name, value);
            case INTEGER, DECIMAL, FLOAT, DOUBLE, BIT, BYTES, DATE, TIME, DATETIME, TIMESTAMP, YEAR, UUID, INET -> {
                sql.sql(name).raw('=');
                Literals.comparable(sql, column, value.buffer(), value.offset(), value.length());
            }
        }
    }

    /** MySQL compares documents, MariaDB has text. */
    private void json(SqlBytes sql, String name, RowReader value) {
        if (json == JsonForm.TEXT) {
            sql.sql("CAST(").sql(name).sql(" AS BINARY)=").hexLiteral(value.buffer(), value.offset(), value.length());
        } else if (JsonLiteral.needed(json, value.buffer(), value.offset(), value.length())) {
            JsonLiteral.write(sql.sql(name).raw('='), value.buffer(), value.offset(), value.length());
        } else {
            sql.sql(name).sql("=CAST(").textLiteral(value.buffer(), value.offset(), value.length()).sql(" AS JSON)");
        }
    }

    private static byte[] bytes(String sql) {
        return sql.getBytes(StandardCharsets.UTF_8);
    }
}
