package io.opendts.queue.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.model.Chunk;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.TableId;
import io.opendts.queue.Batches;
import io.opendts.queue.ChangeLog;
import io.opendts.queue.Message;
import io.opendts.queue.Payload;
import io.opendts.queue.Payloads;
import io.opendts.queue.Topics;
import io.opendts.testkit.KafkaServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class KafkaTopicsTest {

    private static KafkaServer kafka;
    private static KafkaSettings settings;
    private static KafkaTopics topics;

    @BeforeAll
    static void start() {
        kafka = KafkaServer.start();
        settings = new KafkaSettings(kafka.bootstrapServers(), "test");
        topics = new KafkaTopics(settings);
        topics.ensure();
    }

    @AfterAll
    static void stop() {
        topics.close();
        kafka.close();
    }

    @Test
    void severalProcessesMakeTheSameTopicsAtOnce() {
        List<CompletableFuture<Void>> all = IntStream.range(0, 4).mapToObj(i -> CompletableFuture.runAsync(() -> {
            try (KafkaTopics own = new KafkaTopics(settings)) {
                own.ensure();
                own.ensureChanges("at-once");
            }
        })).toList();
        all.forEach(CompletableFuture::join);
        assertThat(List.of(Topics.PRECHECK, Topics.SCHEMA, Topics.CHUNKS, Topics.VERIFY, Topics.EVENTS, Topics.DEAD_LETTER,
                Topics.changes("at-once"))).allMatch(topics::exists);
    }

    @Test
    void changesAreGoneWhenTheyAreDeletedAndCanBeMadeAgain() {
        for (int i = 0; i < 5; i++) {
            topics.ensureChanges("again");
            topics.deleteChanges("again");
            assertThat(topics.exists(Topics.changes("again"))).isFalse();
        }
        topics.deleteChanges("never-there");
    }

    @Test
    void chunksOfOneTaskAreSpreadOverAllPartitions() {
        try (KafkaPublisher publisher = new KafkaPublisher(settings)) {
            Chunk chunk = new Chunk(new TableId("shop", "orders"), 0, Chunk.Kind.RANGE, "", "100");
            publisher.publish(Topics.CHUNKS, IntStream.range(0, 24).mapToObj(i -> Payloads.message(
                    new Payload.ChunkRequested("shop", chunk, 1), "/test", Instant.ofEpochMilli(i), "chunk-" + i)).toList());
            assertThat(topics.lag("dts-snapshot", Topics.CHUNKS)).isEqualTo(24);
            Map<Integer, Long> partitions = records(Topics.CHUNKS, 12, 24).stream()
                    .collect(Collectors.groupingBy(ConsumerRecord::partition, Collectors.counting()));
            assertThat(partitions).hasSize(12).allSatisfy((_, count) -> assertThat(count).isEqualTo(2));
        }
    }

    @Test
    void whatHappenedToATaskKeepsItsOrder() {
        try (KafkaPublisher publisher = new KafkaPublisher(settings)) {
            List<Message> sent = IntStream.range(0, 20).mapToObj(i -> Payloads.message(
                    new Payload.TaskStateChanged("shop", "full", null, null, null, i), "/test", Instant.ofEpochMilli(i))).toList();
            sent.forEach(message -> publisher.publish(Topics.EVENTS, message));
            assertThat(records(Topics.EVENTS, 4, 20)).map(CloudEventRecords::read).isEqualTo(sent);
        }
    }

    @Test
    void aDeadLetterIsTheRecordAsItCameWithTheReason() {
        try (KafkaPublisher publisher = new KafkaPublisher(settings)) {
            RecordHeaders headers = new RecordHeaders();
            headers.add("ce_id", new byte[] {1, 2});
            publisher.deadLetter(new byte[] {9, 8, 7}, headers, Topics.SCHEMA, 3, 42, "no specversion");
            ConsumerRecord<String, byte[]> dead = records(Topics.DEAD_LETTER, 1, 1).getFirst();
            assertThat(dead.value()).containsExactly(9, 8, 7);
            assertThat(dead.headers().lastHeader("ce_id").value()).containsExactly(1, 2);
            assertThat(new String(dead.headers().lastHeader("dts-reason").value())).isEqualTo("no specversion");
            assertThat(new String(dead.headers().lastHeader("dts-offset").value())).isEqualTo("42");
        }
    }

    /** All of them run at once, and begin as the workers begin theirs: eight at a time. */
    @Test
    void fiftyTasksAtOnce() throws Exception {
        Semaphore beginning = new Semaphore(8);
        List<CompletableFuture<Void>> all = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            String task = "task-" + i;
            all.add(CompletableFuture.runAsync(() -> appendAndReadTwenty(task, beginning), Thread.ofVirtual()::start));
        }
        CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).get(180, TimeUnit.SECONDS);
    }

    private static void appendAndReadTwenty(String task, Semaphore beginning) {
        beginning.acquireUninterruptibly();
        boolean begun = false;
        try {
            topics.ensureChanges(task);
            try (ChangeLog log = KafkaChangeLog.toAppend(topics, task, 1, Batches.RELATIONS::get, KafkaChangeLog.Limits.DEFAULT);
                    ChangeLog apply = KafkaChangeLog.toRead(topics, task, Batches.RELATIONS::get)) {
                begun = true;
                beginning.release();
                for (int n = 1; n <= 20; n++) {
                    log.append(Batches.one(task, 1, n, true, 1_000));
                    assertThat(apply.readFrom(n, 1, 20_000)).containsExactly(Batches.one(task, 1, n, true, 1_000));
                }
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            if (!begun) {
                beginning.release();
            }
        }
    }

    @Test
    void kafkaThatIsAwayIsToldWithinTenSeconds() {
        KafkaSettings nowhere = new KafkaSettings("127.0.0.1:1", "test");
        long start = System.nanoTime();
        try (KafkaTopics away = new KafkaTopics(nowhere)) {
            assertThatThrownBy(away::ensure).isInstanceOfSatisfying(DtsException.class, e -> {
                assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_UNAVAILABLE);
                assertThat(e).hasMessageContaining("127.0.0.1:1");
            });
        }
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(11));
    }

    private static List<ConsumerRecord<String, byte[]>> records(String topic, int partitions, int count) {
        List<ConsumerRecord<String, byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer = new KafkaConsumer<>(settings.consumer("test"))) {
            List<TopicPartition> all = IntStream.range(0, partitions).mapToObj(i -> new TopicPartition(topic, i)).toList();
            consumer.assign(all);
            consumer.seekToBeginning(all);
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (records.size() < count && System.nanoTime() < deadline) {
                consumer.poll(Duration.ofMillis(200)).forEach(records::add);
            }
        }
        assertThat(records).hasSize(count);
        return records;
    }
}
