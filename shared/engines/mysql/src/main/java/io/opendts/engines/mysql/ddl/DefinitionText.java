package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.SqlNames;
import io.opendts.engines.mysql.schema.TableDefinition;
import io.opendts.engines.mysql.schema.TableDefinition.Attribute;
import io.opendts.engines.mysql.schema.TableDefinition.CheckPart;
import io.opendts.engines.mysql.schema.TableDefinition.ColumnPart;
import io.opendts.engines.mysql.schema.TableDefinition.Element;
import io.opendts.engines.mysql.schema.TableDefinition.ForeignKeyPart;
import io.opendts.engines.mysql.schema.TableDefinition.KeyColumn;
import io.opendts.engines.mysql.schema.TableDefinition.KeyPart;
import io.opendts.engines.mysql.schema.TableDefinition.Option;
import io.opendts.engines.mysql.schema.TableDefinition.PeriodPart;
import io.opendts.engines.mysql.schema.Token;
import java.util.stream.Collectors;

/** Writes a table as SHOW CREATE TABLE does: read back it is the same. Pure. */
final class DefinitionText {

    private DefinitionText() {}

    static String of(TableShape shape) {
        TableDefinition definition = shape.definition();
        return definition.elements().stream().map(DefinitionText::element)
                .collect(Collectors.joining(",\n  ", "CREATE TABLE " + SqlNames.quote(shape.id().name()) + " (\n  ", "\n)"))
                + definition.options().stream().map(DefinitionText::option).collect(Collectors.joining())
                + (definition.partition().isEmpty() ? "" : "\n " + Token.text(definition.partition()));
    }

    static String element(Element element) {
        return switch (element) {
            case ColumnPart column -> SqlNames.quote(column.name()) + " " + Token.text(column.type())
                    + column.attributes().stream().map(DefinitionText::attribute).collect(Collectors.joining());
            case KeyPart key -> key(key);
            case ForeignKeyPart key -> "CONSTRAINT " + SqlNames.quote(key.name()) + " FOREIGN KEY " + SqlNames.quoteAll(key.columns())
                    + " REFERENCES " + key.database().map(d -> SqlNames.quote(d) + ".").orElse("") + SqlNames.quote(key.parent()) + " "
                    + SqlNames.quoteAll(key.parentColumns()) + (key.actions().isEmpty() ? "" : " " + Token.text(key.actions()));
            case CheckPart check -> "CONSTRAINT " + SqlNames.quote(check.name()) + " CHECK " + Token.text(check.expression())
                    + (check.enforced() ? "" : " NOT ENFORCED");
            case PeriodPart period -> "PERIOD FOR " + SqlNames.quote(period.name()) + " " + Token.text(period.tokens());
        };
    }

    private static String attribute(Attribute attribute) {
        String value = Token.text(attribute.value());
        return switch (attribute.kind()) {
            case CHARSET -> " CHARACTER SET " + value;
            case COLLATE -> " COLLATE " + value;
            case DEFAULT -> " DEFAULT " + value;
            case ON_UPDATE -> " ON UPDATE " + value;
            case AUTO_INCREMENT -> " AUTO_INCREMENT";
            case GENERATED -> " GENERATED ALWAYS AS " + value;
            case ROW_TIME -> " GENERATED ALWAYS AS ROW " + value;
            case COMMENT -> " COMMENT " + value;
            case INVISIBLE -> " INVISIBLE";
            case CHECK -> " CHECK " + value;
            case SRID -> " SRID " + value;
            case NULLABILITY, COMPRESSED, VERSIONING, OTHER -> " " + value;
        };
    }

    private static String key(KeyPart key) {
        String name = key.kind() == KeyPart.Kind.PRIMARY ? "" : " " + SqlNames.quote(key.name());
        String kind = switch (key.kind()) {
            case PRIMARY -> "PRIMARY KEY";
            case UNIQUE -> "UNIQUE KEY";
            case PLAIN -> "KEY";
            case FULLTEXT -> "FULLTEXT KEY";
            case SPATIAL -> "SPATIAL KEY";
            case VECTOR -> "VECTOR KEY";
        };
        String suffix = Token.text(key.suffix()).strip();
        return kind + name + " " + key.columns().stream().map(DefinitionText::keyColumn).collect(Collectors.joining(",", "(", ")"))
                + (suffix.isEmpty() ? "" : " " + suffix);
    }

    private static String keyColumn(KeyColumn part) {
        return part.column().map(SqlNames::quote).orElse("") + Token.text(part.tokens());
    }

    private static String option(Option option) {
        String name = option.name().equals("CHARSET") ? "DEFAULT CHARSET" : option.name();
        return " " + name + (option.value().isEmpty() ? "" : "=" + Token.text(option.value()));
    }
}
