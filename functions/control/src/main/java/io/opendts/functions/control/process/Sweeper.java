package io.opendts.functions.control.process;

import io.opendts.cluster.Intake;
import io.opendts.functions.control.Dispatcher;
import io.opendts.model.DtsException;
import io.opendts.model.Stage;
import io.opendts.model.TaskState;
import io.opendts.queue.Payload;
import io.opendts.queue.Payloads;
import io.opendts.queue.Topics;
import io.opendts.queue.kafka.KafkaPublisher;
import io.opendts.queue.kafka.KafkaTopics;
import io.opendts.state.StateStore;
import io.opendts.state.TaskRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks at all tasks again and again, in one of the control processes at a time: asks for what a lost message or a dead process
 * has left undone, and tells the world each change of state.
 */
final class Sweeper implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Sweeper.class.getName());
    /** No task can have this name. */
    private static final String LEASE = "*sweep";
    private static final long TTL_MILLIS = 6_000;
    private static final long LOOK_MILLIS = 1_000;
    private static final Duration END_MAX = Duration.ofSeconds(5);
    private static final String TOLD = "state.told";

    private final String holder;
    private final StateStore store;
    private final KafkaTopics topics;
    private final Reactions reactions;
    private final KafkaPublisher publisher;
    private final Intake intake;
    private volatile boolean closing;
    private Thread thread;

    Sweeper(String process, StateStore store, KafkaTopics topics, Reactions reactions, KafkaPublisher publisher, Intake intake) {
        this.holder = process + "-" + UUID.randomUUID();
        this.store = store;
        this.topics = topics;
        this.reactions = reactions;
        this.publisher = publisher;
        this.intake = intake;
    }

    void start() {
        thread = Thread.ofPlatform().name("sweep").daemon(true).start(this::run);
    }

    private void run() {
        boolean ensured = false;
        while (!closing) {
            try {
                if (!ensured) {
                    intake.patiently(topics::ensure);
                    ensured = true;
                }
                intake.patiently(this::look);
            } catch (RuntimeException bug) {
                LOG.log(System.Logger.Level.ERROR, "looking after all tasks", bug);
            }
            LockSupport.parkNanos(Duration.ofMillis(LOOK_MILLIS).toNanos());
        }
    }

    private void look() {
        if (closing || store.leases().acquire(LEASE, holder, TTL_MILLIS).isEmpty()) {
            return;
        }
        for (TaskRecord task : store.tasks().list()) {
            try {
                look(task);
            } catch (DtsException gone) {
                LOG.log(System.Logger.Level.WARNING, "task {0}: {1}", task.name(), gone.getMessage());
            }
        }
    }

    private void look(TaskRecord task) {
        boolean waits = switch (task.state()) {
            case TaskState.Prechecking(), TaskState.Stopped() -> true;
            case TaskState.Running(Stage stage) -> stage != Stage.INCREMENTAL;
            case TaskState.Draft(), TaskState.PrecheckFailed(), TaskState.Completed(), TaskState.Paused(_),
                    TaskState.Failed(_, _, _, _) -> false;
        };
        if (waits) {
            reactions.sweep(task.name());
        }
        reactions.comparing(task.name());
        tell(task);
    }

    /** At least once: recorded after it was sent. */
    private void tell(TaskRecord task) {
        String version = Long.toString(task.version());
        if (store.progress().get(task.name(), TOLD).filter(version::equals).isPresent()) {
            return;
        }
        TaskState.Failed failed = task.state() instanceof TaskState.Failed f ? f : null;
        Payload state = new Payload.TaskStateChanged(task.name(), TaskState.shown(task.state(), task.type().equals("migration")),
                failed == null ? null : failed.code(), failed == null ? null : failed.message(), failed == null ? null : failed.remedy(),
                task.updatedMillis());
        publisher.publish(Topics.EVENTS, Payloads.message(state, Dispatcher.SOURCE, Instant.ofEpochMilli(task.updatedMillis())));
        store.progress().put(task.name(), TOLD, version);
    }

    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(thread);
        try {
            thread.join(END_MAX);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        store.leases().current(LEASE).filter(lease -> lease.holder().equals(holder)).ifPresent(store.leases()::release);
    }
}
