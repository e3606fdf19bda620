package io.opendts.functions.apply;

import io.opendts.cluster.DirectAnswer;
import io.opendts.cluster.LongProcess;
import io.opendts.cluster.WorkMetrics;
import io.opendts.queue.Payload;
import io.opendts.queue.kafka.KafkaSettings;
import io.opendts.task.TaskContext;
import io.quarkus.funqy.Funq;
import io.quarkus.funqy.knative.events.CloudEvent;
import io.quarkus.funqy.knative.events.CloudEventMapping;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * The doors of the apply function where it is a process of its own: a batch in a CloudEvent over HTTP, and the topics of the
 * tasks whose lease it holds, read by a consumer of its own for each, so that a slow target delays only its own task.
 */
@Singleton
public class ApplyBinding {

    private final ApplyOnce once = new ApplyOnce();

    @Inject
    Instance<DirectAnswer> direct;

    @Inject
    LongProcess process;

    @Inject
    WorkMetrics metrics;

    @Funq("apply")
    @CloudEventMapping(trigger = "io.opendts.changes.batch", responseType = "io.opendts.changes.applied")
    public CloudEvent<Object> answer(CloudEvent<Payload.ChangesBatch> event) {
        return direct.get().answer(event, Payload.ChangesBatch.class, this::work);
    }

    private Payload work(TaskContext task, Payload.ChangesBatch request) {
        Payload.ChangesApplied applied = once.handle(task, request);
        metrics.applied(task.name(), applied.transactions(), applied.rows(), 0);
        return applied;
    }

    void start(@Observes StartupEvent started, KafkaSettings kafka) {
        process.start(new ApplyShifts(kafka, metrics));
    }

    void stop(@Observes ShutdownEvent stopping) {
        process.close();
    }
}
