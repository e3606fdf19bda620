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
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The control function as a process: what was done comes from dts.events, what nobody tells is found by looking. */
@Singleton
public class ControlProcess {

    @Inject
    Intake intake;

    @Inject
    KafkaPublisher publisher;

    @Inject
    Reactions reactions;

    private Sweeper sweeper;

    void start(@Observes StartupEvent started, @ConfigProperty(name = "dts.process-id") String process, StateStore store,
            KafkaTopics topics) {
        sweeper = new Sweeper(process, store, topics, reactions, publisher, intake);
        sweeper.start();
    }

    void stop(@Observes ShutdownEvent stopping) {
        sweeper.close();
    }

    @Incoming("events")
    @Blocking
    public void take(ConsumerRecord<String, byte[]> record) {
        intake.patiently(() -> react(record));
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
            reactions.react(message.subject(), payload);
        }
    }
}
