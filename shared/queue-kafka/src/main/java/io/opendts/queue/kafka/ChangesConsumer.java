package io.opendts.queue.kafka;

import io.opendts.model.DtsException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.WakeupException;

/**
 * Committed records of one task's topic by their offsets. Offsets have holes: the ends of transactions and what was aborted
 * count too. One thread at a time, except for {@link #wakeup}.
 */
final class ChangesConsumer implements AutoCloseable {

    private static final long LIMIT_MILLIS = 30_000;
    private static final Duration POLL = Duration.ofMillis(500);

    private final KafkaSettings settings;
    private final TopicPartition partition;
    private final KafkaConsumer<String, byte[]> consumer;

    ChangesConsumer(KafkaSettings settings, String task, int partition, String purpose) {
        this.settings = settings;
        this.partition = KafkaTopics.changes(task, partition);
        try {
            this.consumer = new KafkaConsumer<>(settings.consumer(purpose + "-" + task));
        } catch (KafkaException e) {
            throw KafkaErrors.unavailable("cannot be used", settings, e.getCause() == null ? e : e.getCause());
        }
        consumer.assign(List.of(this.partition));
    }

    TopicPartition partition() {
        return partition;
    }

    private interface Call<T> {
        T run();
    }

    private <T> T call(Call<T> call) throws InterruptedException {
        try {
            return call.run();
        } catch (InterruptException e) {
            Thread.interrupted();
            InterruptedException interrupted = new InterruptedException(e.getMessage());
            interrupted.initCause(e);
            throw interrupted;
        } catch (WakeupException | OffsetOutOfRangeException e) {
            throw e;
        } catch (KafkaException e) {
            throw KafkaErrors.unavailable("does not hand out topic " + partition.topic(), settings, e);
        }
    }

    /** Offset of the oldest record that is there. */
    long begin() throws InterruptedException {
        return call(() -> consumer.beginningOffsets(List.of(partition)).get(partition));
    }

    /** Behind the last record that is committed; an open transaction lies behind it. */
    long end() throws InterruptedException {
        return call(() -> consumer.endOffsets(List.of(partition)).get(partition));
    }

    void seek(long offset) {
        consumer.seek(partition, offset);
    }

    long position() throws InterruptedException {
        return call(() -> consumer.position(partition));
    }

    /** @throws OffsetOutOfRangeException when the log no longer has, or does not have, the position */
    List<ConsumerRecord<String, byte[]>> poll(Duration wait) throws InterruptedException {
        return call(() -> consumer.poll(wait).records(partition));
    }

    /** What is done with each record; false ends the walk. */
    interface Visit {
        boolean record(ConsumerRecord<String, byte[]> record);
    }

    /**
     * Visits the committed records from one offset up to, not including, another, which must be committed.
     *
     * @throws DtsException QUEUE_UNAVAILABLE when nothing comes for half a minute
     */
    void walk(long from, long to, Visit visit) throws InterruptedException {
        seek(from);
        long before = from;
        long deadline = deadline();
        while (before < to) {
            for (ConsumerRecord<String, byte[]> record : poll(POLL)) {
                if (record.offset() >= to || !visit.record(record)) {
                    return;
                }
            }
            long now = position();
            if (now > before) {
                deadline = deadline();
            } else if (System.nanoTime() > deadline) {
                throw KafkaErrors.unavailable("does not hand out topic " + partition.topic(), settings,
                        new IllegalStateException("offset " + before + " does not come"));
            }
            before = now;
        }
    }

    private static long deadline() {
        return System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS);
    }

    /** A batch's number and the offset of its first record. */
    record Start(long sequence, long offset) {}

    /** The first batch that begins in a range of offsets. */
    Optional<Start> firstStart(long from, long to) throws InterruptedException {
        Start[] found = new Start[1];
        walk(from, to, record -> {
            BatchRecords.Part part = BatchRecords.part(record);
            if (part.number() == 0) {
                found[0] = new Start(part.sequence(), record.offset());
            }
            return found[0] == null;
        });
        return Optional.ofNullable(found[0]);
    }

    /** Ends a wait of another thread with a WakeupException. */
    void wakeup() {
        consumer.wakeup();
    }

    /** An interrupt is kept for later: a consumer that is closed under one leaves its fetches open on the broker. */
    @Override
    public void close() {
        boolean interrupted = Thread.interrupted();
        try {
            consumer.close(org.apache.kafka.clients.consumer.CloseOptions.timeout(Duration.ofMillis(500)));
        } catch (InterruptException e) {
            interrupted = true;
        } catch (KafkaException e) {
            System.getLogger(ChangesConsumer.class.getName()).log(System.Logger.Level.DEBUG, "closing a consumer", e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
