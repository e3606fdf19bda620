package io.opendts.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.TaskState;
import io.opendts.queue.Payload;
import io.opendts.queue.Payloads;
import io.opendts.queue.Topics;
import io.opendts.queue.kafka.KafkaSettings;
import io.opendts.queue.kafka.KafkaTopics;
import io.opendts.state.Tasks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What anybody may write to a topic: it ends in the dead letters or is dropped, and the message behind it is worked on. */
@Deployed
class BadMessagesTest {

    private static final Map<String, String> NOTHING_CHANGED = Map.of();

    private static HttpCluster on;
    private static KafkaProducer<byte[], byte[]> producer;

    @BeforeAll
    static void begin() {
        on = HttpCluster.shared();
        on.createTask("letters", 2);
        on.createTask("ended", 1);
        on.store.tasks().transition("ended", Tasks.ANY_VERSION, new TaskState.Event.StopAsked(), Set.of());
        producer = new KafkaProducer<>(Map.of("bootstrap.servers", on.cluster.kafka(), "compression.type", "gzip",
                "max.request.size", 16 << 20), new ByteArraySerializer(), new ByteArraySerializer());
    }

    @AfterAll
    static void end() {
        if (producer != null) {
            producer.close();
        }
    }

    @Test
    void whatIsNoMessageOfThisFunctionIsKeptWithTheReason() {
        String task = "{\"task\":\"letters\"}";
        Map<String, String> wanted = new LinkedHashMap<>();
        wanted.put(sent("no json", Topics.PRECHECK, bytes("{\"task\":"), NOTHING_CHANGED), "no JSON");
        wanted.put(sent("no utf-8", Topics.PRECHECK, new byte[] {(byte) 0xC3, 0x28}, NOTHING_CHANGED), "UTF-8");
        wanted.put(sent("no value", Topics.PRECHECK, null, NOTHING_CHANGED), "no value");
        wanted.put(sent("no type", Topics.PRECHECK, bytes(task), changed("ce_type", null)), "no attribute ce_type");
        wanted.put(sent("no source", Topics.PRECHECK, bytes(task), changed("ce_source", null)), "no attribute ce_source");
        wanted.put(sent("unknown type", Topics.PRECHECK, bytes(task), changed("ce_type", "io.opendts.party")), "does not know");
        wanted.put(sent("other type", Topics.PRECHECK, bytes("{\"task\":\"letters\",\"run\":\"1\"}"),
                changed("ce_type", "io.opendts.verify.requested")), "does not take");
        wanted.put(sent("other subject", Topics.PRECHECK, bytes(task), changed("ce_subject", "ended")), "speaks of task letters");
        wanted.put(sent("text", Topics.PRECHECK, bytes(task), changed("content-type", "text/plain")), "content type");
        wanted.put(sent("too large", Topics.PRECHECK, bytes("{\"task\":\"letters\",\"x\":\"" + "x".repeat(5 << 20) + "\"}"),
                NOTHING_CHANGED), "more than");
        wanted.put(sent("too long an id " + "x".repeat(300), Topics.PRECHECK, bytes("{\"task\":\"letters\",\"task2\":"), NOTHING_CHANGED),
                "no JSON");
        wanted.put(sent("event: no json", Topics.EVENTS, bytes("nonsense"), NOTHING_CHANGED), "no JSON");
        wanted.put(sent("event: a request", Topics.EVENTS, bytes(task), NOTHING_CHANGED), "does not take");
        wanted.put(sent("event: no state", Topics.EVENTS, bytes(task), changed("ce_type", "io.opendts.task.state")), "bug");
        wanted.put(sent("event: other subject", Topics.EVENTS, bytes(task),
                Map.of("ce_type", "io.opendts.task.state", "ce_subject", "ended")), "speaks of task letters");
        List<ConsumerRecord<byte[], byte[]>> letters = deadLetters(wanted.keySet());
        wanted.forEach((id, reason) -> assertThat(letters).as(id).anySatisfy(letter -> {
            assertThat(header(letter, "ce_id")).isEqualTo(id);
            assertThat(header(letter, "dts-reason")).contains(reason);
            assertThat(header(letter, "dts-topic")).startsWith("dts.");
            assertThat(header(letter, "dts-offset")).isNotEmpty();
        }));
        assertThat(on.store.tasks().get("letters").state()).isEqualTo(new TaskState.Draft());
        assertThat(on.store.tasks().get("ended").state()).isEqualTo(new TaskState.Stopped());
        goesOn();
    }

