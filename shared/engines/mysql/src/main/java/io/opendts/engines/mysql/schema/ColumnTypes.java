package io.opendts.engines.mysql.schema;

import io.opendts.model.Column;
import io.opendts.model.ColumnKind;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.TableId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Turns rows of information_schema.COLUMNS into columns. Pure. */
public final class ColumnTypes {

    /** The columns that {@link #column} reads, in its order. */
    static final String SELECTED = "TABLE_NAME, COLUMN_NAME, DATA_TYPE, COLUMN_TYPE, IS_NULLABLE, CHARACTER_SET_NAME, COLLATION_NAME,"
            + " NUMERIC_SCALE, DATETIME_PRECISION, EXTRA";

    private ColumnTypes() {}

    /** @throws DtsException TYPE_UNKNOWN for a type that this version cannot carry */
    public static Column column(TableId table, List<String> row) {
        String name = row.get(1);
        String nativeType = row.get(3);
        ColumnKind kind = kind(row.get(2)).orElseThrow(() -> new DtsException(ErrorCode.TYPE_UNKNOWN,
                "column " + table + "." + name + " has the type " + nativeType + ", which is not supported",
                "leave the table out of the task, or change the column's type"));
        boolean texts = kind == ColumnKind.TEXT || kind == ColumnKind.ENUM || kind == ColumnKind.SET;
        Optional<String> charset = texts ? Optional.of(row.get(5) == null ? "binary" : row.get(5)) : Optional.empty();
        Optional<String> collation = texts ? Optional.of(row.get(6) == null ? "binary" : row.get(6)) : Optional.empty();
        String extra = row.get(9) == null ? "" : row.get(9).toUpperCase(Locale.ROOT);
        boolean generated = extra.contains("STORED GENERATED") || extra.contains("VIRTUAL GENERATED") || extra.contains("PERSISTENT");
        return new Column(name, kind, nativeType, row.get(4).equals("YES"), nativeType.toLowerCase(Locale.ROOT).contains("unsigned"),
                charset, collation, labels(kind, nativeType), scale(kind, row), generated, extra.contains("INVISIBLE"));
    }

    static Optional<ColumnKind> kind(String dataType) {
        return Optional.ofNullable(switch (dataType.toLowerCase(Locale.ROOT)) {
            case "tinyint", "smallint", "mediumint", "int", "bigint" -> ColumnKind.INTEGER;
            case "decimal" -> ColumnKind.DECIMAL;
            case "float" -> ColumnKind.FLOAT;
            case "double" -> ColumnKind.DOUBLE;
            case "bit" -> ColumnKind.BIT;
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext" -> ColumnKind.TEXT;
            case "binary", "varbinary", "tinyblob", "blob", "mediumblob", "longblob" -> ColumnKind.BYTES;
            case "date" -> ColumnKind.DATE;
            case "time" -> ColumnKind.TIME;
            case "datetime" -> ColumnKind.DATETIME;
            case "timestamp" -> ColumnKind.TIMESTAMP;
            case "year" -> ColumnKind.YEAR;
            case "enum" -> ColumnKind.ENUM;
            case "set" -> ColumnKind.SET;
            case "json" -> ColumnKind.JSON;
            case "geometry", "point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon", "geometrycollection",
                    "geomcollection" -> ColumnKind.GEOMETRY;
            case "vector" -> ColumnKind.VECTOR;
            case "uuid" -> ColumnKind.UUID;
            case "inet4", "inet6" -> ColumnKind.INET;
            default -> null;
        });
    }

    private static int scale(ColumnKind kind, List<String> row) {
        String digits = switch (kind) {
            case DECIMAL -> row.get(7);
            case TIME, DATETIME, TIMESTAMP -> row.get(8);
            case INTEGER, FLOAT, DOUBLE, BIT, TEXT, BYTES, DATE, YEAR, ENUM, SET, JSON, GEOMETRY, VECTOR, UUID, INET -> null;
        };
        return digits == null ? 0 : Integer.parseInt(digits);
    }

    private static List<String> labels(ColumnKind kind, String nativeType) {
        if (kind != ColumnKind.ENUM && kind != ColumnKind.SET) {
            return List.of();
        }
        return Lexer.definition(nativeType).stream().filter(t -> t.kind() == Token.Kind.STRING).map(Token::value).toList();
    }
}
