package io.opendts.queue.kafka;

import io.opendts.queue.Message;
import io.opendts.queue.MessageType;
import io.opendts.queue.Publisher;
import io.opendts.queue.Topics;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Sends messages, durable on every replica in sync when a call returns. Safe for many threads. */
public final class KafkaPublisher implements Publisher, AutoCloseable {

    /** Half of what a broker takes; larger messages come compressed, and the producer counts what they are unpacked. */
    static final int DEAD_LETTER_BYTES_MAX = 512 << 10;

    private final KafkaSettings settings;
    private final KafkaProducer<String, byte[]> producer;
    private final AtomicInteger turn = new AtomicInteger();

    public KafkaPublisher(KafkaSettings settings) {
        this.settings = settings;
        try {
            this.producer = new KafkaProducer<>(settings.producer());
        } catch (KafkaException e) {
            throw KafkaErrors.unavailable("cannot be used", settings, e.getCause() == null ? e : e.getCause());
        }
    }

    /** What the first message would have to wait for otherwise. */
    public void connect() {
        send(Topics.EVENTS, () -> {
            producer.partitionsFor(Topics.EVENTS);
            return List.of();
        });
    }

    @Override
    public void publish(String topic, Message message) {
        publish(topic, List.of(message));
    }

    /** All at once, in one wait. */
    @Override
    public void publish(String topic, List<Message> messages) {
        send(topic, () -> messages.stream().map(message -> CloudEventRecords.toRecord(topic, partition(topic, message), message)).toList());
    }

    /** Work without an order is spread evenly: by its key, the chunks of one task would be work for one worker. */
    private Integer partition(String topic, Message message) {
        if (!message.type().equals(MessageType.CHUNK_REQUESTED.type()) && !message.type().equals(MessageType.VERIFY_REQUESTED.type())) {
            return null;
        }
        return Math.floorMod(turn.getAndIncrement(), producer.partitionsFor(topic).size());
    }

    /**
     * Keeps what cannot be read or worked on as it came, cut off behind {@link #DEAD_LETTER_BYTES_MAX} so that it always fits, with
     * the reason and where it was, in {@link Topics#DEAD_LETTER}.
     */
    public void deadLetter(ConsumerRecord<?, byte[]> record, String reason) {
        deadLetter(record.value(), record.headers(), record.topic(), record.partition(), record.offset(), reason);
    }

    /** @param reason without secrets */
    public void deadLetter(byte[] value, Headers headers, String topic, int partition, long offset, String reason) {
        Headers all = new RecordHeaders();
        if (bytes(headers) <= DEAD_LETTER_BYTES_MAX / 2) {
            headers.forEach(all::add);
        }
        boolean cut = value != null && value.length > DEAD_LETTER_BYTES_MAX;
        if (cut) {
            CloudEventRecords.add(all, "dts-bytes", Integer.toString(value.length));
        }
        byte[] kept = cut ? Arrays.copyOf(value, DEAD_LETTER_BYTES_MAX) : value;
        CloudEventRecords.add(all, "dts-reason", reason);
        CloudEventRecords.add(all, "dts-topic", topic);
        CloudEventRecords.add(all, "dts-partition", Integer.toString(partition));
        CloudEventRecords.add(all, "dts-offset", Long.toString(offset));
        send(Topics.DEAD_LETTER, () -> List.of(new ProducerRecord<>(Topics.DEAD_LETTER, null, (String) null, kept, all)));
    }

    private static long bytes(Headers headers) {
        long bytes = 0;
        for (Header header : headers) {
            bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
        }
        return bytes;
    }

    private interface Records {
        List<ProducerRecord<String, byte[]>> make();
    }

    private void send(String topic, Records records) {
        String what = "did not take a message for " + topic;
        try {
            List<Future<RecordMetadata>> sent = new ArrayList<>();
            for (ProducerRecord<String, byte[]> record : records.make()) {
                sent.add(producer.send(record));
            }
            for (Future<RecordMetadata> one : sent) {
                one.get();
            }
        } catch (InterruptedException | InterruptException e) {
            throw KafkaErrors.interrupted(what, settings, e);
        } catch (ExecutionException | KafkaException e) {
            throw KafkaErrors.unavailable(what, settings, e);
        }
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
