package io.opendts.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.Batch;
import io.opendts.model.Change;
import io.opendts.model.Chunk;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Row;
import io.opendts.model.Stage;
import io.opendts.model.TableId;
import io.opendts.model.TaskState;
import io.opendts.queue.BatchCodec;
import io.opendts.queue.Payload;
import io.opendts.state.Chunks.Open;
import io.opendts.state.Verifications.Run;
import io.opendts.task.Facts;
import io.opendts.task.RelationsByNumber;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each function as a function service calls it; the control process is stopped, so that nothing else does the work. */
@Deployed
class CloudEventsOverHttpTest {

    private static HttpCluster on;

    @BeforeAll
    static void tasksOfWhichNobodyTakesCare() throws Exception {
        on = HttpCluster.shared();
        on.createTask("worked", 10);
        on.createTask("draft", 1);
        on.createTask("running", 1);
        on.cluster.signal("control-1", "STOP");
    }

    @AfterAll
    static void letControlGoOn() throws Exception {
        if (on != null) {
            List.of("worked", "draft", "running").forEach(on.store.tasks()::delete);
            on.cluster.signal("control-1", "CONT");
        }
    }

    @Test
    void eachFunctionDoesItsWorkOnceHoweverOftenItIsToldTo() {
        precheck();
        on.runStage("worked", Stage.SCHEMA);
        schema();
        on.runStage("worked", Stage.FULL);
        snapshot();
        on.runStage("worked", Stage.INCREMENTAL);
        apply();
        verify();
    }

    private void precheck() {
        Payload request = new Payload.PrecheckRequested("worked");
        for (HttpResponse<String> response : List.of(on.binary("precheck-1", "p1", request), on.binary("precheck-1", "p1", request))) {
            Map<String, Object> data = binaryAnswer(response, "p1", "precheck");
            assertThat(data).containsEntry("task", "worked").containsEntry("passed", true);
        }
        int items = on.store.tasks().precheck("worked").size();
        assertThat(items).isPositive();
        assertThat(structuredAnswer(on.structured("precheck-1", "p2", request), "p2", "precheck")).containsEntry("passed", true);
        assertThat(on.store.tasks().precheck("worked")).hasSize(items);
    }

    private void schema() {
        Payload prepare = new Payload.SchemaRequested("worked", "PREPARE");
        assertThat(binaryAnswer(on.binary("schema-1", "s1", prepare), "s1", "schema")).containsEntry("step", "PREPARE");
        assertThat(structuredAnswer(on.structured("schema-1", "s1", prepare), "s1", "schema")).containsEntry("step", "PREPARE");
        assertThat(on.store.relations().latest("worked")).hasSize(1);
        Payload make = new Payload.SchemaRequested("worked", "BEFORE_LOAD");
        Map<String, Object> made = structuredAnswer(on.structured("schema-1", "s2", make), "s2", "schema");
        assertThat(((Number) made.get("objects")).intValue()).isPositive();
        binaryAnswer(on.binary("schema-1", "s2", make), "s2", "schema");
        assertThat(Sides.tables(on.target, "worked")).containsExactly("t");
    }

    private void snapshot() {
        Payload plan = new Payload.ChunkRequested("worked", null, 0);
        binaryAnswer(on.binary("snapshot-1", "c0", plan), "c0", "chunk");
        structuredAnswer(on.structured("snapshot-1", "c0", plan), "c0", "chunk");
        List<Open> chunks = on.store.chunks().open("worked", 10);
        assertThat(chunks).hasSize(1);
        Payload copy = new Payload.ChunkRequested("worked", chunks.getFirst().chunk(), chunks.getFirst().relation());
        assertThat(binaryAnswer(on.binary("snapshot-1", "c1", copy), "c1", "chunk")).containsEntry("rows", 10L);
        assertThat(structuredAnswer(on.structured("snapshot-1", "c1", copy), "c1", "chunk")).containsEntry("rows", 10L);
        assertThat(count()).isEqualTo("10");
        assertThat(on.store.chunks().tables("worked")).allSatisfy(table -> {
            assertThat(table.complete()).isTrue();
            assertThat(table.rows()).isEqualTo(10);
        });
        assertThat(metric("snapshot-1", "dts_full_rows_total")).as("copied once").isEqualTo(10);
    }

