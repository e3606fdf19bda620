package io.opendts.functions.reader;

import io.opendts.cluster.LongProcess;
import io.opendts.cluster.WorkMetrics;
import io.opendts.queue.kafka.KafkaSettings;
import io.opendts.queue.kafka.KafkaTopics;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/** A process that reads the logs of the tasks whose lease it holds. */
@Singleton
public class ReaderProcess {

    @Inject
    LongProcess process;

    void start(@Observes StartupEvent started, KafkaSettings kafka, KafkaTopics topics, WorkMetrics metrics) {
        process.start(new ReaderShifts(kafka, topics, metrics));
    }

    void stop(@Observes ShutdownEvent stopping) {
        process.close();
    }
}
