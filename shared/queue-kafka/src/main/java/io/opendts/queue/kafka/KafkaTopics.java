package io.opendts.queue.kafka;

import io.opendts.model.DtsException;
import io.opendts.queue.Topics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Makes, deletes and measures topics. Every call ends within about ten seconds: with QUEUE_UNAVAILABLE when Kafka is away. Safe
 * for many threads, and for many processes that do the same at once.
 */
public final class KafkaTopics implements AutoCloseable {

    private static final int REPLICAS_MAX = 3;
    private static final int WORK_PARTITIONS = 12;
    private static final int PARTITIONS = 4;
    private static final long POLL_MILLIS = 50;
    private static final String WEEK_MILLIS = Long.toString(TimeUnit.DAYS.toMillis(7));
    private static final String MONTH_MILLIS = Long.toString(TimeUnit.DAYS.toMillis(30));
    /** A part of 900,000 bytes with its headers; some kB are left for what a later version adds. */
    private static final String CHANGES_RECORD_MAX_BYTES = Integer.toString(2 << 20);
    /** Only whole segments are freed. */
    private static final String CHANGES_SEGMENT_BYTES = Integer.toString(64 << 20);

    private static final Map<String, Integer> PARTITIONS_OF = Map.of(
            Topics.PRECHECK, PARTITIONS, Topics.SCHEMA, PARTITIONS, Topics.EVENTS, PARTITIONS,
            Topics.CHUNKS, WORK_PARTITIONS, Topics.VERIFY, WORK_PARTITIONS, Topics.DEAD_LETTER, 1);

    private final KafkaSettings settings;
    private final Admin admin;

    /** Connects at the first call. */
    public KafkaTopics(KafkaSettings settings) {
        this.settings = settings;
        try {
            this.admin = Admin.create(settings.admin());
        } catch (org.apache.kafka.common.KafkaException e) {
            throw KafkaErrors.unavailable("cannot be used", settings, e.getCause() == null ? e : e.getCause());
        }
    }

    KafkaSettings settings() {
        return settings;
    }

    Admin admin() {
        return admin;
    }

    /** The first partition has every batch's number and end, as each of them has. */
    static TopicPartition changes(String task) {
        return changes(task, 0);
    }

    static TopicPartition changes(String task, int partition) {
        return new TopicPartition(Topics.changes(task), partition);
    }

