package io.opendts.task;

import io.opendts.model.Route;
import io.opendts.model.TableId;
import io.opendts.spec.NamePattern.NameCase;
import io.opendts.spec.Selection;
import io.opendts.spec.TaskSpec;
import io.opendts.spi.Selector;
import java.util.List;
import java.util.Optional;

/** A task file's selection, as engines ask for it. */
final class SpecSelector implements Selector {

    private final Selection selection;

    SpecSelector(TaskSpec spec) {
        selection = Selection.of(spec, NameCase.SENSITIVE);
    }

    @Override
    public Optional<String> database(String source) {
        return selection.database(source);
    }

    @Override
    public Optional<Route> table(TableId source) {
        return selection.table(source.database(), source.name()).map(Selection.TableSelection::route);
    }

    @Override
    public boolean objects(String database) {
        return selection.objects(database);
    }

    @Override
    public List<String> problems(List<TableId> tables) {
        return selection.problems(tables).stream().map(p -> "line " + p.line() + ": " + p.message()).toList();
    }
}
