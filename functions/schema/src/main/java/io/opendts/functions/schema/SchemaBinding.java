package io.opendts.functions.schema;

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

/** The doors of the schema function where it is a process of its own: CloudEvents over HTTP, and the topic dts.schema. */
@Singleton
public class SchemaBinding {

    private static final System.Logger LOG = System.getLogger(SchemaBinding.class.getName());

    private final SchemaFunction schema = new SchemaFunction();

    @Inject
    Intake intake;

    @Inject
    Worker worker;

    @Inject
    StateStore store;

    @Funq("schema")
    @CloudEventMapping(trigger = "io.opendts.schema.requested", responseType = "io.opendts.schema.completed")
    public CloudEvent<Object> answer(CloudEvent<Payload.SchemaRequested> event) {
        return new DirectAnswer(worker, store).answer(event, Payload.SchemaRequested.class, this::work);
    }

    @Incoming("requests")
    @Blocking
    public void take(ConsumerRecord<String, byte[]> record) {
        intake.take(record, Payload.SchemaRequested.class, this::work);
    }

    private Payload work(TaskContext task, Payload.SchemaRequested request) {
        return schema.handle(task, request, made -> LOG.log(System.Logger.Level.INFO, made));
    }
}