    private void apply() {
        Payload first = batch(1, 11);
        assertThat(binaryAnswer(on.binary("apply-1", "b1", first), "b1", "changes"))
                .containsEntry("rows", 1L).containsEntry("transactions", 1L).containsEntry("sequence", 1L);
        assertThat(structuredAnswer(on.structured("apply-1", "b1", first), "b1", "changes"))
                .as("it is there already").containsEntry("rows", 0L).containsEntry("sequence", 1L);
        HttpResponse<String> early = on.binary("apply-1", "b3", batch(3, 13));
        assertThat(on.error(early, 503, "DTS-5102")).containsEntry("retryable", true);
        assertThat(early.headers().firstValue("Retry-After")).isPresent();
        assertThat(count()).as("nothing of the batch that came too early").isEqualTo("11");
        binaryAnswer(on.binary("apply-1", "b2", batch(2, 12)), "b2", "changes");
        assertThat(structuredAnswer(on.structured("apply-1", "b3", batch(3, 13)), "b3", "changes")).containsEntry("sequence", 3L);
        assertThat(count()).isEqualTo("13");
        assertThat(on.store.requests().open("worked")).as("what was tried again in vain").isEmpty();
        assertThat(metric("apply-1", "dts_incremental_rows_total")).isEqualTo(3);
    }

    private void verify() {
        on.source.run("INSERT INTO worked.t VALUES (11, 'row 11'), (12, 'row 12')");
        String run = on.store.verifications().begin("worked");
        Payload plan = new Payload.VerifyRequested("worked", run, null);
        binaryAnswer(on.binary("verify-1", "v0", plan), "v0", "verify");
        structuredAnswer(on.structured("verify-1", "v0", plan), "v0", "verify");
        Chunk chunk = on.store.verifications().open("worked", run, 10).getFirst();
        Payload compare = new Payload.VerifyRequested("worked", run, chunk);
        for (int i = 0; i < 2; i++) {
            assertThat(structuredAnswer(on.structured("verify-1", "v1", compare), "v1", "verify")).containsEntry("different", 1L);
        }
        Run found = on.store.verifications().current("worked").orElseThrow();
        assertThat(found.complete()).isTrue();
        assertThat(found.differences()).as("row 13 is on the target alone, found once").isEqualTo(1);
    }

    private static String count() {
        return on.target.one("SELECT COUNT(*) FROM worked.t");
    }

    private static Relation relation() {
        return on.store.relations().latest("worked").getFirst().relation();
    }

    private static double metric(String process, String name) {
        return PrometheusText.of(on.get(on.cluster.url(process) + "/q/metrics").body()).value(name, "task", "worked");
    }

    /** A transaction that inserts one row, as the reader would send it. */
    private static Payload batch(long sequence, int id) {
        Position at = new Facts(on.store.progress(), "worked").logStart().orElseThrow();
        byte[] key = Integer.toString(id).getBytes(StandardCharsets.US_ASCII);
        byte[] value = ("row " + id).getBytes(StandardCharsets.US_ASCII);
        byte[] row = new byte[key.length + value.length + 2];
        row[0] = (byte) key.length;
        System.arraycopy(key, 0, row, 1, key.length);
        row[key.length + 1] = (byte) value.length;
        System.arraycopy(value, 0, row, key.length + 2, value.length);
        byte[] frame = new BatchCodec(new RelationsByNumber(on.store, "worked")).encode(new Batch("worked", 1, sequence, at, at, true,
                List.of(new Change.Begin("", at, System.currentTimeMillis()), new Change.Insert(relation(), Row.wrap(row)),
                        new Change.End(at))));
        return new Payload.ChangesBatch("worked", Base64.getEncoder().encodeToString(frame));
    }

