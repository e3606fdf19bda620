package io.opendts.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.standalone.system.PrometheusText.Series;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The control process over HTTP, as any client meets it. */
@Deployed
class ControlApiTest {

    private static HttpCluster on;

    @BeforeAll
    static void begin() {
        on = HttpCluster.shared();
    }

    @Test
    void aTaskFromItsFileToItsEnd() {
        on.createTask("shop", 25);
        assertThat(on.api("POST", "", on.taskFile("shop"), "Content-Type", "application/yaml").statusCode()).as("again").isEqualTo(200);
        assertThat(on.api("GET", "", "").body()).contains("\"shop\"");
        assertThat(HttpCluster.json(on.api("GET", "/shop", "").body())).containsEntry("state", "draft");
        ok(on.api("POST", "/shop/precheck", ""));
        ok(on.api("POST", "/shop/start", ""));
        state("shop", "synchronizing");
        on.source.run("INSERT INTO shop.t VALUES (26, 'late')");
        Await.until("the change on the target", () -> on.target.one("SELECT COUNT(*) FROM shop.t").equals("26"));
        metricsOfARunningTask();
        oneTableAnew();
        ok(on.api("POST", "/shop/verify", ""));
        ok(on.api("POST", "/shop/pause", ""));
        state("shop", "paused");
        on.error(on.api("DELETE", "/nobody", ""), 404, "DTS-1101");
        ok(on.api("POST", "/shop/resume", ""));
        state("shop", "synchronizing");
        on.error(on.api("DELETE", "/shop", ""), 409, "DTS-1105");
        on.error(on.api("POST", "/shop/reset", ""), 409, "DTS-1105");
        ok(on.api("POST", "/shop/stop", ""));
        state("shop", "stopped");
        on.error(on.api("POST", "/shop/resume", ""), 409, "DTS-1105");
        ok(on.api("POST", "/shop/reset", ""));
        state("shop", "draft");
        assertThat(on.api("DELETE", "/shop", "").statusCode()).isBetween(200, 204);
        on.error(on.api("GET", "/shop", ""), 404, "DTS-1101");
        for (String process : List.of("control-1", "snapshot-1", "apply-1", "reader-1")) {
            Await.until("no series of a deleted task in " + process, () -> metrics(process).series().stream()
                    .noneMatch(one -> "shop".equals(one.labels().get("task"))));
        }
    }

    /** Nothing that a process remembers of a deleted task is of use for the next one of that name. */
    @Test
    void aTaskMadeAgainStartsAnewOnATargetThatWasEmptied() {
        for (int i = 1; i <= 2; i++) {
            on.createTask("again", 3);
            ok(on.api("POST", "/again/start", ""));
            state("again", "synchronizing");
            assertThat(on.target.one("SELECT COUNT(*) FROM again.t")).isEqualTo("3");
            ok(on.api("POST", "/again/stop", ""));
            state("again", "stopped");
            assertThat(on.api("DELETE", "/again", "").statusCode()).isBetween(200, 204);
            on.target.run("DROP DATABASE again", "DROP DATABASE IF EXISTS _dts");
        }
    }

    private static void oneTableAnew() {
        on.target.run("DELETE FROM shop.t WHERE id < 20");
        on.error(on.api("POST", "/shop/resync", ""), 400, "DTS-1110");
        on.error(on.api("POST", "/shop/resync?table=shop.nobody", ""), 400, "DTS-1110");
        ok(on.api("POST", "/shop/resync?table=shop.t", ""));
        Await.until("the rows are there again", () -> on.target.one("SELECT COUNT(*) FROM shop.t").equals("26"));
    }

    private void metricsOfARunningTask() {
        assertThat(HttpCluster.json(on.api("GET", "/shop/metrics", "").body())).containsKeys("full", "incremental");
        assertThat(metrics("snapshot-1").value("dts_full_rows_total", "task", "shop")).isEqualTo(25);
        assertThat(metrics("snapshot-1").value("dts_full_bytes_total", "task", "shop")).isPositive();
        Await.until("the plan and a chunk, and what came twice, in the figures", () -> {
            PrometheusText snapshot = metrics("snapshot-1");
            double worked = snapshot.value("dts_work_seconds_count", "task", "shop");
            return worked >= 2 && snapshot.value("dts_message_seconds_count", "task", "shop") == worked;
        });
        Await.until("the row in the figures", () -> metrics("apply-1").value("dts_incremental_rows_total", "task", "shop") == 1);
        PrometheusText apply = metrics("apply-1");
        assertThat(apply.value("dts_incremental_transactions_total", "task", "shop")).isEqualTo(1);
        assertThat(apply.value("dts_conflicts_total", "task", "shop")).isZero();
        assertThat(apply.value("dts_apply_batch_seconds_count", "task", "shop")).isPositive();
        assertThat(apply.value("dts_apply_batch_seconds_sum", "task", "shop")).isPositive();
        assertThat(apply.value("dts_lag_seconds", "task", "shop")).isBetween(0.0, 60.0);
        assertThat(metrics("reader-1").value("dts_reader_bytes_total", "task", "shop")).isPositive();
        Await.until("state and depth", () ->
                metrics("control-1").value("dts_task_state", "task", "shop", "state", "synchronizing") == 1
                && metrics("control-1").value("dts_queue_depth", "task", "shop", "topic", "dts.changes.shop") == 0
                && metrics("control-1").value("dts_queue_depth", "topic", "dts.chunks", "group", "dts-snapshot") == 0);
        assertThat(metrics("control-1").of("dts_task_state", "task", "shop")).as("one state at a time").hasSize(1);
        List<Series> ours = List.of("control-1", "snapshot-1", "apply-1", "reader-1").stream()
                .flatMap(process -> metrics(process).series().stream()).filter(one -> one.name().startsWith("dts_")).toList();
        assertThat(ours).allSatisfy(one -> assertThat(one.labels()).as(one.name()).containsKey("task"));
    }

