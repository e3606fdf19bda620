package io.opendts.functions.reader;

import io.opendts.cluster.Shifts;
import io.opendts.cluster.Waiting;
import io.opendts.queue.kafka.KafkaPublisher;
import io.opendts.queue.kafka.KafkaSettings;
import io.opendts.queue.kafka.KafkaTopics;
import io.opendts.state.StateStore;
import io.opendts.task.OpenTasks;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** A process that reads the logs of the tasks whose lease it holds. */
@Singleton
public class ReaderProcess {

    private Shifts shifts;

    void start(@Observes StartupEvent started, @ConfigProperty(name = "dts.process-id") String process, StateStore store,
            OpenTasks tasks, KafkaSettings kafka, KafkaTopics topics, KafkaPublisher publisher, Waiting waiting) {
        shifts = new Shifts(new ReaderShifts(kafka, topics), process, store, tasks, publisher, waiting);
        shifts.start();
    }

    void stop(@Observes ShutdownEvent stopping) {
        shifts.close();
    }
}
