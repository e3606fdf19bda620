package io.opendts.cluster;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.queue.kafka.KafkaTopics;
import io.opendts.state.StateStore;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * Asks the state store and Kafka again and again whether they are there. A process without work would not notice that they are not,
 * and one that reads a log would notice only one of them.
 */
@Singleton
public class Lookout {

    private static final System.Logger LOG = System.getLogger(Lookout.class.getName());

    private static final Duration PAUSE = Duration.ofSeconds(2);
    /** No task can have this name. */
    private static final String NO_TASK = "*";

    @Inject
    Instance<StateStore> store;

    @Inject
    Instance<KafkaTopics> topics;

    @Inject
    Waiting waiting;

    private volatile boolean closing;

    void start(@Observes StartupEvent started) {
        look("look-store", ErrorCode.STATE_STORE_UNREACHABLE, () -> store.get().leases().current(NO_TASK));
        look("look-queue", ErrorCode.QUEUE_UNAVAILABLE, () -> topics.get().ping());
    }

    void stop(@Observes ShutdownEvent stopping) {
        closing = true;
    }

    private void look(String name, ErrorCode code, Runnable question) {
        Thread.ofPlatform().name(name).daemon(true).start(() -> {
            // Whoever opens store and queue at the start waits for them, and tells.
            LockSupport.parkNanos(PAUSE.toNanos());
            while (!closing) {
                try {
                    question.run();
                    waiting.over(code);
                } catch (DtsException failure) {
                    waiting.on(failure);
                } catch (RuntimeException closed) {
                    LOG.log(System.Logger.Level.DEBUG, name, closed);
                }
                LockSupport.parkNanos(PAUSE.toNanos());
            }
        });
    }
}
