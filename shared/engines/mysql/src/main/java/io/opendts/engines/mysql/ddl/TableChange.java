package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.TableDefinition;
import io.opendts.engines.mysql.schema.TableDefinition.Element;
import io.opendts.engines.mysql.schema.TableDefinition.Option;
import io.opendts.engines.mysql.schema.Token;
import io.opendts.model.TableId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a table is after ALTER TABLE, from what it was before it and the statement. All clauses of a statement see the table as it
 * was before the first of them, as on the server. Pure.
 */
final class TableChange {

    private final SourceServer server;
    private final TableDefaults database;

    /** @param database what CONVERT TO ... DEFAULT means */
    TableChange(SourceServer server, TableDefaults database) {
        this.server = server;
        this.database = database;
    }

    /** @throws NotUnderstood something of the statement is not known here, or does not fit the table */
    TableShape of(TableShape before, TableStatement.Alter statement) {
        return of(before, statement.clauses(), statement.after());
    }

    TableShape of(TableShape before, List<Clause> clauses, TableId after) {
        TableDefinition old = before.definition();
        TableDefaults defaults = defaults(before.defaults(), clauses);
        ChangedColumns columns = new ChangedColumns(server, defaults, old.columns());
        columns.apply(clauses);
        ChangedKeys keys = new ChangedKeys(before.id(), after, server, columns, old);
        keys.apply(clauses);
        List<Element> elements = new ArrayList<>(keys.columns());
        elements.addAll(keys.keys());
        elements.addAll(periods(old, clauses));
        elements.addAll(keys.foreignKeys());
        elements.addAll(keys.checks());
        return new TableShape(after, new TableDefinition(List.copyOf(elements), options(old, defaults, clauses),
                partition(old, columns, clauses)));
    }

    private TableDefaults defaults(TableDefaults before, List<Clause> clauses) {
        TableDefaults now = before;
        for (Clause clause : clauses) {
            if (clause instanceof Clause.Convert(Optional<String> charset, Optional<String> collation)) {
                now = named(charset, collation, database);
            }
        }
        return named(option(clauses, "CHARSET"), option(clauses, "COLLATE"), now);
    }

    private TableDefaults named(Optional<String> charset, Optional<String> collation, TableDefaults otherwise) {
        if (charset.isEmpty() && collation.isEmpty()) {
            return otherwise;
        }
        String set = charset.filter(c -> !c.equals("default")).or(() -> collation.flatMap(Charsets::ofCollation))
                .orElse(otherwise.charset());
        String sorted = collation.map(c -> Charsets.ofCollation(c).isPresent() ? c : set + "_" + c)
                .orElseGet(() -> Charsets.defaultCollation(set, server.version()));
        return new TableDefaults(set, sorted);
    }

    private static Optional<String> option(List<Clause> clauses, String name) {
        return clauses.stream().filter(c -> c instanceof Clause.SetOption(String set, _) && set.equals(name))
                .map(c -> Token.text(((Clause.SetOption) c).value())).reduce((_, last) -> last);
    }

    private static List<TableDefinition.PeriodPart> periods(TableDefinition old, List<Clause> clauses) {
        List<TableDefinition.PeriodPart> periods = new ArrayList<>();
        old.elements().stream().filter(TableDefinition.PeriodPart.class::isInstance)
                .forEach(period -> periods.add((TableDefinition.PeriodPart) period));
        clauses.forEach(clause -> {
            if (clause instanceof Clause.AddPeriod(TableDefinition.PeriodPart period)) {
                periods.add(period);
            }
        });
        return periods;
    }

    private static List<Option> options(TableDefinition old, TableDefaults defaults, List<Clause> clauses) {
        Map<String, List<Token>> options = new LinkedHashMap<>();
        old.options().forEach(o -> options.put(o.name(), o.value()));
        for (Clause clause : clauses) {
            if (clause instanceof Clause.SetOption(String name, List<Token> value)) {
                options.put(name, value);
            }
        }
        options.put("CHARSET", List.of(Token.word(defaults.charset())));
        options.put("COLLATE", List.of(Token.word(defaults.collation())));
        return options.entrySet().stream().map(o -> new Option(o.getKey(), o.getValue())).toList();
    }

    private static List<Token> partition(TableDefinition old, ChangedColumns columns, List<Clause> clauses) {
        List<Token> now = columns.renamed(old.partition());
        for (Clause clause : clauses) {
            if (clause instanceof Clause.Partition(List<Token> text)) {
                now = text;
            }
        }
        return now;
    }
}
