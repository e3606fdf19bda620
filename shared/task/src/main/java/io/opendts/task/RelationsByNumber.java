package io.opendts.task;

import io.opendts.model.Relation;
import io.opendts.state.Relations.Registered;
import io.opendts.state.StateStore;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntFunction;

/** The layouts of a task as batches name them, each read from the store once: a number never changes its meaning. */
public final class RelationsByNumber implements IntFunction<Relation> {

    private final StateStore store;
    private final String task;
    private final Map<Integer, Relation> known = new ConcurrentHashMap<>();

    public RelationsByNumber(StateStore store, String task) {
        this.store = store;
        this.task = task;
    }

    /** Null for one that does not exist. */
    @Override
    public Relation apply(int number) {
        return known.computeIfAbsent(number, n -> store.relations().find(task, n).map(Registered::relation).orElse(null));
    }
}
