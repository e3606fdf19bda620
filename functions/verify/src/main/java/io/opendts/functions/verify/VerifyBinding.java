package io.opendts.functions.verify;

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

/** The doors of the verify function where it is a process of its own: CloudEvents over HTTP, and the topic dts.verify. */
@Singleton
public class VerifyBinding {

    private final VerifySteps verify = new VerifySteps();

    @Inject
    Intake intake;

    @Inject
    Worker worker;

    @Inject
    StateStore store;

    @Funq("verify")
    @CloudEventMapping(trigger = "io.opendts.verify.requested", responseType = "io.opendts.verify.completed")
    public CloudEvent<Object> answer(CloudEvent<Payload.VerifyRequested> event) {
        return new DirectAnswer(worker, store).answer(event, Payload.VerifyRequested.class, this::work);
    }

    @Incoming("requests")
    @Blocking
    public void take(ConsumerRecord<String, byte[]> record) {
        intake.take(record, Payload.VerifyRequested.class, this::work);
    }

    private Payload work(TaskContext task, Payload.VerifyRequested request) throws InterruptedException {
        return verify.handle(task, request);
    }
}
