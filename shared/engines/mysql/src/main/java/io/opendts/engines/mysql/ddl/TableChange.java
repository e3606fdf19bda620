package io.opendts.engines.mysql.ddl;

import io.opendts.engines.mysql.schema.TableDefinition;
import io.opendts.engines.mysql.schema.TableDefinition.Element;
import io.opendts.engines.mysql.schema.Token;
import io.opendts.model.TableId;
import java.util.ArrayList;
import java.util.List;
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
        Optional<TableDefaults> converted = converted(clauses);
        TableDefaults defaults = named(option(clauses, "CHARSET"), option(clauses, "COLLATE"), converted.orElse(before.defaults()));
        ChangedColumns columns = new ChangedColumns(server, defaults, converted, old.columns());
        columns.apply(clauses);
        ChangedKeys keys = new ChangedKeys(before.id(), after, server, columns, old,
                TableOptions.engine(old, clauses));
        keys.apply(clauses);
        List<Element> elements = new ArrayList<>(keys.columns());
        elements.addAll(keys.keys());
        elements.addAll(periods(old, clauses));
        elements.addAll(keys.foreignKeys());
        elements.addAll(keys.checks());
        return new TableShape(after, new TableDefinition(List.copyOf(elements), TableOptions.of(old, defaults, clauses),
                partition(old, columns, clauses)));
    }

    private Optional<TableDefaults> converted(List<Clause> clauses) {
        return clauses.stream().filter(Clause.Convert.class::isInstance).map(Clause.Convert.class::cast)
                .reduce((_, last) -> last).map(to -> named(to.charset(), to.collation(), database));
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
