package io.opendts.functions.apply;

import io.opendts.cluster.DirectAnswer;
import io.opendts.cluster.Shifts;
import io.opendts.cluster.Waiting;
import io.opendts.cluster.Worker;
import io.opendts.queue.Payload;
import io.opendts.queue.kafka.KafkaPublisher;
import io.opendts.queue.kafka.KafkaSettings;
import io.opendts.state.StateStore;
import io.opendts.task.OpenTasks;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The doors of the apply function where it is a process of its own: a batch in a CloudEvent over HTTP, and the topics of the
 * tasks whose lease it holds, read by a consumer of its own for each, so that a slow target delays only its own task.
 */
@Singleton
public class ApplyBinding {

    private final ApplyOnce once = new ApplyOnce();

    @Inject
    Worker worker;

    @Inject
    StateStore store;

    private Shifts shifts;

    @Funq("apply")
    @CloudEventMapping(trigger = "io.opendts.changes.batch", responseType = "io.opendts.changes.applied")
    public CloudEvent<Object> answer(CloudEvent<Payload.ChangesBatch> event) {
        return new DirectAnswer(worker, store).answer(event, Payload.ChangesBatch.class, once::handle);
    }

    void start(@Observes StartupEvent started, @ConfigProperty(name = "dts.process-id") String process, OpenTasks tasks,
            KafkaSettings kafka, KafkaPublisher publisher, Waiting waiting) {
        shifts = new Shifts(new ApplyShifts(kafka), process, store, tasks, publisher, waiting);
        shifts.start();
    }

    void stop(@Observes ShutdownEvent stopping) {
        shifts.close();
    }
}
