package io.opendts.standalone.system;

import io.opendts.queue.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends every message of the work topics twice more, on any partition, shuffled and late. */
final class Copier implements AutoCloseable {

    private static final String MARK = "test-copy";
    private static final List<String> TOPICS = List.of(Topics.PRECHECK, Topics.SCHEMA, Topics.CHUNKS, Topics.VERIFY, Topics.EVENTS);
    private static final Duration POLL = Duration.ofMillis(200);
    private static final int LATE_MAX = 50;

    private final Random random;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final KafkaProducer<byte[], byte[]> producer;
    private final List<ConsumerRecord<byte[], byte[]>> seen = new CopyOnWriteArrayList<>();
    private final List<ConsumerRecord<byte[], byte[]>> late = new ArrayList<>();
    private final AtomicLong copies = new AtomicLong();
    private volatile boolean closing;
    private Thread thread;

    private Copier(String kafka, long seed) {
        this.random = new Random(seed);
        this.consumer = new KafkaConsumer<>(Map.of(ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka, ConsumerConfig.GROUP_ID_CONFIG, MARK,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest"), new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.producer = new KafkaProducer<>(Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka), new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    static Copier start(String kafka, long seed) {
        Copier copier = new Copier(kafka, seed);
        copier.thread = Thread.ofPlatform().name("copier").daemon(true).start(copier::run);
        return copier;
    }

    private void run() {
        consumer.subscribe(TOPICS);
        while (!closing) {
            consumer.poll(POLL).forEach(record -> {
                if (record.headers().lastHeader(MARK) == null) {
                    seen.add(record);
                    late.add(record);
                    late.add(record);
                }
            });
            Collections.shuffle(late, random);
            int now = Math.max(late.size() - LATE_MAX, late.isEmpty() ? 0 : random.nextInt(late.size()));
            List<ConsumerRecord<byte[], byte[]>> due = late.subList(0, now);
            due.forEach(this::copy);
            due.clear();
        }
    }

    private void copy(ConsumerRecord<byte[], byte[]> record) {
        RecordHeaders headers = new RecordHeaders(record.headers().toArray());
        headers.add(MARK, "1".getBytes(StandardCharsets.US_ASCII));
        int partitions = producer.partitionsFor(record.topic()).size();
        int partition;
        synchronized (random) {
            partition = random.nextInt(partitions);
        }
        producer.send(new ProducerRecord<>(record.topic(), partition, record.key(), record.value(), headers));
        copies.incrementAndGet();
    }

    /** All that was ever seen, in any order. */
    void everythingAgain() {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>(seen);
        Collections.shuffle(all);
        all.forEach(this::copy);
        producer.flush();
    }

    long copies() {
        return copies.get();
    }

    @Override
    public void close() throws InterruptedException {
        closing = true;
        thread.join();
        consumer.close();
        producer.close();
    }
}
