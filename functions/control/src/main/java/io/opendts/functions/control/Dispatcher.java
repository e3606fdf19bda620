package io.opendts.functions.control;

import io.opendts.functions.control.ControlFunction.Request;
import io.opendts.queue.Message;
import io.opendts.queue.MessageType;
import io.opendts.queue.Payloads;
import io.opendts.queue.Publisher;
import io.opendts.state.Requests.Open;
import io.opendts.state.StateStore;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Sends requests to workers in other processes, each once until it is due again, however many control processes want to. Claimed
 * for a moment first, then sent, then recorded as sent: what a process that is killed in between has claimed is soon due again, so
 * that it is sent twice at the worst, which is harmless. Safe for many threads.
 */
public final class Dispatcher {

    /** A worker that has not answered by then is asked again. */
    private static final long DUE_MILLIS = 60_000;

    /** More than sending takes. */
    private static final long CLAIM_MILLIS = 5_000;

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
        long now = clock.millis();
        // Most of the time nothing is to be sent: the claim, which makes others wait, is then saved.
        Map<String, Long> due = store.requests().open(task).stream().collect(Collectors.toMap(Open::id, Open::dueMillis));
        List<String> wanted = requests.stream().map(Request::id).filter(id -> due.getOrDefault(id, 0L) <= now).toList();
        if (wanted.isEmpty()) {
            return;
        }
        List<String> claimed = store.requests().claim(task, wanted, now, now + CLAIM_MILLIS);
        if (claimed.isEmpty()) {
            return;
        }
        requests.stream().filter(request -> claimed.contains(request.id()))
                .collect(Collectors.groupingBy(request -> MessageType.of(request.payload()).topic(), LinkedHashMap::new,
                        Collectors.mapping(this::message, Collectors.toList())))
                .forEach(publisher::publish);
        store.requests().sent(task, claimed, clock.millis() + DUE_MILLIS);
    }

    private Message message(Request request) {
        return Payloads.message(request.payload(), SOURCE, clock.instant(), request.id());
    }
}
