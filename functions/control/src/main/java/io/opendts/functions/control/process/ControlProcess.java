package io.opendts.functions.control.process;

import io.opendts.cluster.Intake;
import io.opendts.cluster.WorkMetrics;
import io.opendts.functions.control.Dispatcher;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.queue.Message;
import io.opendts.queue.MessageType;
import io.opendts.queue.Payload;
import io.opendts.queue.Payloads;
import io.opendts.queue.Topics;
import io.opendts.queue.kafka.CloudEventRecords;
import io.opendts.queue.kafka.KafkaPublisher;
import io.opendts.queue.kafka.KafkaTopics;
import io.opendts.state.StateStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The control function as a process: what was done comes from dts.events, what nobody tells is found by looking. */
@Singleton
public class ControlProcess {

    @ConfigProperty(name = "dts.process-id")
    String name;

    /** What needs the state store is made when that is there, not before this process is. */
    @Inject
    Instance<StateStore> store;

    @Inject
    Instance<Intake> intake;

    @Inject
    Instance<Reactions> reactions;

    @Inject
    KafkaPublisher publisher;

    @Inject
    KafkaTopics topics;

    @Inject
    WorkMetrics metrics;

    private Sweeper sweeper;
    private Figures figures;
    private boolean closed;

    void start(@Observes StartupEvent started) {
        Thread.ofPlatform().name("begin").daemon(true).start(this::begin);
    }

    private void begin() {
        Sweeper made = new Sweeper(name, store.get(), topics, reactions.get(), publisher, intake.get());
        synchronized (this) {
            if (!closed) {
                sweeper = made;
                sweeper.start();
                figures = new Figures(store.get(), topics, metrics);
                figures.start();
            }
        }
    }

    synchronized void stop(@Observes ShutdownEvent stopping) {
        closed = true;
        if (sweeper != null) {
            figures.close();
            sweeper.close();
        }
    }

    @Incoming("events")
    @Blocking
    public void take(ConsumerRecord<String, byte[]> record) {
        Intake to = intake.get();
        to.patiently(() -> to.orDeadLetter(record, () -> react(record)));
    }

    private void react(ConsumerRecord<String, byte[]> record) {
        Message message = CloudEventRecords.read(record);
        Payload payload = Payloads.read(message);
        if (!MessageType.of(payload).consumer().equals(Topics.CONTROL)) {
            throw refused(message, "is of type " + message.type() + ", which the control function does not take");
        }
        if (!message.subject().equals(payload.task())) {
            throw refused(message, "has the subject " + message.subject() + " and speaks of task " + payload.task());
        }
        if (!message.source().equals(Dispatcher.SOURCE)) {
            reactions.get().react(message.subject(), payload);
        }
    }

    private static DtsException refused(Message message, String why) {
        return new DtsException(ErrorCode.MESSAGE_REFUSED, "message " + message.id() + " " + why, "send what the contract says");
    }
}
