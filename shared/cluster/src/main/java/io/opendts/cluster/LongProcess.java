package io.opendts.cluster;

import io.opendts.queue.kafka.KafkaPublisher;
import io.opendts.state.StateStore;
import io.opendts.task.OpenTasks;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** A process whose work is long: it begins by itself, as soon as the state store is there. */
@Singleton
public class LongProcess {

    @ConfigProperty(name = "dts.process-id")
    String name;

    @Inject
    Instance<StateStore> store;

    @Inject
    Instance<OpenTasks> tasks;

    @Inject
    Instance<KafkaPublisher> publisher;

    @Inject
    Waiting waiting;

    @Inject
    WorkMetrics metrics;

    private Shifts shifts;
    private boolean closed;

    /** Returns at once. */
    public void start(LongWork work) {
        Thread.ofPlatform().name("begin").daemon(true).start(() -> begin(work));
    }

    private void begin(LongWork work) {
        Shifts begun = new Shifts(work, name, store.get(), tasks.get(), publisher.get(), waiting, metrics);
        synchronized (this) {
            if (!closed) {
                shifts = begun;
                shifts.start();
            }
        }
    }

    public synchronized void close() {
        closed = true;
        if (shifts != null) {
            shifts.close();
        }
    }
}
