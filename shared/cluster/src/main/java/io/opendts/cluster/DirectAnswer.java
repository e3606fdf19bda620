package io.opendts.cluster;

import io.opendts.model.DtsException;
import io.opendts.queue.Message;
import io.opendts.queue.Payload;
import io.opendts.queue.Payloads;
import io.opendts.state.StateStore;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventBuilder;
import java.time.Instant;

/**
 * From a CloudEvent over HTTP to the CloudEvent that answers it. What may pass is thrown, so that the sender, Knative or a person,
 * sends it again; what failed for good is answered by the state that the task gets.
 */
public final class DirectAnswer {

    private final Worker worker;
    private final StateStore store;

    public DirectAnswer(Worker worker, StateStore store) {
        this.worker = worker;
        this.store = store;
    }

    public <P extends Payload> CloudEvent<Object> answer(CloudEvent<P> event, Class<P> type, Work<P> work) {
        Message request = Payloads.message(event.data(), event.source(), Instant.now(), event.id());
        return switch (worker.perform(request, type, work)) {
            case Outcome.Done(Payload completed, Message answer) -> {
                store.requests().done(request.subject(), request.id());
                yield event(answer, completed);
            }
            case Outcome.Failed(_, Message state) -> event(state, Payloads.read(state));
            case Outcome.Postponed(DtsException cause, _) -> throw cause;
            case Outcome.Dropped(String why) -> throw new IllegalArgumentException(why);
            case Outcome.Refused(String why) -> throw new IllegalArgumentException(why);
        };
    }

    private static CloudEvent<Object> event(Message message, Object data) {
        return CloudEventBuilder.create().id(message.id()).type(message.type()).source(message.source()).subject(message.subject())
                .time(message.time().atOffset(java.time.ZoneOffset.UTC)).build(data);
    }
}
