package io.opendts.functions.snapshot;

import io.opendts.cluster.DirectAnswer;
import io.opendts.cluster.Intake;
import io.opendts.cluster.WorkMetrics;
import io.opendts.queue.Payload;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The doors of the snapshot function where it is a process of its own: CloudEvents over HTTP, and the topic dts.chunks. */
@Singleton
public class SnapshotBinding {

    /** Made at the first message, so that the process is there before the state store is. */
    @Inject
    Instance<Intake> intake;

    @Inject
    Instance<DirectAnswer> direct;

    private final SnapshotFunction snapshot;

    SnapshotBinding(WorkMetrics metrics) {
        this.snapshot = new SnapshotFunction(metrics::copied);
    }

    @Funq("snapshot")
    @CloudEventMapping(trigger = "io.opendts.chunk.requested", responseType = "io.opendts.chunk.completed")
    public CloudEvent<Object> answer(CloudEvent<Payload.ChunkRequested> event) {
        return direct.get().answer(event, Payload.ChunkRequested.class, snapshot::handle);
    }

    /** Chunks have no order. How many at a time: application-process.properties. */
    @Incoming("requests")
    @Blocking(value = "chunks", ordered = false)
    public void take(ConsumerRecord<String, byte[]> record) {
        intake.get().take(record, Payload.ChunkRequested.class, snapshot::handle);
    }
}
