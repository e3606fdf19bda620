package io.opendts.functions.control.api;

import io.opendts.model.event.Event;
import io.opendts.model.event.EventSink;
import io.opendts.state.Requests.Open;
import io.opendts.state.StateStore;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Tells of failures that are going to be tried again, each attempt once; those of before it was made are passed over. */
final class RetryNotes {

    private static final long LOOK_MILLIS = 1_000;

    private final StateStore store;
    private final String task;
    private final Map<String, Integer> told = new HashMap<>();
    private long lastMillis;

    RetryNotes(StateStore store, String task) {
        this.store = store;
        this.task = task;
        store.requests().open(task).forEach(open -> told.put(open.id(), open.attempts()));
    }

    void tell(EventSink out) {
        if (System.currentTimeMillis() - lastMillis < LOOK_MILLIS) {
            return;
        }
        lastMillis = System.currentTimeMillis();
        List<Open> waiting = store.requests().open(task);
        for (Open open : waiting) {
            Integer before = told.put(open.id(), open.attempts());
            if (open.attempts() > (before == null ? 0 : before)) {
                out.emit(new Event.Note("trying again after " + open.code() + ": " + open.reason()));
            }
        }
        told.keySet().retainAll(waiting.stream().map(Open::id).toList());
    }
}
