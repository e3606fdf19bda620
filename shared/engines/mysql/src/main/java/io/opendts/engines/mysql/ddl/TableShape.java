package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.ServerVersion;
import io.opendts.engines.mysql.schema.TableDefinition;
import io.opendts.engines.mysql.schema.TableDefinition.Attribute;
import io.opendts.engines.mysql.schema.TableDefinition.Attribute.Kind;
import io.opendts.engines.mysql.schema.TableDefinition.ColumnPart;
import io.opendts.engines.mysql.schema.TableDefinition.Element;
import io.opendts.engines.mysql.schema.TableDefinition.Option;
import io.opendts.engines.mysql.schema.Token;
import io.opendts.model.Column;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a table is made of, with nothing left to defaults: each text names its character set and collation, so that a change of
 * the table's own changes no column unnoticed.
 */
record TableShape(TableId id, TableDefinition definition) {

    static TableShape of(Table table, ServerVersion server) {
        TableDefinition printed = TableDefinition.parse(table.definition());
        List<Element> elements = new ArrayList<>();
        for (Element element : printed.elements()) {
            elements.add(element instanceof ColumnPart column ? resolved(column, table) : element);
        }
        return new TableShape(table.id(), new TableDefinition(elements, options(printed, server), printed.partition()));
    }

    /** The same table with its definition written so. */
    static Table canonical(Table table, ServerVersion server) {
        return new Table(table.id(), table.columns(), table.keys(), table.foreignKeys(), table.storageEngine(),
                DefinitionText.of(of(table, server)), table.rowsEstimated(), table.bytesEstimated());
    }

    /** The same again, where columns that are as the table says do not say it: as people write them. */
    static Table written(Table table, ServerVersion server) {
        TableShape shape = of(table, server);
        TableDefaults defaults = shape.defaults();
        List<Element> elements = shape.definition.elements().stream()
                .map(e -> e instanceof ColumnPart column ? withoutDefaults(column, defaults) : e).toList();
        TableDefinition definition = new TableDefinition(elements, shape.definition.options(), shape.definition.partition());
        return new Table(table.id(), table.columns(), table.keys(), table.foreignKeys(), table.storageEngine(),
                DefinitionText.of(new TableShape(table.id(), definition)), table.rowsEstimated(), table.bytesEstimated());
    }

    private static Element withoutDefaults(ColumnPart column, TableDefaults defaults) {
        boolean same = column.attribute(Kind.CHARSET).filter(a -> Token.text(a.value()).equals(defaults.charset())).isPresent()
                && column.attribute(Kind.COLLATE).filter(a -> Token.text(a.value()).equals(defaults.collation())).isPresent();
        return !same ? column : new ColumnPart(column.name(), column.type(), column.attributes().stream()
                .filter(a -> a.kind() != Kind.CHARSET && a.kind() != Kind.COLLATE).toList());
    }

    private static ColumnPart resolved(ColumnPart part, Table table) {
        Optional<Column> column = table.columns().stream().filter(c -> c.name().equals(part.name())).findFirst();
        List<Attribute> attributes = new ArrayList<>(part.attributes());
        column.flatMap(Column::charset).ifPresent(charset -> {
            attributes.removeIf(a -> a.kind() == Kind.CHARSET || a.kind() == Kind.COLLATE);
            attributes.add(new Attribute(Kind.CHARSET, List.of(Token.word(charset))));
            attributes.add(new Attribute(Kind.COLLATE, List.of(Token.word(column.get().collation().orElseThrow()))));
        });
        return new ColumnPart(part.name(), part.type(), ColumnForm.sorted(attributes));
    }

    private static List<Option> options(TableDefinition printed, ServerVersion server) {
        List<Option> options = new ArrayList<>(printed.options());
        boolean collated = printed.option("COLLATE").isPresent();
        Optional<String> charset = printed.option("CHARSET");
        if (!collated && charset.isPresent()) {
            int at = options.indexOf(options.stream().filter(o -> o.name().equals("CHARSET")).findFirst().orElseThrow());
            options.add(at + 1, new Option("COLLATE", List.of(Token.word(Charsets.defaultCollation(charset.get(), server)))));
        }
        return List.copyOf(options);
    }

    TableDefaults defaults() {
        String charset = definition.option("CHARSET").orElse("binary");
        return new TableDefaults(charset, definition.option("COLLATE").orElse(charset));
    }
}
