package io.opendts.functions.control;

import io.opendts.functions.control.ControlFunction.Request;
import io.opendts.queue.MessageType;
import io.opendts.queue.Payloads;
import io.opendts.queue.Publisher;
import io.opendts.state.Requests.Open;
import io.opendts.state.StateStore;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Sends requests to workers in other processes, each once until it is due again. Sent first and recorded afterwards: a process
 * killed in between sends it twice, which is harmless; recorded but not sent it would be waited for. Safe for many threads.
 */
public final class Dispatcher {

    /** A worker that has not answered by then is asked again. */
    private static final long DUE_MILLIS = 60_000;

    public static final String SOURCE = "/functions/control";

    private final StateStore store;
    private final Publisher publisher;
    private final InstantSource clock;

    public Dispatcher(StateStore store, Publisher publisher, InstantSource clock) {
        this.store = store;
        this.publisher = publisher;
        this.clock = clock;
    }

    /** @param requests of one task */
    public void dispatch(List<Request> requests) {
        if (requests.isEmpty()) {
            return;
        }
        String task = requests.getFirst().payload().task();
        Map<String, Long> due = store.requests().open(task).stream().collect(Collectors.toMap(Open::id, Open::dueMillis));
        for (Request request : requests) {
            if (due.getOrDefault(request.id(), 0L) <= clock.millis()) {
                publisher.publish(MessageType.of(request.payload()).topic(),
                        Payloads.message(request.payload(), SOURCE, clock.instant(), request.id()));
                store.requests().asked(task, request.id(), clock.millis() + DUE_MILLIS);
            }
        }
    }
}
