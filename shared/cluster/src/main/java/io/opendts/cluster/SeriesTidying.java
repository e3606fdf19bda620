package io.opendts.cluster;

import io.opendts.model.DtsException;
import io.opendts.state.StateStore;
import io.opendts.state.TaskRecord;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Instance;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Ends the series of tasks that have been deleted: whichever process did that, each one has some of them. */
@Singleton
public class SeriesTidying {

    private static final System.Logger LOG = System.getLogger(SeriesTidying.class.getName());

    private static final long LOOK_NANOS = Duration.ofSeconds(5).toNanos();

    @Inject
    WorkMetrics metrics;

    @Inject
    Instance<StateStore> store;

    private volatile boolean closing;

    void start(@Observes StartupEvent started) {
        Thread.ofVirtual().name("series").start(this::run);
    }

    void stop(@Observes ShutdownEvent stopping) {
        closing = true;
    }

    private void run() {
        while (!closing) {
            LockSupport.parkNanos(LOOK_NANOS);
            if (!closing && !metrics.tasks().isEmpty()) {
                look();
            }
        }
    }

    /** Late is soon enough: while the store is away nothing is known of tasks, so nothing is forgotten. */
    private void look() {
        try {
            metrics.retain(store.get().tasks().list().stream().map(TaskRecord::name).collect(Collectors.toSet()));
        } catch (DtsException away) {
            LOG.log(System.Logger.Level.DEBUG, "series are tidied later: {0}", away.getMessage());
        }
    }
}
