package io.opendts.queue.kafka;

import io.opendts.model.DtsException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.LogDirDescription;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ReplicaInfo;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/**
 * How many bytes wait for apply, as the appending side knows it: what it appended, and what apply has committed. Bytes of
 * frames, before compression. Safe for many threads.
 */
final class Backlog {

    /** Everything up to this offset is this many bytes since the beginning. */
    private record Mark(long next, long bytes) {}

    /** What apply has committed. */
    private record Done(long offset, long sequence) {}

    private static final int MARKS_MAX = 4_096;
    private static final int FIRST_MARKS = 64;

    private final KafkaTopics topics;
    private final TopicPartition partition;
    private final long markBytes;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private long appendedBytes;
    private long doneBytes;
    private long lastMarkFromBytes;
    private Done done = new Done(0, -1);
    private long lastSequence;

    Backlog(KafkaTopics topics, TopicPartition partition, long maxWaitingBytes) {
        this.topics = topics;
        this.partition = partition;
        this.markBytes = Math.max(1, maxWaitingBytes / MARKS_MAX);
    }

    /** Takes what other readers have left: its size is guessed from that of the files, evenly spread over the offsets. */
    synchronized void start(long sequence) {
        marks.clear();
        lastSequence = sequence;
        try {
            long begin = topics.offsets(List.of(partition), OffsetSpec.earliest()).get(partition).offset();
            long end = topics.offsets(List.of(partition), OffsetSpec.latest()).get(partition).offset();
            Done committed = committed();
            long from = Math.clamp(committed.offset(), begin, end);
            long bytes = end == begin ? 0 : (long) ((double) fileBytes().orElse(0) * (end - from) / (end - begin));
            long steps = Math.clamp(end - from, 0, FIRST_MARKS);
            appendedBytes = bytes;
            doneBytes = 0;
            lastMarkFromBytes = bytes;
            for (long step = 1; step <= steps; step++) {
                marks.add(new Mark(from + (end - from) * step / steps, bytes * step / steps));
            }
            done = new Done(from, committed.sequence());
        } catch (ExecutionException e) {
            throw KafkaErrors.unavailable("does not tell the size of topic " + partition.topic(), topics.settings(), e);
        }
    }

    synchronized void appended(long sequence, long next, long bytes) {
        if (!marks.isEmpty() && appendedBytes + bytes - lastMarkFromBytes <= markBytes) {
            marks.removeLast();
        } else {
            lastMarkFromBytes = appendedBytes;
        }
        appendedBytes += bytes;
        lastSequence = sequence;
        marks.add(new Mark(next, appendedBytes));
    }

    /** Without asking: at most too much. */
    synchronized long waitingBytes() {
        return appendedBytes - doneBytes;
    }

    synchronized long lastSequence() {
        return lastSequence;
    }

    /** Sequence of the last batch that apply has done with; -1 when none is known. */
    synchronized long doneSequence() {
        return done.sequence();
    }

    /** Asks how far apply has come. */
    void look() {
        try {
            Done now = committed();
            synchronized (this) {
                done = now;
                while (!marks.isEmpty() && marks.peekFirst().next() <= now.offset()) {
                    doneBytes = marks.removeFirst().bytes();
                }
            }
        } catch (ExecutionException e) {
            throw KafkaErrors.unavailable("does not tell how far apply has come in topic " + partition.topic(), topics.settings(), e);
        }
    }

    private Done committed() throws ExecutionException {
        Map<TopicPartition, OffsetAndMetadata> all = KafkaErrors.answer(
                topics.admin().listConsumerGroupOffsets(KafkaChangeLog.APPLY_GROUP).partitionsToOffsetAndMetadata(), "does not answer",
                topics.settings());
        OffsetAndMetadata one = all.get(partition);
        return one == null ? new Done(0, -1) : new Done(one.offset(), sequence(one.metadata()));
    }

    /** Apply writes it there as a number. */
    private static long sequence(String metadata) {
        return metadata != null && metadata.matches("\\d{1,18}") ? Long.parseLong(metadata) : -1;
    }

    /** Bytes of one replica on its disk; empty when it may not be asked. */
    OptionalLong fileBytes() {
        return fileBytes(topics, partition);
    }

    static OptionalLong fileBytes(KafkaTopics topics, TopicPartition partition) {
        try {
            List<Integer> brokers = KafkaErrors.answer(topics.admin().describeCluster().nodes(), "does not answer", topics.settings())
                    .stream().map(node -> node.id()).toList();
            long bytes = 0;
            for (Map<String, LogDirDescription> folders : KafkaErrors.answer(
                    topics.admin().describeLogDirs(brokers).allDescriptions(), "does not answer", topics.settings()).values()) {
                for (LogDirDescription folder : folders.values()) {
                    ReplicaInfo replica = folder.replicaInfos().get(partition);
                    bytes = Math.max(bytes, replica == null ? 0 : replica.size());
                }
            }
            return OptionalLong.of(bytes);
        } catch (ExecutionException | DtsException e) {
            System.getLogger(Backlog.class.getName()).log(System.Logger.Level.DEBUG, "sizes are not told: {0}", e.getMessage());
            return OptionalLong.empty();
        }
    }
}
