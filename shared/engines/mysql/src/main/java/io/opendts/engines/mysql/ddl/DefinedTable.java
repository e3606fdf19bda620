package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.CatalogReader;
import io.opendts.engines.mysql.schema.ColumnTypes;
import io.opendts.engines.mysql.schema.TableDefinition.Attribute;
import io.opendts.engines.mysql.schema.TableDefinition.Attribute.Kind;
import io.opendts.engines.mysql.schema.TableDefinition.ColumnPart;
import io.opendts.engines.mysql.schema.Token;
import io.opendts.model.Column;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import java.util.ArrayList;
import java.util.List;

/** The table that a catalog would describe, from its shape alone. Pure. */
final class DefinedTable {

    private DefinedTable() {}

    static Table of(TableShape shape, SourceServer server) {
        List<Column> columns = shape.definition().columns().stream().map(column -> column(shape.id(), column)).toList();
        String engine = shape.definition().option("ENGINE").orElse("InnoDB");
        Table table = CatalogReader.table(shape.id(), engine, DefinitionText.of(shape), columns, 0, 0);
        return server.logsCascades() ? CatalogReader.withoutCascades(table) : table;
    }

    /** As a row of information_schema.COLUMNS, which the catalog's columns are made from. */
    private static Column column(TableId table, ColumnPart part) {
        ColumnType type = ColumnType.of(part);
        List<String> row = new ArrayList<>();
        row.add(table.name());
        row.add(part.name());
        row.add(type.name());
        row.add(Token.text(part.type()) + (part.attribute(Kind.COMPRESSED).isPresent() ? " /*M!100301 COMPRESSED*/" : ""));
        boolean notNull = part.attribute(Kind.NULLABILITY).filter(a -> Token.text(a.value()).equals("NOT NULL")).isPresent();
        row.add(notNull || part.attribute(Kind.ROW_TIME).isPresent() ? "NO" : "YES");
        row.add(type.charset().filter(c -> !c.equals("binary")).orElse(null));
        row.add(type.collation().filter(c -> !c.equals("binary")).orElse(null));
        row.add(digits(type, 3, "0"));
        row.add(digits(type, 1, "0"));
        row.add(extra(part));
        return ColumnTypes.column(table, row);
    }

    private static String digits(ColumnType type, int at, String none) {
        return type.arguments().size() > at ? type.arguments().get(at).text() : none;
    }

    private static String extra(ColumnPart part) {
        String generated = part.attribute(Kind.GENERATED).map(Attribute::value)
                .map(value -> value.getLast().is("STORED") ? "STORED GENERATED" : "VIRTUAL GENERATED")
                .orElse(part.attribute(Kind.ROW_TIME).isPresent() ? "STORED GENERATED" : "");
        return generated + (part.attribute(Kind.INVISIBLE).isPresent() ? " INVISIBLE" : "");
    }
}
