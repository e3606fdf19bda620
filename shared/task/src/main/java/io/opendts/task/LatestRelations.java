package io.opendts.task;

import io.opendts.model.Route.Operation;
import io.opendts.model.TableId;
import io.opendts.spi.Relations;
import io.opendts.spi.Selector;
import io.opendts.state.Relations.Registered;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The newest registered layout of every selected table, as a log reader asks for them. Read once: immutable. */
public final class LatestRelations implements Relations {

    private final boolean folds;
    private final Selector selector;
    private final Map<TableId, Known> known;
    private final List<String> databases;

    private LatestRelations(List<Registered> latest, Selector selector, boolean folds) {
        this.folds = folds;
        this.selector = selector;
        known = latest.stream().collect(Collectors.toUnmodifiableMap(r -> folded(r.table().id()),
                r -> new Known(r.table(), r.route(), r.relation())));
        databases = latest.stream().map(r -> r.table().id().database()).distinct().sorted().toList();
    }

    public static LatestRelations of(TaskContext task) {
        return new LatestRelations(task.store().relations().latest(task.name()), task.selector(), task.source().foldsNames());
    }

    private TableId folded(TableId id) {
        return folds ? new TableId(id.database().toLowerCase(Locale.ROOT), id.name().toLowerCase(Locale.ROOT)) : id;
    }

    @Override
    public Optional<Known> of(TableId table) {
        return Optional.ofNullable(known.get(folded(table)));
    }

    @Override
    public boolean followsSchema(TableId table) {
        return selector.table(table).map(route -> route.operations().contains(Operation.DDL)).orElse(false);
    }

    @Override
    public List<String> databases() {
        return databases;
    }
}
