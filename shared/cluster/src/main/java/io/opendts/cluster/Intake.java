package io.opendts.cluster;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.queue.Message;
import io.opendts.queue.Payload;
import io.opendts.queue.Topics;
import io.opendts.queue.kafka.CloudEventRecords;
import io.opendts.queue.kafka.KafkaPublisher;
import io.opendts.state.StateStore;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
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
    private final WorkMetrics metrics;
    private final AtomicBoolean first = new AtomicBoolean(true);

    public Intake(Worker worker, StateStore store, KafkaPublisher publisher, Waiting waiting, WorkMetrics metrics) {
        this.worker = worker;
        this.store = store;
        this.publisher = publisher;
        this.waiting = waiting;
        this.metrics = metrics;
    }

    public <P extends Payload> void take(ConsumerRecord<String, byte[]> record, Class<P> type, Work<P> work) {
        if (first.compareAndSet(true, false)) {
            // Whoever scales processes with the queue's lag wants to know how long a new one takes to be of use.
            LOG.log(System.Logger.Level.INFO, "first message after {0} ms of this process",
                    Long.toString(ManagementFactory.getRuntimeMXBean().getUptime()));
        }
        long began = System.nanoTime();
        patiently(() -> orDeadLetter(record, () -> {
            Message message = CloudEventRecords.read(record);
            Outcome outcome = worker.perform(message, type, work);
            settle(record, message, outcome);
            if (outcome instanceof Outcome.Done) {
                metrics.message(message.subject(), Duration.ofNanos(System.nanoTime() - began));
            }
        }));
    }

    /**
     * One record, until the state store and the queue have let it be worked on. What cannot be read or hits a bug goes to the dead
     * letters: the next record must not wait for it.
     */
    public void orDeadLetter(ConsumerRecord<String, byte[]> record, Runnable step) {
        try {
            step.run();
        } catch (DtsException failure) {
            if (Worker.infrastructure(failure)) {
                throw failure;
            }
            refuse(record, failure.getMessage());
        } catch (RuntimeException bug) {
            LOG.log(System.Logger.Level.ERROR, "a message of topic " + record.topic() + " hit a bug", bug);
            refuse(record, ErrorCode.BUG.code() + " it hit a bug: " + bug.getClass().getSimpleName());
        }
    }

    private void refuse(ConsumerRecord<String, byte[]> record, String reason) {
        LOG.log(System.Logger.Level.WARNING, "to the dead letters: {0}", reason);
        publisher.deadLetter(record, reason);
    }

    private void settle(ConsumerRecord<String, byte[]> record, Message message, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done(_, Message answer) -> {
                publisher.publish(Topics.EVENTS, answer);
                store.requests().done(message.subject(), message.id());
            }
            case Outcome.Dropped(_, String why) -> {
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
            case Outcome.Refused(String reason) -> refuse(record, reason);
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
