package io.opendts.functions.snapshot;

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

/** The doors of the snapshot function where it is a process of its own: CloudEvents over HTTP, and the topic dts.chunks. */
@Singleton
public class SnapshotBinding {

    private final SnapshotFunction snapshot = new SnapshotFunction();

    @Inject
    Intake intake;

    @Inject
    Worker worker;

    @Inject
    StateStore store;

    @Funq("snapshot")
    @CloudEventMapping(trigger = "io.opendts.chunk.requested", responseType = "io.opendts.chunk.completed")
    public CloudEvent<Object> answer(CloudEvent<Payload.ChunkRequested> event) {
        return new DirectAnswer(worker, store).answer(event, Payload.ChunkRequested.class, this::work);
    }

    @Incoming("requests")
    @Blocking
    public void take(ConsumerRecord<String, byte[]> record) {
        intake.take(record, Payload.ChunkRequested.class, this::work);
    }

    private Payload work(TaskContext task, Payload.ChunkRequested request) {
        return snapshot.handle(task, request);
    }
}
