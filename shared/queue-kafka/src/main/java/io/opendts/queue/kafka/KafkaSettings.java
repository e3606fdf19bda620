package io.opendts.queue.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * The properties of every client, in one place. All of them give up within {@link #DELIVERY_LIMIT_MILLIS}, so that a broker that
 * is away is told instead of waited for.
 *
 * @param brokers  {@code host:port[,host:port]}
 * @param clientId of the process, for the broker's logs and quotas
 */
public record KafkaSettings(String brokers, String clientId) {

    static final int DELIVERY_LIMIT_MILLIS = 30_000;
    /** For questions about topics, which a user or a health check waits for. */
    static final int ANSWER_LIMIT_MILLIS = 8_000;
    private static final int REQUEST_LIMIT_MILLIS = 5_000;
    private static final int RECONNECT_MAX_MILLIS = 500;
    private static final int PRODUCER_BUFFER_BYTES = 16 << 20;
    private static final int PRODUCER_BATCH_BYTES = 128 << 10;
    /** What one fetch brings at most, compressed. */
    private static final int FETCH_MAX_BYTES = 8 << 20;
    /** Of up to 900,000 bytes each: what one poll unpacks stays below 8 MB. */
    private static final int POLL_MAX_RECORDS = 8;

    public KafkaSettings {
        Objects.requireNonNull(brokers, "brokers");
        Objects.requireNonNull(clientId, "clientId");
    }

    private Map<String, Object> common(String suffix) {
        Map<String, Object> all = new HashMap<>();
        all.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, brokers);
        all.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId + suffix);
        all.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_LIMIT_MILLIS);
        all.put(CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, REQUEST_LIMIT_MILLIS);
        all.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, RECONNECT_MAX_MILLIS);
        all.put(CommonClientConfigs.RETRY_BACKOFF_MS_CONFIG, 20);
        all.put(CommonClientConfigs.RETRY_BACKOFF_MAX_MS_CONFIG, RECONNECT_MAX_MILLIS);
        // No JMX: hundreds of clients would register hundreds of beans each.
        all.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        all.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        return all;
    }

    Map<String, Object> admin() {
        Map<String, Object> all = common("-admin");
        all.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_LIMIT_MILLIS);
        return all;
    }

    /** For messages: durable on every replica in sync, once. */
    Map<String, Object> producer() {
        Map<String, Object> all = common("-publisher");
        all.put(ProducerConfig.ACKS_CONFIG, "all");
        all.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        all.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        all.put(ProducerConfig.BATCH_SIZE_CONFIG, PRODUCER_BATCH_BYTES);
        all.put(ProducerConfig.BUFFER_MEMORY_CONFIG, PRODUCER_BUFFER_BYTES);
        all.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        all.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_LIMIT_MILLIS);
        all.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, DELIVERY_LIMIT_MILLIS);
        all.put(ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class);
        all.put(ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, ByteArraySerializer.class);
        return all;
    }

    Map<String, Object> transactional(String id, int transactionLimitMillis) {
        Map<String, Object> all = producer();
        all.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId + "-" + id);
        all.put(ProducerConfig.TRANSACTIONAL_ID_CONFIG, id);
        all.put(ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, transactionLimitMillis);
        return all;
    }

    /** A consumer of assigned partitions: no group, no offsets of its own, committed records only. */
    Map<String, Object> consumer(String purpose) {
        Map<String, Object> all = common("-" + purpose);
        all.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        all.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        all.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        all.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        all.put(ConsumerConfig.FETCH_MIN_BYTES_CONFIG, 1);
        all.put(ConsumerConfig.FETCH_MAX_WAIT_MS_CONFIG, 500);
        all.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCH_MAX_BYTES);
        all.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_MAX_BYTES);
        all.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, POLL_MAX_RECORDS);
        all.put(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, ANSWER_LIMIT_MILLIS);
        all.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        all.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, ByteArrayDeserializer.class);
        return all;
    }
}
