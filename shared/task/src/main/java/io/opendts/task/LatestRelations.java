package io.opendts.task;

import io.opendts.model.TableId;
import io.opendts.spi.Relations;
import io.opendts.state.Relations.Registered;
import io.opendts.state.StateStore;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The newest registered layout of every selected table, as a log reader asks for them. Read once: immutable. */
public final class LatestRelations implements Relations {

    private final boolean folds;
    private final Map<TableId, Known> known;
    private final List<String> databases;

    /** @param folds whether the log may write a name in another case than the catalog does */
    public LatestRelations(StateStore store, String task, boolean folds) {
        this.folds = folds;
        List<Registered> latest = store.relations().latest(task);
        known = latest.stream().collect(Collectors.toUnmodifiableMap(r -> folded(r.table().id()),
                r -> new Known(r.table(), r.route(), r.relation())));
        databases = latest.stream().map(r -> r.table().id().database()).distinct().sorted().toList();
    }

    private TableId folded(TableId id) {
        return folds ? new TableId(id.database().toLowerCase(Locale.ROOT), id.name().toLowerCase(Locale.ROOT)) : id;
    }

    @Override
    public Optional<Known> of(TableId table) {
        return Optional.ofNullable(known.get(folded(table)));
    }

    @Override
    public List<String> databases() {
        return databases;
    }
}