    @Test
    void anErrorIsCountedByItsCodeAndItsTask() {
        on.createTask("broken", 1);
        String file = on.taskFile("broken").replaceFirst("port: " + on.target.port(), "port: 1");
        ok(on.api("PUT", "/broken", file, "Content-Type", "application/yaml"));
        on.store.tasks().get("broken");
        ok(on.api("POST", "/broken/start", ""));
        state("broken", "precheck-failed");
        ok(on.api("POST", "/broken/verify", ""));
        Await.until("the error in the figures", () -> metrics("verify-1").of("dts_errors_total", "task", "broken").stream()
                .anyMatch(one -> one.labels().get("code").matches("DTS-[23]001") && one.value() >= 1));
        assertThat(on.api("DELETE", "/broken", "").statusCode()).isBetween(200, 204);
    }

    @Test
    void jsonAndSecretsApartAreTaken() {
        String json = ("{\"name\": \"json\", \"type\": \"synchronization\", \"objects\": [{\"database\": \"x\"}], "
                + "\"source\": {\"engine\": \"mysql\","
                + " \"host\": \"127.0.0.1\", \"username\": \"root\", \"password\": \"%1$s\"}, \"target\": {\"engine\": \"mysql\","
                + " \"host\": \"127.0.0.1\", \"port\": 3307, \"username\": \"root\", \"password\": \"%1$s\"}}");
        assertThat(on.api("POST", "", json.formatted("plain-secret"), "Content-Type", "application/json").statusCode()).isEqualTo(201);
        String file = json.replace("\"json\"", "\"apart\"").formatted("${SHOP_PASSWORD}").replace("\"", "\\\"");
        HttpResponse<String> made = on.api("POST", "", "{\"file\": \"" + file + "\", \"references\": {\"${SHOP_PASSWORD}\": \"a-secret\"}}",
                "Content-Type", "application/vnd.opendts.task+json");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        assertThat(on.api("GET", "/apart", "").body() + on.api("GET", "", "").body()).doesNotContain("a-secret", "plain-secret");
        for (String name : List.of("json", "apart")) {
            assertThat(on.api("DELETE", "/" + name, "").statusCode()).isBetween(200, 204);
        }
    }

    @Test
    void whatIsWrongIsToldWithItsStatus() {
        HttpResponse<String> invalid = on.api("POST", "", "name: 'a b'\ntype: dance\nsauce: {}\n", "Content-Type", "application/yaml");
        assertThat(invalid.statusCode()).isEqualTo(400);
        assertThat((List<?>) HttpCluster.json(invalid.body()).get("errors")).hasSizeGreaterThan(3);
        HttpResponse<String> unresolved = on.api("POST", "",
                on.taskFile("env").replaceFirst("password: \"[^\"]*\"", "password: \"\\${HOME}\""),
                "Content-Type", "application/yaml");
        assertThat(unresolved.statusCode()).as("the server's environment is none of the file's business").isEqualTo(400);
        assertThat(unresolved.body()).contains("HOME").doesNotContain(System.getenv("HOME") + "\"");
        for (String action : List.of("", "/metrics", "/events")) {
            on.error(on.api("GET", "/nobody" + action, ""), 404, "DTS-1101");
        }
        for (String action : List.of("precheck", "start", "pause", "resume", "stop", "reset", "verify", "resync")) {
            on.error(on.api("POST", "/nobody/" + action, ""), 404, "DTS-1101");
        }
        on.createTask("same", 1);
        on.error(on.api("POST", "", on.taskFile("same") + "tags: {a: b}\n", "Content-Type", "application/yaml"), 409, "DTS-1103");
        assertThat(on.api("POST", "", "x".repeat(9 << 20), "Content-Type", "application/yaml").statusCode()).isEqualTo(413);
        on.error(on.api("GET", "", "", "Origin", "http://evil.example"), 403, "DTS-1109");
        assertThat(on.api("POST", "", "<a/>", "Content-Type", "application/xml").statusCode()).isEqualTo(415);
    }