    @Test
    void aPoisonMessageThatComesAgainIsKeptAgain() {
        String first = sent("poison", Topics.PRECHECK, bytes("{"), NOTHING_CHANGED);
        deadLetters(Set.of(first));
        sent("poison", Topics.PRECHECK, bytes("{"), NOTHING_CHANGED);
        Await.until("two dead letters of one message",
                () -> deadLetters(Set.of(first)).stream().filter(letter -> "poison".equals(header(letter, "ce_id"))).count() == 2);
        goesOn();
    }

    @Test
    void aMessageForATaskThatIsGoneIsDroppedWithALine() {
        sent("to nobody", Topics.PRECHECK, bytes("{\"task\":\"nobody\"}"), changed("ce_subject", "nobody"));
        sent("of nobody", Topics.EVENTS, bytes("{\"task\":\"nobody\",\"passed\":true,\"items\":[]}"),
                Map.of("ce_type", "io.opendts.precheck.completed", "ce_subject", "nobody"));
        Await.until("a line in the log", () -> log("precheck-1").contains("dropped message to nobody: there is no task nobody"));
        Await.until("a line in control's log", () -> log("control-1").contains("nobody"));
        goesOn();
        assertThat(deadLetters(Set.of())).noneSatisfy(letter -> assertThat(header(letter, "ce_id")).isIn("to nobody", "of nobody"));
    }

    /** A structured event behind the bad ones is worked on, nothing waits any more, and the processes are the same. */
    private static void goesOn() {
        on.store.tasks().savePrecheck("letters", List.of());
        var event = Payloads.message(new Payload.PrecheckRequested("letters"), "/tests", Instant.now());
        send(Topics.PRECHECK, bytes("""
                {"specversion": "1.0", "id": "%s", "source": "%s", "type": "%s", "subject": "letters",
                 "datacontenttype": "application/json", "data": %s}
                """.formatted(event.id(), event.source(), event.type(), event.data())),
                Map.of("content-type", "application/cloudevents+json; charset=UTF-8"));
        Await.until("the precheck that was asked for last", () -> !on.store.tasks().precheck("letters").isEmpty());
        try (KafkaTopics topics = new KafkaTopics(new KafkaSettings(on.cluster.kafka(), "tests"))) {
            Await.until("no lag", () -> topics.lag("dts-precheck", Topics.PRECHECK) == 0
                    && topics.lag("dts-schema", Topics.SCHEMA) == 0
                    && topics.lag("dts-control", Topics.EVENTS) == 0);
        }
        for (String process : List.of("precheck-1", "schema-1", "control-1")) {
            assertThat(on.get(on.cluster.url(process) + "/q/health").statusCode()).as(process).isEqualTo(200);
        }
    }

    private static Map<String, String> changed(String header, String value) {
        Map<String, String> changed = new HashMap<>();
        changed.put(header, value);
        return changed;
    }

    /** A request for a precheck of the task `letters` but for what is changed; null leaves a header out. */
    private static String sent(String id, String topic, byte[] value, Map<String, String> changes) {
        Map<String, String> headers = new HashMap<>(Map.of("ce_specversion", "1.0", "ce_id", id, "ce_source", "/tests",
                "ce_type", "io.opendts.precheck.requested", "ce_subject", "letters", "content-type", "application/json"));
        headers.putAll(changes);
        send(topic, value, headers);
        return id;
    }

    private static void send(String topic, byte[] value, Map<String, String> headers) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, value);
        headers.forEach((name, text) -> {
            if (text != null) {
                record.headers().add(name, bytes(text));
            }
        });
        try {
            producer.send(record).get();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** All there are, once these are among them. */
    private static List<ConsumerRecord<byte[], byte[]>> deadLetters(Set<String> ids) {
        List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>();
        try (var consumer = new KafkaConsumer<>(Map.of("bootstrap.servers", on.cluster.kafka(), "enable.auto.commit", false),
                new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            TopicPartition partition = new TopicPartition(Topics.DEAD_LETTER, 0);
            consumer.assign(List.of(partition));
            consumer.seekToBeginning(List.of(partition));
            long end = System.nanoTime() + Await.LIMIT.toNanos();
            while (System.nanoTime() < end) {
                consumer.poll(Duration.ofMillis(200)).forEach(all::add);
                boolean read = consumer.position(partition) >= consumer.endOffsets(List.of(partition)).get(partition);
                if (read && all.stream().map(letter -> header(letter, "ce_id")).toList().containsAll(ids)) {
                    return all;
                }
            }
        }
        List<String> missing = new ArrayList<>(ids);
        missing.removeAll(all.stream().map(letter -> header(letter, "ce_id")).toList());
        throw new AssertionError("not among the dead letters: " + missing);
    }

    private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
        Header header = letter.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String log(String process) {
        try {
            return Files.readString(on.cluster.log(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