    /** The topics of messages. Idempotent; what exists is left as it is. */
    public void ensure() {
        short replicas = replicas();
        List<NewTopic> wanted = new ArrayList<>();
        PARTITIONS_OF.forEach((name, partitions) -> wanted.add(new NewTopic(name, partitions, replicas).configs(Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG, name.equals(Topics.DEAD_LETTER) ? MONTH_MILLIS : WEEK_MILLIS))));
        create(wanted);
    }

    /** The topic of a task's changes: kept until apply trims it, however long that takes. Idempotent. */
    public void ensureChanges(String task) {
        ensureChanges(task, 1);
    }

    /** As {@link #ensureChanges(String)}, for changes that are split ({@link io.opendts.queue.BatchSplitter}). */
    public void ensureChanges(String task, int partitions) {
        create(List.of(new NewTopic(Topics.changes(task), partitions, replicas()).configs(Map.of(
                TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG, "-1",
                TopicConfig.RETENTION_BYTES_CONFIG, "-1",
                TopicConfig.SEGMENT_BYTES_CONFIG, CHANGES_SEGMENT_BYTES,
                TopicConfig.FILE_DELETE_DELAY_MS_CONFIG, "1000",
                TopicConfig.MAX_MESSAGE_BYTES_CONFIG, CHANGES_RECORD_MAX_BYTES))));
    }

    private short replicas() {
        try {
            int brokers = KafkaErrors.answer(admin.describeCluster().nodes(), "does not answer", settings).size();
            return (short) Math.clamp(brokers, 1, REPLICAS_MAX);
        } catch (ExecutionException e) {
            throw KafkaErrors.unavailable("does not answer", settings, e);
        }
    }

    private void create(List<NewTopic> wanted) {
        Map<String, KafkaFuture<Void>> asked = admin.createTopics(wanted).values();
        for (Map.Entry<String, KafkaFuture<Void>> one : asked.entrySet()) {
            try {
                KafkaErrors.answer(one.getValue(), "did not create topic " + one.getKey(), settings);
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof TopicExistsException)) {
                    throw KafkaErrors.unavailable("did not create topic " + one.getKey(), settings, e);
                }
            }
        }
        for (NewTopic one : wanted) {
            await(one.name(), true);
        }
    }

    /** Deletes a task's changes with what waits in them; they are gone when it returns. Idempotent. */
    public void deleteChanges(String task) {
        String topic = Topics.changes(task);
        try {
            KafkaErrors.answer(admin.deleteTopics(List.of(topic)).all(), "did not delete topic " + topic, settings);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
                throw KafkaErrors.unavailable("did not delete topic " + topic, settings, e);
            }
        }
        await(topic, false);
    }

    private void await(String topic, boolean wanted) {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(KafkaSettings.ANSWER_LIMIT_MILLIS);
        while (exists(topic) != wanted) {
            if (System.nanoTime() > deadline) {
                throw KafkaErrors.unavailable("does not finish with topic " + topic, settings,
                        new IllegalStateException("not within " + KafkaSettings.ANSWER_LIMIT_MILLIS + " ms"));
            }
            pause(topic);
        }
    }

    private void pause(String topic) {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException e) {
            throw KafkaErrors.interrupted("was asked for topic " + topic, settings, e);
        }
    }

    public boolean exists(String topic) {
        try {
            KafkaErrors.answer(admin.describeTopics(List.of(topic)).allTopicNames(), "does not answer", settings);
            return true;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return false;
            }
            throw KafkaErrors.unavailable("does not tell about topic " + topic, settings, e);
        }
    }

    /**
     * Records that a group has not acknowledged, for metrics; 0 when there is no such topic. In a topic of changes the ends of
     * transactions are counted too, except for the last: up to one a transaction is too much.
     */
    public long lag(String group, String topic) {
        try {
            List<TopicPartition> partitions = KafkaErrors.answer(admin.describeTopics(List.of(topic)).allTopicNames(), "does not answer",
                    settings).get(topic).partitions().stream().map(one -> new TopicPartition(topic, one.partition())).toList();
            Map<TopicPartition, OffsetAndMetadata> committed = KafkaErrors.answer(
                    admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata(), "does not answer", settings);
            Map<TopicPartition, ListOffsetsResultInfo> ends = offsets(partitions, OffsetSpec.latest());
            Map<TopicPartition, ListOffsetsResultInfo> starts = offsets(partitions, OffsetSpec.earliest());
            long lag = 0;
            for (TopicPartition one : partitions) {
                OffsetAndMetadata done = committed.get(one);
                long start = starts.get(one).offset();
                long ending = done != null && topic.startsWith(Topics.changes("")) ? 1 : 0;
                lag += Math.max(0, ends.get(one).offset() - (done == null ? start : Math.max(start, done.offset())) - ending);
            }
            return lag;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) {
                return 0;
            }
            throw KafkaErrors.unavailable("does not tell the lag of " + group + " on " + topic, settings, e);
        }
    }

    Map<TopicPartition, ListOffsetsResultInfo> offsets(List<TopicPartition> partitions, OffsetSpec which) throws ExecutionException {
        Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
        partitions.forEach(one -> asked.put(one, which));
        return KafkaErrors.answer(admin.listOffsets(asked).all(), "does not answer", settings);
    }

    /** @throws DtsException QUEUE_UNAVAILABLE when no broker answers */
    public void ping() {
        replicas();
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ofSeconds(1));
    }
}
