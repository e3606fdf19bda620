package io.opendts.functions.precheck;

import io.opendts.cluster.DirectAnswer;
import io.opendts.cluster.Intake;
import io.opendts.cluster.Worker;
import io.opendts.queue.Payload;
import io.opendts.state.StateStore;
import io.opendts.task.TaskContext;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import io.smallrye.common.annotation.Blocking;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The doors of the precheck function where it is a process of its own: CloudEvents over HTTP, and the topic dts.precheck. */
@Singleton
public class PrecheckBinding {

    private final PrecheckFunction precheck = new PrecheckFunction();

    @Inject
    Intake intake;

    @Inject
    Worker worker;

    @Inject
    StateStore store;

    @Funq("precheck")
    @CloudEventMapping(trigger = "io.opendts.precheck.requested", responseType = "io.opendts.precheck.completed")
    public CloudEvent<Object> answer(CloudEvent<Payload.PrecheckRequested> event) {
        return new DirectAnswer(worker, store).answer(event, Payload.PrecheckRequested.class, this::work);
    }

    @Incoming("requests")
    @Blocking
    public void take(ConsumerRecord<String, byte[]> record) {
        intake.take(record, Payload.PrecheckRequested.class, this::work);
    }

    private Payload work(TaskContext task, Payload.PrecheckRequested request) {
        return precheck.handle(task);
    }
}