    /** Its data, once its attributes are right. */
    private static Map<String, Object> binaryAnswer(HttpResponse<String> response, String id, String function) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        attributes(name -> response.headers().firstValue("ce-" + name).orElse(null), id, function);
        return HttpCluster.json(response.body());
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> structuredAnswer(HttpResponse<String> response, String id, String function) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/cloudevents+json");
        Map<String, Object> event = HttpCluster.json(response.body());
        attributes(name -> (String) event.get(name), id, function);
        return (Map<String, Object>) event.get("data");
    }

    private interface Attributes {
        String get(String name);
    }

    private static void attributes(Attributes event, String id, String function) {
        assertThat(event.get("specversion")).isEqualTo("1.0");
        assertThat(event.get("id")).isEqualTo(id + ":completed");
        assertThat(event.get("type")).isEqualTo("io.opendts." + function + (function.equals("changes") ? ".applied" : ".completed"));
        assertThat(event.get("source")).startsWith("/functions/");
        assertThat(event.get("subject")).isEqualTo("worked");
        assertThat(Instant.parse(event.get("time"))).isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(60));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "-", value = {
        "no JSON | application/json | 1.0 | id | /x | precheck.requested | draft | {\"task\": | 400 | DTS-5104",
        "no body | application/json | 1.0 | id | /x | precheck.requested | draft | - | 400 | DTS-5104",
        "no object | application/json | 1.0 | id | /x | precheck.requested | draft | [1] | 400 | DTS-5104",
        "no id | application/json | 1.0 | - | /x | precheck.requested | draft | {\"task\":\"draft\"} | 400 | DTS-5104",
        "no source | application/json | 1.0 | id | - | precheck.requested | draft | {\"task\":\"draft\"} | 400 | DTS-5104",
        "no type | application/json | 1.0 | id | /x | - | draft | {\"task\":\"draft\"} | 400 | DTS-5104",
        "another version | application/json | 0.3 | id | /x | precheck.requested | draft | {\"task\":\"draft\"} | 400 | DTS-5104",
        "no version | application/json | - | id | /x | precheck.requested | draft | {\"task\":\"draft\"} | 400 | DTS-5104",
        "unknown type | application/json | 1.0 | id | /x | party.requested | draft | {\"task\":\"draft\"} | 400 | DTS-5104",
        "another function's | application/json | 1.0 | id | /x | verify.requested | draft | {\"task\":\"draft\"} | 404 | DTS-5104",
        "another subject | application/json | 1.0 | id | /x | precheck.requested | other | {\"task\":\"draft\"} | 400 | DTS-5104",
        "data of no task | application/json | 1.0 | id | /x | precheck.requested | draft | {\"tusk\":\"draft\"} | 400 | DTS-5104",
        "data of other form | application/json | 1.0 | id | /x | precheck.requested | draft | {\"task\":{\"a\":[1]}} | 400 | DTS-5104",
        "unknown task | application/json | 1.0 | id | /x | precheck.requested | nobody | {\"task\":\"nobody\"} | 410 | DTS-1101",
        "no JSON type | text/csv | 1.0 | id | /x | precheck.requested | draft | {\"task\":\"draft\"} | 415 | DTS-5104"})
    void whatCannotBeMendedByARetryIsRefused(String what, String media, String version, String id, String source, String type,
            String subject, String body, int status, String code) {
        List<String> headers = new ArrayList<>(List.of("Content-Type", media));
        header(headers, "ce-specversion", version);
        header(headers, "ce-id", id);
        header(headers, "ce-source", source);
        header(headers, "ce-type", type == null ? null : "io.opendts." + type);
        header(headers, "ce-subject", subject);
        HttpResponse<String> response = on.send("POST", on.cluster.url("precheck-1") + "/", body == null ? "" : body,
                headers.toArray(String[]::new));
        assertThat(on.error(response, status, code)).as(what).containsEntry("retryable", false);
    }

    private static void header(List<String> headers, String name, String value) {
        if (value != null) {
            headers.addAll(List.of(name, value));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
        "{", "[]", "{}", "\"text\"", "{\"specversion\":\"1.0\",\"id\":\"a\",\"source\":\"/x\",\"data\":{\"task\":\"draft\"}}",
        "{\"specversion\":\"1.0\",\"id\":7,\"source\":\"/x\",\"type\":\"io.opendts.precheck.requested\",\"data\":{\"task\":\"draft\"}}",
        "{\"specversion\":\"1.0\",\"id\":\"a\",\"source\":\"/x\",\"type\":\"io.opendts.precheck.requested\",\"data\":[]}",
        "{\"specversion\":\"1.0\",\"id\":\"a\",\"source\":\"/x\",\"type\":\"io.opendts.precheck.requested\"}"})
    void whatIsNoStructuredEventIsRefused(String body) {
        HttpResponse<String> response = on.send("POST", on.cluster.url("precheck-1") + "/", body,
                "Content-Type", "application/cloudevents+json");
        on.error(response, 400, "DTS-5104");
    }

    @Test
    void aTaskThatDoesNotWantItIsLeftAlone() {
        on.error(on.binary("schema-1", "e1", new Payload.SchemaRequested("draft", "PREPARE")), 422, "DTS-1105");
        on.error(on.structured("snapshot-1", "e2", new Payload.ChunkRequested("draft", null, 0)), 422, "DTS-1105");
        on.error(on.binary("apply-1", "e3", new Payload.ChangesBatch("draft", "AAAA")), 422, "DTS-1105");
        assertThat(on.store.relations().latest("draft")).isEmpty();
        assertThat(on.target.one("SELECT COUNT(*) FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = 'draft'")).isEqualTo("0");
    }

    @Test
    void aBadMessageForARunningTaskDoesNotFailIt() {
        on.runStage("running", Stage.FULL);
        on.error(on.binary("schema-1", "m1", new Payload.SchemaRequested("running", "DANCE")), 400, "DTS-5104");
        on.error(on.structured("schema-1", "m2", new Payload.SchemaRequested("running", null)), 400, "DTS-5104");
        Chunk unknown = new Chunk(new TableId("running", "gone"), 0, Chunk.Kind.WHOLE, "", "");
        on.error(on.binary("snapshot-1", "m3", new Payload.ChunkRequested("running", unknown, 7)), 400, "DTS-5104");
        on.error(on.binary("apply-1", "m4", new Payload.ChangesBatch("running", "no base64!")), 400, "DTS-5104");
        on.error(on.structured("apply-1", "m5", new Payload.ChangesBatch("running", "AAAA")), 400, "DTS-5104");
        on.error(on.structured("apply-1", "m6", new Payload.ChangesBatch("running", null)), 400, "DTS-5104");
        assertThat(on.store.tasks().get("running").state()).isEqualTo(new TaskState.Running(Stage.FULL));
        assertThat(on.store.requests().open("running")).isEmpty();
    }

    @Test
    void whatIsTooLargeIsRefusedBeforeItIsWorkedOn() {
        String large = "{\"task\":\"draft\",\"more\":\"" + "x".repeat(1 << 20) + "\"}";
        on.error(on.send("POST", on.cluster.url("precheck-1") + "/", large, "Content-Type", "application/json", "ce-specversion", "1.0",
                "ce-id", "l1", "ce-source", "/x", "ce-type", "io.opendts.precheck.requested"), 413, "DTS-5104");
        String larger = "x".repeat(11 << 20);
        on.error(on.send("POST", on.cluster.url("precheck-1") + "/", larger, "Content-Type", "application/json"), 413, "DTS-5104");
    }

    @Test
    void otherPathsAndMethodsAreRefused() {
        assertThat(on.get(on.cluster.url("precheck-1") + "/nothing-here").statusCode()).isBetween(400, 499);
        HttpResponse<String> put = on.send("PUT", on.cluster.url("precheck-1") + "/", "{}", "Content-Type", "application/json");
        assertThat(put.statusCode()).isBetween(400, 499);
    }
}
