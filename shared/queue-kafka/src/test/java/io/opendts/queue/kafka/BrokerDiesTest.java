package io.opendts.queue.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.Batch;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.queue.Batches;
import io.opendts.queue.ChangeLog;
import io.opendts.testkit.KafkaServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** SIGKILL of the broker while a reader appends and an apply worker reads: nothing lost, nothing twice, nothing out of order. */
class BrokerDiesTest {

    private static final int KILLS = 2;
    private static final long BATCHES_BETWEEN = 300;
    private static final int PIECES = 4;

    private final AtomicLong seen = new AtomicLong();
    private volatile long end = Long.MAX_VALUE;

    @Test
    void appendingAndReadingGoOnAfterEachKill() throws Exception {
        try (KafkaServer kafka = KafkaServer.start();
                KafkaTopics topics = new KafkaTopics(new KafkaSettings(kafka.bootstrapServers(), "test"))) {
            topics.ensureChanges("shop");
            CompletableFuture<Long> appended = CompletableFuture.supplyAsync(() -> appendAll(topics), Thread.ofVirtual()::start);
            CompletableFuture<List<Batch>> read = CompletableFuture.supplyAsync(() -> readAll(topics), Thread.ofVirtual()::start);
            for (int i = 1; i <= KILLS; i++) {
                awaitSeen(seen.get() + BATCHES_BETWEEN);
                kafka.kill();
                kafka.restart();
            }
            end = seen.get() + BATCHES_BETWEEN;
            long last = appended.get(120, TimeUnit.SECONDS);
            List<Batch> all = read.get(60, TimeUnit.SECONDS);
            assertThat(all).hasSize((int) last);
            for (int i = 0; i < last; i++) {
                Batch batch = all.get(i);
                assertThat(batch.sequence()).isEqualTo(i + 1L);
                assertThat(batch).isEqualTo(batch(batch.epoch(), i + 1));
            }
        }
    }

    /** Every twentieth transaction comes in pieces. */
    private static Batch batch(long epoch, long sequence) {
        return Batches.one(epoch, sequence, !(sequence % 20 > 0 && sequence % 20 < PIECES), 500);
    }

    private long appendAll(KafkaTopics topics) {
        try (ChangeLog log = KafkaChangeLog.toAppend(topics, "shop", 1, Batches.RELATIONS::get, KafkaChangeLog.Limits.DEFAULT)) {
            while (true) {
                try {
                    long next = log.truncateTail().map(tail -> tail.sequence() + 1).orElse(1L);
                    while (true) {
                        Batch batch = batch(1, next);
                        log.append(batch);
                        if (batch.whole() && next >= end) {
                            end = next;
                            return next;
                        }
                        next++;
                    }
                } catch (DtsException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_UNAVAILABLE);
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<Batch> readAll(KafkaTopics topics) {
        List<Batch> all = new ArrayList<>();
        try (ChangeLog log = KafkaChangeLog.toRead(topics, "shop", Batches.RELATIONS::get)) {
            while (all.size() < end) {
                try {
                    all.addAll(log.readFrom(all.size() + 1L, 1 << 20, 500));
                    synchronized (seen) {
                        seen.set(all.size());
                        seen.notifyAll();
                    }
                } catch (DtsException e) {
                    assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_UNAVAILABLE);
                }
            }
            return all;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitSeen(long wanted) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(90);
        synchronized (seen) {
            while (seen.get() < wanted && System.nanoTime() < deadline) {
                seen.wait(1_000);
            }
        }
        assertThat(seen.get()).isGreaterThanOrEqualTo(wanted);
    }
}
