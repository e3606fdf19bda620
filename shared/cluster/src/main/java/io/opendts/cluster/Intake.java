package io.opendts.cluster;

import io.opendts.model.DtsException;
import io.opendts.queue.Message;
import io.opendts.queue.Payload;
import io.opendts.queue.Topics;
import io.opendts.queue.kafka.CloudEventRecords;
import io.opendts.queue.kafka.KafkaPublisher;
import io.opendts.state.StateStore;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * From a record of a topic to its effect: returns once the record may be acknowledged, whatever was in it. While the state store or
 * the queue is away it waits and says so, and the record stays.
 */
public final class Intake {

    private static final System.Logger LOG = System.getLogger(Intake.class.getName());

    private final Worker worker;
    private final StateStore store;
    private final KafkaPublisher publisher;
    private final Waiting waiting;

    public Intake(Worker worker, StateStore store, KafkaPublisher publisher, Waiting waiting) {
        this.worker = worker;
        this.store = store;
        this.publisher = publisher;
        this.waiting = waiting;
    }

    public <P extends Payload> void take(ConsumerRecord<String, byte[]> record, Class<P> type, Work<P> work) {
        settle(record, () -> {
            Message message;
            try {
                message = CloudEventRecords.read(record);
            } catch (DtsException refused) {
                publisher.deadLetter(record, refused.getMessage());
                return;
            }
            settle(record, message, worker.perform(message, type, work));
        });
    }

    /**
     * Nothing but the end of this process comes out of here: an exception would end the consumer for all messages behind this one.
     * What hits a bug is told as a dead letter; if it was a request, control asks again when it is due.
     */
    public void settle(ConsumerRecord<String, byte[]> record, Runnable step) {
        patiently(() -> {
            try {
                step.run();
            } catch (RuntimeException failure) {
                if (failure instanceof DtsException known && Worker.infrastructure(known)) {
                    throw failure;
                }
                LOG.log(System.Logger.Level.ERROR, "to the dead letters: a message of " + record.topic(), failure);
                publisher.deadLetter(record, failure.toString());
            }
        });
    }

    private void settle(ConsumerRecord<String, byte[]> record, Message message, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done(_, Message answer) -> {
                publisher.publish(Topics.EVENTS, answer);
                store.requests().done(message.subject(), message.id());
            }
            case Outcome.Dropped(String why) -> {
                LOG.log(System.Logger.Level.INFO, "dropped message {0}: {1}", message.id(), why);
                store.requests().done(message.subject(), message.id());
            }
            case Outcome.Postponed(DtsException cause, long due) -> LOG.log(System.Logger.Level.WARNING,
                    "message {0} failed and is tried again in {1} ms: {2} {3}", message.id(), due - System.currentTimeMillis(),
                    cause.code().code(), cause.getMessage());
            case Outcome.Failed(DtsException cause, Message state) -> {
                LOG.log(System.Logger.Level.WARNING, "task {0} fails: {1} {2}", message.subject(), cause.code().code(), cause.getMessage());
                publisher.publish(Topics.EVENTS, state);
                store.requests().done(message.subject(), message.id());
            }
            case Outcome.Refused(String reason) -> {
                LOG.log(System.Logger.Level.WARNING, "to the dead letters: {0}", reason);
                publisher.deadLetter(record, reason);
            }
        }
    }

    /** Until it is done, or this thread is interrupted because the process ends. */
    public void patiently(Runnable step) {
        waiting.until(() -> {
            step.run();
            return null;
        });
    }
}
