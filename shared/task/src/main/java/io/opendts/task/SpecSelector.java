package io.opendts.task;

import io.opendts.model.Catalog;
import io.opendts.model.Column;
import io.opendts.model.Route;
import io.opendts.model.SchemaObject;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spec.NamePattern;
import io.opendts.spec.NamePattern.NameCase;
import io.opendts.spec.Selection;
import io.opendts.spec.TaskSpec;
import io.opendts.spec.TaskSpec.DatabaseEntry;
import io.opendts.spi.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** A task file's selection, as engines ask for it. */
final class SpecSelector implements Selector {

    private final TaskSpec spec;
    private final Selection selection;

    SpecSelector(TaskSpec spec) {
        this.spec = spec;
        selection = Selection.of(spec, NameCase.SENSITIVE);
    }

    @Override
    public Optional<String> database(String source) {
        return selection.database(source);
    }

    @Override
    public Optional<Route> table(TableId source) {
        return selection.table(source.database(), source.name());
    }

    @Override
    public Optional<Route> route(Table table) {
        return table(table.id()).map(route -> selection.spelled(route, table.columns().stream().map(Column::name).toList()));
    }

    @Override
    public boolean objects(String database) {
        return selection.objects(database);
    }

    /** A name that the source does not have would be passed over without a word: a mistyped one is found here. */
    @Override
    public List<String> problems(Catalog catalog) {
        List<TableId> tables = catalog.tables().stream().map(Table::id).toList();
        List<String> problems = new ArrayList<>(
                selection.problems(tables).stream().map(p -> "line " + p.line() + ": " + p.message()).toList());
        Set<String> databases = catalog.objects().stream().filter(o -> o.kind() == SchemaObject.Kind.DATABASE)
                .map(o -> o.id().database()).collect(Collectors.toSet());
        for (DatabaseEntry entry : spec.objects()) {
            if (entry.database() instanceof NamePattern.Exact(String database)) {
                if (!databases.contains(database)) {
                    problems.add("line " + entry.line() + ": the source has no database " + database);
                    continue;
                }
                entry.tables().stream()
                        .filter(t -> t.table() instanceof NamePattern.Exact(String name) && !tables.contains(new TableId(database, name)))
                        .forEach(t -> problems.add("line " + t.line() + ": the source has no table " + database + "." + t.table().text()));
            }
        }
        return problems;
    }
}
