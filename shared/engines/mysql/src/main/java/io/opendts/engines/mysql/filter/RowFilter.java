package io.opendts.engines.mysql.filter;

import io.opendts.model.Column;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Table;
import io.opendts.model.filter.FilterParser;
import io.opendts.model.filter.FilterProblem;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A row filter of one table, understood: what the copy and the checksums ask the server, and what the log's rows are held
 * against, come from one typed tree. Immutable.
 */
public final class RowFilter {

    private final Predicate predicate;
    private final List<Column> columns;
    private final List<ServerAtom> atoms;

    private RowFilter(Predicate predicate, List<Column> columns, List<ServerAtom> atoms) {
        this.predicate = predicate;
        this.columns = List.copyOf(columns);
        this.atoms = List.copyOf(atoms);
    }

    /** @throws DtsException FILTER_UNSUPPORTED, with everything that is wrong */
    public static RowFilter of(String text, Table table) {
        Typing typing = new Typing(table);
        Predicate predicate = typed(text, typing);
        if (!typing.problems().isEmpty()) {
            throw new DtsException(ErrorCode.FILTER_UNSUPPORTED,
                    "the filter of table " + table.id() + typing.problems().stream().map(p -> " " + p.told())
                            .collect(Collectors.joining("; it")),
                    typing.problems().stream().map(FilterProblem::remedy).distinct().collect(Collectors.joining(" ")));
        }
        return new RowFilter(predicate, typing.columns(), typing.atoms());
    }

    private static Predicate typed(String text, Typing typing) {
        return switch (FilterParser.parse(text)) {
            case FilterParser.Parsed.Good(var condition) -> typing.predicate(condition);
            case FilterParser.Parsed.Refused(FilterProblem problem) -> typing.refused(problem);
        };
    }

    /** For WHERE, in a session in UTC whose sql_mode has the default rules of strings. */
    public String sql() {
        return predicate.sql();
    }

    /** That it looks at, each once. */
    public List<Column> columns() {
        return columns;
    }

    Predicate predicate() {
        return predicate;
    }

    List<ServerAtom> atoms() {
        return atoms;
    }
}
