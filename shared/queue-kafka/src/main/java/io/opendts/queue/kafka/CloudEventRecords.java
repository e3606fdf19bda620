package io.opendts.queue.kafka;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.queue.Message;
import io.opendts.queue.MessageType;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Base64;
import java.util.Locale;
import java.util.function.Function;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Messages as Kafka records and back, by the Kafka protocol binding of CloudEvents 1.0.2: binary mode is written, binary and
 * structured mode are read.
 */
public final class CloudEventRecords {

    static final String SPEC_VERSION = "1.0";
    static final String CONTENT_TYPE = "content-type";
    private static final String JSON = "application/json";
    private static final String STRUCTURED = "application/cloudevents+json";
    private static final String PREFIX = "ce_";

    private static final ObjectMapper MAPPER = JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

    private CloudEventRecords() {}

    /** @param partition null leaves it to the key */
    public static ProducerRecord<String, byte[]> toRecord(String topic, Integer partition, Message message) {
        Headers headers = new RecordHeaders();
        add(headers, "ce_specversion", SPEC_VERSION);
        add(headers, "ce_id", message.id());
        add(headers, "ce_type", message.type());
        add(headers, "ce_source", message.source());
        add(headers, "ce_subject", message.subject());
        add(headers, "ce_time", message.time().toString());
        add(headers, "ce_partitionkey", message.partitionKey());
        add(headers, CONTENT_TYPE, JSON);
        return new ProducerRecord<>(topic, partition, message.partitionKey(), message.data().getBytes(StandardCharsets.UTF_8), headers);
    }

    static void add(Headers headers, String name, String value) {
        headers.add(name, value.getBytes(StandardCharsets.UTF_8));
    }

    /** @throws DtsException MESSAGE_REFUSED, and nothing else, for anything that is not a message of this version */
    public static Message read(ConsumerRecord<?, byte[]> record) {
        return read(record.headers(), record.value(), record.timestamp());
    }

    /**
     * @param timestampMillis the record's own, for an event that tells no time
     * @throws DtsException MESSAGE_REFUSED, and nothing else, for anything that is not a message of this version
     */
    public static Message read(Headers headers, byte[] value, long timestampMillis) {
        if (value == null) {
            throw refused("has no value", null);
        }
        String contentType = header(headers, CONTENT_TYPE);
        String media = contentType == null ? JSON : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (media.equals(STRUCTURED)) {
            return structured(value, timestampMillis);
        }
        if (!media.equals(JSON)) {
            throw refused("has the content type " + contentType + " instead of " + JSON + " or " + STRUCTURED, null);
        }
        String text = text(value, "its value");
        return message(name -> header(headers, PREFIX + name), parse(text), text, timestampMillis);
    }

    private static Message structured(byte[] value, long timestampMillis) {
        JsonNode event = parse(text(value, "its value"));
        String data;
        if (event.hasNonNull("data_base64")) {
            try {
                data = text(Base64.getDecoder().decode(event.get("data_base64").asText()), "its data");
            } catch (IllegalArgumentException e) {
                throw refused("has a data_base64 that is no base64", e);
            }
        } else if (event.hasNonNull("data")) {
            data = event.get("data").isTextual() ? event.get("data").textValue() : event.get("data").toString();
        } else {
            throw refused("has no data", null);
        }
        return message(name -> attribute(event, name), parse(data), data, timestampMillis);
    }

    private static String attribute(JsonNode event, String name) {
        JsonNode value = event.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isTextual()) {
            throw refused("has the attribute " + name + " = " + shortened(value.toString()) + ", which is no string", null);
        }
        return value.textValue();
    }

    private static Message message(Function<String, String> attributes, JsonNode data, String text, long timestampMillis) {
        String version = required(attributes, "specversion");
        if (!version.equals(SPEC_VERSION)) {
            throw refused("has the specversion " + shortened(version) + " instead of " + SPEC_VERSION, null);
        }
        String id = required(attributes, "id");
        String type = required(attributes, "type");
        String source = required(attributes, "source");
        try {
            MessageType.of(type);
        } catch (DtsException e) {
            throw refused(shortened(id) + " has the type " + shortened(type) + ", which this version does not know", e);
        }
        String subject = attributes.apply("subject");
        if (subject == null || subject.isBlank()) {
            subject = data.path("task").asText("");
        }
        if (subject.isBlank()) {
            throw refused(shortened(id) + " names its task neither in ce_subject nor in its data", null);
        }
        String key = attributes.apply("partitionkey");
        return new Message(id, type, source, subject, key == null ? subject : key, time(attributes.apply("time"), timestampMillis), text);
    }

    private static Instant time(String text, long timestampMillis) {
        try {
            return text == null ? Instant.ofEpochMilli(Math.max(0, timestampMillis)) : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw refused("has the time " + shortened(text) + ", which is not as in 2026-01-31T12:00:00Z", e);
        }
    }

    private static String required(Function<String, String> attributes, String name) {
        String value = attributes.apply(name);
        if (value == null || value.isBlank()) {
            throw refused("has no attribute " + PREFIX + name, null);
        }
        return value;
    }

    private static JsonNode parse(String text) {
        try {
            JsonNode node = MAPPER.readTree(text);
            if (!node.isObject()) {
                throw refused("has data that is no JSON object: " + shortened(text), null);
            }
            return node;
        } catch (JsonProcessingException e) {
            throw refused("has data that is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static String header(Headers headers, String name) {
        Header header = headers.lastHeader(name);
        return header == null || header.value() == null ? null : text(header.value(), "its header " + name);
    }

    private static String text(byte[] bytes, String what) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw refused("cannot be read: " + what + " is not UTF-8", e);
        }
    }

    private static String shortened(String text) {
        return text.length() <= 100 ? text : text.substring(0, 100) + "...";
    }

    private static DtsException refused(String what, Throwable cause) {
        return new DtsException(ErrorCode.MESSAGE_REFUSED, "a message " + what,
                "it is in the topic dts.dead-letter; correct its sender and send it again", cause);
    }
}
