package io.opendts.queue.kafka;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Frees what is on the target, at most once a second, without anybody waiting for it. The last batch that was trimmed stays, so
 * that the log remembers where it goes on. How far apply has come is committed under its group beside it, with the sequence as
 * the text of the commit. Safe for many threads.
 */
final class Trimmer {

    private static final System.Logger LOG = System.getLogger(Trimmer.class.getName());
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(1);
    private static final int MARKS_MAX = 65_536;
    private static final long CLOSE_LIMIT_MILLIS = 2_000;

    private record Mark(long sequence, long start, long next) {}

    private final KafkaTopics topics;
    private final TopicPartition partition;
    private final Deque<Mark> marks = new ArrayDeque<>();
    private long through = Long.MIN_VALUE;
    private Mark wanted;
    private Mark sent;
    private long sentAtNanos;
    private KafkaFuture<Void> running = KafkaFuture.completedFuture(null);
    private boolean told;

    Trimmer(KafkaTopics topics, TopicPartition partition) {
        this.topics = topics;
        this.partition = partition;
    }

    /** Where a batch lies that was, or will be, handed out. */
    synchronized void passed(long sequence, long start, long next) {
        while (!marks.isEmpty() && marks.peekLast().sequence() >= sequence) {
            marks.removeLast();
        }
        if (marks.size() == MARKS_MAX) {
            marks.removeFirst();
        }
        marks.addLast(new Mark(sequence, start, next));
        trimTo(through);
    }

    /** Of a batch that was handed out and is not trimmed; what is in front of it may go at any moment. */
    synchronized OptionalLong start(long sequence) {
        return marks.stream().filter(mark -> mark.sequence() == sequence).mapToLong(Mark::start).findFirst();
    }

    /** The topic has other places now. */
    synchronized void forgetPlaces() {
        marks.clear();
    }

    synchronized long trimmedThrough() {
        return through;
    }

    synchronized void trim(long throughSequence) {
        trimTo(throughSequence);
        flushIfDue();
    }

    private void trimTo(long throughSequence) {
        through = Math.max(through, throughSequence);
        while (!marks.isEmpty() && marks.peekFirst().sequence() <= through) {
            wanted = marks.removeFirst();
        }
    }

    synchronized void flushIfDue() {
        if (wanted != sent && running.isDone() && (sent == null || System.nanoTime() - sentAtNanos >= INTERVAL_NANOS)) {
            flush();
        }
    }

    private void flush() {
        Mark now = wanted;
        sent = now;
        sentAtNanos = System.nanoTime();
        running = KafkaFuture.allOf(
                topics.admin().deleteRecords(Map.of(partition, RecordsToDelete.beforeOffset(now.start()))).all(),
                topics.admin().alterConsumerGroupOffsets(KafkaChangeLog.APPLY_GROUP,
                        Map.of(partition, new OffsetAndMetadata(now.next(), Long.toString(now.sequence())))).all());
        running.whenComplete((_, failure) -> {
            if (failure != null) {
                failed(now, failure);
            }
        });
    }

    /** Tried again with the next batch or, when none comes, at the next look. */
    private synchronized void failed(Mark mark, Throwable failure) {
        if (sent == mark) {
            sent = new Mark(mark.sequence(), mark.start(), mark.next());
        }
        LOG.log(told ? System.Logger.Level.DEBUG : System.Logger.Level.WARNING,
                "what has been applied is not freed in topic {0} yet: {1}", partition.topic(), failure.getMessage());
        told = true;
    }

    /** Frees what is left to free, if Kafka answers soon. */
    void close() {
        KafkaFuture<Void> last;
        synchronized (this) {
            if (wanted != sent) {
                flush();
            }
            last = running;
        }
        try {
            last.get(CLOSE_LIMIT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            LOG.log(System.Logger.Level.DEBUG, "what has been applied stays in topic {0} until it is read again", partition.topic());
        }
    }
}
