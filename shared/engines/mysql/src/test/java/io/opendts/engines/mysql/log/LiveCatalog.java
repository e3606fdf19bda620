package io.opendts.engines.mysql.log;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.QueryResult;
import io.opendts.model.Column;
import io.opendts.model.ColumnKind;
import io.opendts.model.Key;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.Relations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Describes tables of a test's database straight from information_schema, always as they are now. */
record LiveCatalog(MySqlConnection connection, String database) implements Relations {

    private static final Pattern LABEL = Pattern.compile("'((?:[^']|'')*)'");

    @Override
    public Optional<Known> of(TableId id) {
        if (!id.database().equals(database)) {
            return Optional.empty();
        }
        Table table = table(id);
        Route route = Route.same(id);
        return Optional.of(new Known(table, route, Relation.of(1, table, route, false)));
    }

    @Override
    public boolean followsSchema(TableId table) {
        return table.database().equals(database);
    }

    @Override
    public List<String> databases() {
        return List.of(database);
    }

    Table table(TableId id) {
        QueryResult r = connection.query("SELECT column_name, data_type, column_type, is_nullable, character_set_name, collation_name,"
                + " numeric_scale, datetime_precision, extra FROM information_schema.columns WHERE table_schema='" + id.database()
                + "' AND table_name='" + id.name() + "' ORDER BY ordinal_position");
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < r.size(); i++) {
            String type = r.text(i, 2);
            String scale = r.text(i, 6) != null ? r.text(i, 6) : r.text(i, 7);
            columns.add(new Column(r.text(i, 0), kind(r.text(i, 1).toLowerCase(Locale.ROOT)), type, r.text(i, 3).equals("YES"),
                    type.contains("unsigned"), Optional.ofNullable(r.text(i, 4)), Optional.ofNullable(r.text(i, 5)), labels(type),
                    scale == null ? 0 : Integer.parseInt(scale), r.text(i, 8).contains("GENERATED") && !r.text(i, 8).contains("DEFAULT_G"),
                    r.text(i, 8).contains("INVISIBLE")));
        }
        QueryResult t = connection.query("SELECT engine FROM information_schema.tables WHERE table_schema='" + id.database()
                + "' AND table_name='" + id.name() + "'");
        String engine = t.size() == 0 ? "InnoDB" : t.text(0, 0);
        return new Table(id, columns, List.of(new Key("PRIMARY", List.of(columns.getFirst().name()), true, false, true)), List.of(), engine,
                "", 0, 0);
    }

    private static List<String> labels(String type) {
        List<String> labels = new ArrayList<>();
        if (type.startsWith("enum") || type.startsWith("set")) {
            Matcher m = LABEL.matcher(type);
            while (m.find()) {
                labels.add(m.group(1).replace("''", "'"));
            }
        }
        return labels;
    }

    private static ColumnKind kind(String type) {
        return switch (type) {
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
            case "vector" -> ColumnKind.VECTOR;
            case "uuid" -> ColumnKind.UUID;
            case "inet6", "inet4" -> ColumnKind.INET;
            case "geometry", "point", "linestring", "polygon", "multipoint", "multilinestring", "multipolygon", "geometrycollection",
                    "geomcollection" -> ColumnKind.GEOMETRY;
            default -> throw new IllegalArgumentException(type);
        };
    }
}
