package io.opendts.functions.control.process;

import io.opendts.cluster.WorkMetrics;
import io.opendts.cluster.WorkMetrics.Depth;
import io.opendts.cluster.WorkMetrics.Standing;
import io.opendts.model.DtsException;
import io.opendts.model.TaskState;
import io.opendts.queue.MessageType;
import io.opendts.queue.Topics;
import io.opendts.queue.kafka.KafkaChangeLog;
import io.opendts.queue.kafka.KafkaTopics;
import io.opendts.state.StateStore;
import io.opendts.state.TaskRecord;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * What every control process tells Prometheus about the whole cluster: the tasks' states, and what waits in the queue for each
 * function, by which its number of processes can follow the work. All control processes tell the same: take the maximum.
 */
final class Figures implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Figures.class.getName());

    private static final Duration LOOK = Duration.ofSeconds(2);

    /** A function's consumer group by the topic that it takes. */
    private static final Map<String, String> GROUPS = groups();

    private final StateStore store;
    private final KafkaTopics topics;
    private final WorkMetrics metrics;
    private volatile boolean closing;

    Figures(StateStore store, KafkaTopics topics, WorkMetrics metrics) {
        this.store = store;
        this.topics = topics;
        this.metrics = metrics;
    }

    private static Map<String, String> groups() {
        Map<String, String> groups = new LinkedHashMap<>();
        for (MessageType type : MessageType.values()) {
            if (type != MessageType.CHANGES_BATCH) {
                groups.put(type.topic(), "dts-" + type.consumer());
            }
        }
        return groups;
    }

    void start() {
        Thread.ofVirtual().name("figures").start(this::run);
    }

    private void run() {
        while (!closing) {
            try {
                look();
            } catch (DtsException away) {
                LOG.log(System.Logger.Level.DEBUG, "the figures stay as they were: {0}", away.getMessage());
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }

    private void look() {
        List<TaskRecord> tasks = store.tasks().list();
        metrics.states(tasks.stream()
                .map(task -> new Standing(task.name(), TaskState.shown(task.state(), task.type().equals("migration")))).toList());
        List<Depth> depths = new ArrayList<>();
        GROUPS.forEach((topic, group) -> depths.add(new Depth("", topic, group, topics.lag(group, topic))));
        for (TaskRecord task : tasks) {
            String changes = Topics.changes(task.name());
            if (topics.exists(changes)) {
                depths.add(new Depth(task.name(), changes, KafkaChangeLog.APPLY_GROUP, topics.lag(KafkaChangeLog.APPLY_GROUP, changes)));
            }
        }
        metrics.depths(depths);
    }

    @Override
    public void close() {
        closing = true;
    }
}
