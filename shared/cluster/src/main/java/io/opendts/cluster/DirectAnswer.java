package io.opendts.cluster;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.queue.Message;
import io.opendts.queue.Payload;
import io.opendts.queue.Payloads;
import io.opendts.state.StateStore;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventBuilder;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * From a CloudEvent over HTTP to the CloudEvent that answers it. What was not worked on is thrown, and told by {@link HttpDoor}
 * with a status by which the sender, Knative or a person, knows whether to send it again; what failed for good is answered by the
 * state that the task gets.
 */
@Singleton
public class DirectAnswer {

    private final Worker worker;
    private final StateStore store;

    public DirectAnswer(Worker worker, StateStore store) {
        this.worker = worker;
        this.store = store;
    }

    public <P extends Payload> CloudEvent<Object> answer(CloudEvent<P> event, Class<P> type, Work<P> work) {
        Message request = message(event);
        return switch (worker.perform(request, type, work)) {
            case Outcome.Done(Payload completed, Message answer) -> {
                store.requests().done(request.subject(), request.id());
                yield event(answer, completed);
            }
            case Outcome.Failed(_, Message state) -> event(state, Payloads.read(state));
            case Outcome.Postponed(DtsException cause, _) -> throw cause;
            case Outcome.Dropped(ErrorCode code, String why) -> throw new DtsException(code, why,
                    "nothing is left to do for this event; what a task still needs, its control function asks for");
            case Outcome.Refused(String why) -> throw refused(why, null);
        };
    }

    /** Its data is read only now, by Funqy. */
    private static <P extends Payload> Message message(CloudEvent<P> event) {
        P data;
        try {
            data = event.data();
        } catch (RuntimeException unreadable) {
            throw refused("event " + event.id() + " has data that are none of the type " + event.type(), unreadable);
        }
        if (data == null || data.task() == null) {
            throw refused("event " + event.id() + " has data without a task", null);
        }
        if (event.subject() != null && !event.subject().equals(data.task())) {
            throw refused("event " + event.id() + " has the subject " + event.subject() + " and speaks of task " + data.task(), null);
        }
        return Payloads.message(data, event.source(), Instant.now(), event.id());
    }

    private static DtsException refused(String why, Throwable cause) {
        return new DtsException(ErrorCode.MESSAGE_REFUSED, why, "send what the contract says", cause);
    }

    private static CloudEvent<Object> event(Message message, Object data) {
        return CloudEventBuilder.create().id(message.id()).type(message.type()).source(message.source()).subject(message.subject())
                .time(message.time().atOffset(ZoneOffset.UTC)).build(data);
    }
}
