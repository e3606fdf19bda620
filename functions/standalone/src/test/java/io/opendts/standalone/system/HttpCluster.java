package io.opendts.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.api.JsonReader;
import io.opendts.model.Stage;
import io.opendts.model.TaskState;
import io.opendts.queue.Payload;
import io.opendts.queue.Payloads;
import io.opendts.standalone.cluster.TestCluster;
import io.opendts.state.StateStore;
import io.opendts.state.Tasks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Assumptions;

/** A cluster with one process of each function, two servers, and what tests do to them by HTTP. For one thread. */
final class HttpCluster {

    private static final ServerPair PAIR = new ServerPair("mysql80", "mysql80");

    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final TestCluster cluster;
    final StateStore store;
    final TestServer source;
    final TestServer target;

    private HttpCluster(TestCluster cluster, StateStore store, TestServer source, TestServer target) {
        this.cluster = cluster;
        this.store = store;
        this.source = source;
        this.target = target;
    }

    private static HttpCluster shared;

    /** One for all tests of this JVM that do not harm it; ended with the JVM. */
    static HttpCluster shared() {
        if (shared == null) {
            shared = up();
            Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
        }
        return shared;
    }

    private static HttpCluster up() {
        Assumptions.assumeTrue(TestCluster.isBuilt(), "NOT TESTED: the functions have not been built (./mvnw package)");
        TestServer source = TestServers.source(PAIR);
        TestServer target = TestServers.target(PAIR);
        TestCluster cluster;
        try {
            Path folder = Files.createTempDirectory("opendts-cluster-");
            cluster = TestCluster.up(folder, "mysql", 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            return new HttpCluster(cluster, cluster.stateStore(), source, target);
        } catch (RuntimeException failed) {
            cluster.close();
            throw failed;
        }
    }

    private void close() {
        store.close();
        cluster.close();
    }

    /** The task file of a database of the task's own name. */
    String taskFile(String name) {
        return """
                name: %1$s
                type: synchronization
                source: {engine: mysql, host: 127.0.0.1, port: %2$d, username: root, password: "%4$s"}
                target: {engine: mysql, host: 127.0.0.1, port: %3$d, username: root, password: "%4$s"}
                objects: [{database: %1$s}]
                """.formatted(name, source.port(), target.port(), source.server().password());
    }

    /** A draft, and on the source a database of its name with the table t of this many rows. */
    void createTask(String name, int rows) {
        source.run("DROP DATABASE IF EXISTS " + name, "CREATE DATABASE " + name,
                "CREATE TABLE " + name + ".t (id INT PRIMARY KEY, v VARCHAR(20))");
        for (int i = 1; i <= rows; i++) {
            source.run("INSERT INTO " + name + ".t VALUES (" + i + ", 'row " + i + "')");
        }
        HttpResponse<String> made = api("POST", "", taskFile(name), "Content-Type", "application/yaml");
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    }

    /** By hand, as control would move it. */
    void runStage(String task, Stage stage) {
        Set<Stage> stages = Set.of(Stage.values());
        Tasks tasks = store.tasks();
        tasks.transition(task, Tasks.ANY_VERSION, new TaskState.Event.Started(), stages);
        tasks.transition(task, Tasks.ANY_VERSION, new TaskState.Event.PrecheckDone(true), stages);
        for (Stage before : Stage.values()) {
            if (before.compareTo(stage) < 0) {
                tasks.transition(task, Tasks.ANY_VERSION, new TaskState.Event.StageDone(before), stages);
            }
        }
        assertThat(tasks.get(task).state()).isEqualTo(new TaskState.Running(stage));
    }

    HttpResponse<String> api(String method, String path, String body, String... headers) {
        return send(method, cluster.url("control-1") + "/api/v1/tasks" + path, body, headers);
    }

    HttpResponse<String> get(String url) {
        return send("GET", url, "");
    }

    HttpResponse<String> send(String method, String url, String body, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(60))
                .method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(method + " " + url, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** An event in binary mode: attributes are headers. */
    HttpResponse<String> binary(String process, String id, Payload payload) {
        var event = Payloads.message(payload, "/tests", Instant.now(), id);
        return send("POST", cluster.url(process) + "/", event.data(), "Content-Type", "application/json", "ce-specversion", "1.0",
                "ce-id", id, "ce-source", event.source(), "ce-type", event.type(), "ce-subject", event.subject(),
                "ce-time", event.time().toString());
    }

    /** An event in structured mode: one JSON object. */
    HttpResponse<String> structured(String process, String id, Payload payload) {
        var event = Payloads.message(payload, "/tests", Instant.now(), id);
        return send("POST", cluster.url(process) + "/", """
                {"specversion": "1.0", "id": "%s", "source": "%s", "type": "%s", "subject": "%s", "time": "%s",
                 "datacontenttype": "application/json", "data": %s}
                """.formatted(id, event.source(), event.type(), event.subject(), event.time(), event.data()),
                "Content-Type", "application/cloudevents+json; charset=utf-8");
    }

    static Map<String, Object> json(String text) {
        return JsonReader.object(text).orElseThrow(() -> new AssertionError("no JSON object: " + text));
    }

    /** An error as the contract has it, and nothing that belongs in a log. */
    Map<String, Object> error(HttpResponse<String> response, int status, String code) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("application/json");
        Map<String, Object> error = json(response.body());
        assertThat(error).containsEntry("code", code).containsKeys("message", "remedy", "retryable");
        assertThat(response.body()).doesNotContain("Exception", "\\tat ", "\"" + source.server().password() + "\"");
        return error;
    }
}
