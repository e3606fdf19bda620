package io.opendts.functions.control.process;

import io.opendts.cluster.Intake;
import io.opendts.functions.control.Dispatcher;
import io.opendts.model.DtsException;
import io.opendts.queue.Message;
import io.opendts.queue.Payload;
import io.opendts.queue.Payloads;
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

    private Sweeper sweeper;
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
            }
        }
    }

    synchronized void stop(@Observes ShutdownEvent stopping) {
        closed = true;
        if (sweeper != null) {
            sweeper.close();
        }
    }

    @Incoming("events")
    @Blocking
    public void take(ConsumerRecord<String, byte[]> record) {
        intake.get().settle(record, () -> react(record));
    }

    private void react(ConsumerRecord<String, byte[]> record) {
        Message message;
        Payload payload;
        try {
            message = CloudEventRecords.read(record);
            payload = Payloads.read(message);
        } catch (DtsException refused) {
            publisher.deadLetter(record, refused.getMessage());
            return;
        }
        if (!message.source().equals(Dispatcher.SOURCE)) {
            reactions.get().react(message.subject(), payload);
        }
    }
}
