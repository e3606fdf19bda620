package io.opendts.functions.control;

import io.opendts.functions.control.ControlFunction.Request;
import io.opendts.queue.MessageType;
import io.opendts.queue.Payloads;
import io.opendts.queue.Publisher;
import io.opendts.state.Requests.Open;
import io.opendts.state.StateStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Sends requests to workers in other processes, each once until it is due again. Sent first and recorded afterwards: a process
 * killed in between sends it twice, which is harmless; recorded but not sent it would be waited for. Safe for many threads.
 */
public final class Dispatcher {

    /** A worker that has not answered by then is asked again. */
    private static final long DUE_MILLIS = 60_000;

    private static final String SOURCE = "/functions/control";

    private final StateStore store;
    private final Publisher publisher;
    private final InstantSource clock;

    public Dispatcher(StateStore store, Publisher publisher, InstantSource clock) {
        this.store = store;
        this.publisher = publisher;
        this.clock = clock;
    }

    public void dispatch(List<Request> requests) {
        requests.forEach(this::dispatch);
    }

    private void dispatch(Request request) {
        String task = request.payload().task();
        Optional<Open> asked = store.requests().find(task, request.id());
        if (asked.isPresent() && asked.get().dueMillis() > clock.millis()) {
            return;
        }
        publisher.publish(MessageType.of(request.payload()).topic(),
                Payloads.message(request.payload(), SOURCE, clock.instant(), request.id()));
        store.requests().asked(task, request.id(), clock.millis() + DUE_MILLIS);
    }
}
