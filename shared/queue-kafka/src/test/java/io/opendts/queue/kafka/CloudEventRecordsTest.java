package io.opendts.queue.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.queue.Message;
import io.opendts.queue.Payload;
import io.opendts.queue.Payloads;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloudEventRecordsTest {

    private static final Message MESSAGE = Payloads.message(new Payload.SchemaRequested("shop\u00e9", "tables"), "/functions/control",
            Instant.parse("2026-01-31T12:00:00.123Z"), "a-1");

    private static final String STRUCTURED = """
            {"specversion": "1.0", "id": "a-1", "type": "io.opendts.schema.requested", "source": "/functions/control",
             "subject": "shop\u00e9", "time": "2026-01-31T13:00:00.123+01:00", "datacontenttype": "application/json", "data": %s}""";

    private final ProducerRecord<String, byte[]> record = CloudEventRecords.toRecord("dts.schema", null, MESSAGE);

    @Test
    void whatIsReadInBinaryModeEqualsWhatWasWritten() {
        assertThat(record.key()).isEqualTo("shop\u00e9");
        assertThat(CloudEventRecords.read(record.headers(), record.value(), 0)).isEqualTo(MESSAGE);
    }

    @Test
    void structuredModeMeansTheSame() {
        Message read = structured(STRUCTURED.formatted(MESSAGE.data()));
        assertThat(read).isEqualTo(MESSAGE);
    }

    @Test
    void dataInBase64AndWithoutSubjectIsUnderstood() {
        String base64 = java.util.Base64.getEncoder().encodeToString(MESSAGE.data().getBytes(StandardCharsets.UTF_8));
        assertThat(structured(STRUCTURED.replace("\"data\": %s", "\"data_base64\": \"" + base64 + "\"")).data()).isEqualTo(MESSAGE.data());
        assertThat(structured(STRUCTURED.replace("subject", "other").formatted(MESSAGE.data())).subject()).isEqualTo("shop\u00e9");
    }

    @Test
    void anEventWithoutTimeHasThatOfItsRecord() {
        record.headers().remove("ce_time");
        assertThat(CloudEventRecords.read(record.headers(), record.value(), 77).time()).isEqualTo(Instant.ofEpochMilli(77));
    }

    @ParameterizedTest
    @CsvSource({"ce_id,,ce_id", "ce_type,,ce_type", "ce_source,' ',ce_source", "ce_specversion,,ce_specversion",
        "ce_specversion,0.3,specversion 0.3", "ce_type,io.opendts.unknown,io.opendts.unknown", "ce_time,yesterday,yesterday",
        "content-type,text/xml,text/xml"})
    void whatIsWrongIsNamed(String header, String value, String told) {
        record.headers().remove(header);
        if (value != null) {
            CloudEventRecords.add(record.headers(), header, value);
        }
        assertRefused(record.headers(), record.value(), told);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"{\"task\": | no JSON", "[] | no JSON object", "'' | no JSON object", "{} {} | no JSON"})
    void dataThatCannotBeReadIsRefused(String data, String told) {
        assertRefused(record.headers(), data.getBytes(StandardCharsets.UTF_8), told);
    }

    @Test
    void bytesThatAreNoTextAreRefused() {
        assertRefused(record.headers(), new byte[] {(byte) 0xC3, 0x28}, "not UTF-8");
        assertRefused(record.headers(), null, "no value");
        record.headers().add("ce_id", new byte[] {(byte) 0xFF});
        assertRefused(record.headers(), record.value(), "header ce_id is not UTF-8");
    }

    @Test
    void garbageIsRefusedAndNeverAnythingElse() {
        Random random = new Random(3);
        byte[] good = STRUCTURED.formatted(MESSAGE.data()).getBytes(StandardCharsets.UTF_8);
        Headers headers = new RecordHeaders();
        CloudEventRecords.add(headers, "content-type", "application/cloudevents+json; charset=utf-8");
        int refused = 0;
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = good.clone();
            for (int n = random.nextInt(1, 5); n > 0; n--) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
            }
            try {
                CloudEventRecords.read(headers, bytes, 0);
            } catch (DtsException e) {
                assertThat(e.code()).isEqualTo(ErrorCode.MESSAGE_REFUSED);
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(1_000);
        assertRefused(headers, "[".repeat(100_000).getBytes(StandardCharsets.UTF_8), "no JSON");
    }

    private static Message structured(String event) {
        Headers headers = new RecordHeaders();
        CloudEventRecords.add(headers, "content-type", "application/cloudevents+json; charset=utf-8");
        return CloudEventRecords.read(headers, event.getBytes(StandardCharsets.UTF_8), 0);
    }

    private static void assertRefused(Headers headers, byte[] value, String told) {
        assertThatThrownBy(() -> CloudEventRecords.read(headers, value, 0)).isInstanceOfSatisfying(DtsException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.MESSAGE_REFUSED);
            assertThat(e).hasMessageContaining(told);
        });
    }
}