    @Test
    void healthMetricsAndTheDescriptionOfTheApiAreThere() {
        String control = on.cluster.url("control-1");
        assertThat(on.get(control + "/q/health").body()).contains("\"UP\"");
        assertThat(on.get(control + "/q/openapi").body()).contains("/api/v1/tasks/{name}/events", "OpenDTS");
        Await.until("the queue's depths", () -> on.get(control + "/q/metrics").body().contains("# TYPE dts_queue_depth gauge"));
    }

    @Test
    void eventsComeAtOnceAndAClientThatGoesAwayIsForgotten() throws IOException {
        on.createTask("told", 1);
        URI control = URI.create(on.cluster.url("control-1"));
        for (int i = 0; i < 210; i++) {
            try (Socket client = new Socket(control.getHost(), control.getPort())) {
                ask(client, "told");
            }
        }
        List<Socket> places = new ArrayList<>();
        Await.until("places for those who come now", () -> isServed(control, places) && places.size() >= 20);
        for (Socket place : places) {
            place.close();
        }
        Await.until("a place for one more", () -> isServed(control, places));
        try (Socket client = places.getLast()) {
            client.setSoTimeout((int) Await.LIMIT.toMillis());
            BufferedReader lines = new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
            ok(on.api("POST", "/told/start", ""));
            long began = System.nanoTime();
            assertThat(lines.lines().anyMatch(line -> line.startsWith("data:") && line.contains("\"prechecking\""))).isTrue();
            assertThat(System.nanoTime() - began).as("ns until the first event").isLessThan(5_000_000_000L);
        }
        state("told", "synchronizing");
        ok(on.api("POST", "/told/stop", ""));
    }

    private static void ask(Socket client, String task) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(("GET /api/v1/tasks/" + task + "/events HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    /** Whether a follower was let in; it is then the last of these, its answer read up to the status. */
    private static boolean isServed(URI control, List<Socket> places) {
        try {
            Socket client = new Socket(control.getHost(), control.getPort());
            ask(client, "told");
            if (new String(client.getInputStream().readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII).endsWith("200")) {
                return places.add(client);
            }
            client.close();
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void onlyThisMachineReachesIt() throws IOException {
        int port = URI.create(on.cluster.url("control-1")).getPort();
        List<InetAddress> others = NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses)
                .filter(address -> address instanceof Inet4Address && !address.isLoopbackAddress()).toList();
        for (InetAddress address : others) {
            try (Socket socket = new Socket()) {
                assertThatThrownBy(() -> socket.connect(new InetSocketAddress(address, port), 2_000)).as(address.toString())
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void aServerWithATokenServesNobodyElse() throws Exception {
        int port;
        try (ServerSocket any = new ServerSocket(0)) {
            port = any.getLocalPort();
        }
        ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx256m",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager", "--add-opens=java.base/java.lang=ALL-UNNAMED", "-jar",
                Path.of("../control/target/quarkus-app/quarkus-run.jar").toAbsolutePath().toString()).inheritIO();
        builder.environment().putAll(Map.of("DTS_KAFKA", on.cluster.kafka(), "DTS_STATE_URL", on.cluster.stateUrl(), "DTS_STATE_USERNAME",
                on.cluster.stateUsername(), "DTS_STATE_PASSWORD", on.cluster.statePassword(),
                "DTS_KEY_FILE", on.cluster.keyFile().toString(),
                "DTS_PROCESS_ID", "control-with-token", "QUARKUS_HTTP_PORT", Integer.toString(port), "DTS_API_TOKEN", "the-token"));
        Process process = builder.redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            String url = "http://127.0.0.1:" + port;
            Await.until("the process with a token", () -> listens(port));
            on.error(on.get(url + "/api/v1/tasks"), 401, "DTS-1109");
            on.error(on.send("GET", url + "/api/v1/tasks", "", "Authorization", "Bearer another"), 401, "DTS-1109");
            // It listens before it has reached the state store, and says 503 until then.
            Await.until("an answer to who has the token",
                    () -> on.send("GET", url + "/api/v1/tasks", "", "Authorization", "Bearer the-token").statusCode() == 200);
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    private static boolean listens(int port) {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    private static PrometheusText metrics(String process) {
        return PrometheusText.of(on.get(on.cluster.url(process) + "/q/metrics").body());
    }

    private static void ok(HttpResponse<String> response) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    }

    private static void state(String task, String state) {
        Await.until(task + " is " + state + " and not " + on.api("GET", "/" + task, "").body(),
                () -> state.equals(HttpCluster.json(on.api("GET", "/" + task, "").body()).get("state")));
    }
}
