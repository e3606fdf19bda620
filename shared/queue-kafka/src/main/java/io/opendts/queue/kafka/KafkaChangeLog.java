package io.opendts.queue.kafka;

import io.opendts.model.Relation;
import io.opendts.queue.ChangeLog;
import java.util.function.IntFunction;

/**
 * A task's change log in its topic, {@code dts.changes.<task>}: one Kafka transaction, over all partitions, for each group of
 * whole batches. The reader's process opens it to append, the apply worker's to read; what the other side does is refused as a bug.
 */
public final class KafkaChangeLog {

    /** Apply commits under this group how far it has come, for metrics and for the reader's limit of waiting bytes. */
    public static final String APPLY_GROUP = "dts-apply";

    /** @param maxWaitingBytes above it the reader of the source has to wait */
    public record Limits(long maxWaitingBytes) {
        public static final Limits DEFAULT = new Limits(8L << 30);
    }

    private KafkaChangeLog() {}

    /**
     * For the reader of the source. {@link ChangeLog#truncateTail} fences every older reader; one that has been fenced gets
     * TASK_RUNS_ELSEWHERE from then on, for good: a new log is opened under a new lease.
     *
     * @param epoch of the reader's lease
     */
    public static ChangeLog toAppend(KafkaSettings settings, String task, long epoch, IntFunction<Relation> relations) {
        return toAppend(settings, task, 1, epoch, relations);
    }

    /** As {@link #toAppend(KafkaSettings, String, long, IntFunction)}, splitting the changes over the partitions of the topic. */
    public static ChangeLog toAppend(KafkaSettings settings, String task, int partitions, long epoch, IntFunction<Relation> relations) {
        KafkaTopics topics = new KafkaTopics(settings);
        return new AppendingLog(topics, topics::close, task, partitions, epoch, relations, Limits.DEFAULT);
    }

    /** As {@link #toAppend(KafkaSettings, String, long, IntFunction)}, sharing the connections of topics that stay open. */
    public static ChangeLog toAppend(KafkaTopics topics, String task, long epoch, IntFunction<Relation> relations, Limits limits) {
        return new AppendingLog(topics, () -> { }, task, 1, epoch, relations, limits);
    }

    /** For the apply worker; says first, by {@link ChangeLog#trim}, what is on the target already. */
    public static ChangeLog toRead(KafkaSettings settings, String task, IntFunction<Relation> relations) {
        return toRead(settings, task, 0, relations);
    }

    /** As {@link #toRead(KafkaSettings, String, IntFunction)}, of one partition. */
    public static ChangeLog toRead(KafkaSettings settings, String task, int partition, IntFunction<Relation> relations) {
        KafkaTopics topics = new KafkaTopics(settings);
        return new ReadingLog(topics, topics::close, task, partition, relations);
    }

    /** As {@link #toRead(KafkaSettings, String, IntFunction)}, sharing the connections of topics that stay open. */
    public static ChangeLog toRead(KafkaTopics topics, String task, IntFunction<Relation> relations) {
        return new ReadingLog(topics, () -> { }, task, 0, relations);
    }
}
