package io.opendts.functions.schema;

import io.opendts.cluster.DirectAnswer;
import io.opendts.cluster.Intake;
import io.opendts.queue.Payload;
import io.opendts.task.Facts;
import io.opendts.task.TaskContext;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import io.smallrye.common.annotation.Blocking;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;

/** The doors of the schema function where it is a process of its own: CloudEvents over HTTP, and the topic dts.schema. */
@Singleton
public class SchemaBinding {

    private static final System.Logger LOG = System.getLogger(SchemaBinding.class.getName());

    private final SchemaFunction schema = new SchemaFunction();

    /** Made at the first message, so that the process is there before the state store is. */
    @Inject
    Instance<Intake> intake;

    @Inject
    Instance<DirectAnswer> direct;

    @Funq("schema")
    @CloudEventMapping(trigger = "io.opendts.schema.requested", responseType = "io.opendts.schema.completed")
    public CloudEvent<Object> answer(CloudEvent<Payload.SchemaRequested> event) {
        return direct.get().answer(event, Payload.SchemaRequested.class, this::work);
    }

    @Incoming("requests")
    @Blocking
    public void take(ConsumerRecord<String, byte[]> record) {
        intake.get().take(record, Payload.SchemaRequested.class, this::work);
    }

    private Payload work(TaskContext task, Payload.SchemaRequested request) {
        List<String> notes = new ArrayList<>();
        Payload completed = schema.handle(task, request, note -> {
            LOG.log(System.Logger.Level.INFO, note);
            notes.add(note);
        });
        Facts.of(task).notes(request.step(), notes);
        return completed;
    }
}
