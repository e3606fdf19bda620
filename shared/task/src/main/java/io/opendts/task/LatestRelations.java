package io.opendts.task;

import io.opendts.model.TableId;
import io.opendts.spi.Relations;
import io.opendts.state.StateStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The newest registered layout of every selected table, as a log reader asks for them. Read once: immutable. */
public final class LatestRelations implements Relations {

    private final Map<TableId, Known> known;
    private final List<String> databases;

    public LatestRelations(StateStore store, String task) {
        known = store.relations().latest(task).stream()
                .collect(Collectors.toUnmodifiableMap(r -> r.table().id(), r -> new Known(r.table(), r.route(), r.relation())));
        databases = known.keySet().stream().map(TableId::database).distinct().sorted().toList();
    }

    @Override
    public Optional<Known> of(TableId table) {
        return Optional.ofNullable(known.get(table));
    }

    @Override
    public List<String> databases() {
        return databases;
    }
}
