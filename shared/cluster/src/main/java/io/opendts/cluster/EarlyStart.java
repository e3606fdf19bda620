package io.opendts.cluster;

import io.opendts.model.DtsException;
import io.opendts.queue.kafka.KafkaPublisher;
import io.opendts.task.OpenTasks;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;

/**
 * Opens the state store and the way to the queue while the process joins its consumer group, so that the first message does not
 * wait for them. A process without either starts all the same, and waits when the first message is there.
 */
@Singleton
public class EarlyStart {

    private static final System.Logger LOG = System.getLogger(EarlyStart.class.getName());

    @Inject
    Instance<OpenTasks> tasks;

    @Inject
    Instance<KafkaPublisher> publisher;

    void start(@Observes StartupEvent started) {
        Thread.ofPlatform().name("early-start").daemon(true).start(this::open);
    }

    private void open() {
        try {
            publisher.get().toString();
            tasks.get().toString();
        } catch (DtsException failure) {
            LOG.log(System.Logger.Level.WARNING, "{0}: {1}", failure.code().code(), failure.getMessage());
        }
    }
}
