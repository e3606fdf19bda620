package io.opendts.standalone.remote;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opendts.api.ApiPaths;
import io.opendts.api.EventJson;
import io.opendts.api.JsonObject;
import io.opendts.functions.control.Dispatcher;
import io.opendts.functions.control.api.ApiErrors;
import io.opendts.functions.control.api.ApiGuard;
import io.opendts.functions.control.api.EventStream;
import io.opendts.functions.control.api.Follower;
import io.opendts.functions.control.api.TaskBody;
import io.opendts.functions.control.api.TaskService;
import io.opendts.state.StateStore;
import io.opendts.task.DdlDecision;
import io.opendts.task.SealedSpecs;
import io.opendts.task.TaskContexts;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The service behind the JDK's HTTP server: what a control process is to a client, without the rest of a cluster. */
final class ServedTasks implements AutoCloseable {

    private final TaskService service;
    private final ApiGuard guard;
    private final HttpServer http;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    /** @param port 0 for a free one */
    ServedTasks(Path folder, StateStore store, int port, Optional<String> token) throws IOException {
        Path key = Files.writeString(folder.resolve("key"), Base64.getEncoder().encodeToString(new byte[32]));
        Dispatcher dispatcher = new Dispatcher(store, (topic, message) -> { }, InstantSource.system());
        service = new TaskService(store, dispatcher, SealedSpecs.withKeyFile(key), task -> { },
                spec -> TaskContexts.open(spec, store, failure -> { }), InstantSource.system());
        guard = new ApiGuard(token);
        http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
        http.setExecutor(threads);
        http.createContext(ApiPaths.TASKS, this::serve);
        http.start();
    }

    int port() {
        return http.getAddress().getPort();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + port());
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            serveOpen(exchange);
        }
    }

    private void serveOpen(HttpExchange exchange) throws IOException {
        try {
            Optional<ApiErrors> refused = guard.refuse(exchange.getRequestHeaders().getFirst("Authorization"),
                    exchange.getRequestHeaders().getFirst("Origin"), exchange.getRequestHeaders().getFirst("Host"));
            if (refused.isPresent()) {
                answer(exchange, refused.get().status(), refused.get().json().toString());
                return;
            }
            String[] words = exchange.getRequestURI().getPath().substring(ApiPaths.TASKS.length()).split("/");
            String task = words.length > 1 ? words[1] : "";
            String action = words.length > 2 ? words[2] : "";
            if (action.equals(ApiPaths.EVENTS)) {
                stream(exchange, task);
            } else {
                answer(exchange, 200, answer(exchange, task, action));
            }
        } catch (RuntimeException failure) {
            ApiErrors error = ApiErrors.of(failure);
            answer(exchange, error.status(), error.json().toString());
        }
    }

    private String answer(HttpExchange exchange, String task, String action) throws IOException {
        return switch (exchange.getRequestMethod() + (task.isEmpty() ? "" : " NAME") + (action.isEmpty() ? "" : " " + action)) {
            case "GET" -> new JsonObject().put("tasks", service.list().stream().map(EventJson::of).toList()).toString();
            case "POST" -> service.create(body(exchange)).json().toString();
            case "GET NAME" -> service.get(task).json().toString();
            case "PUT NAME" -> service.replace(task, body(exchange)).json().toString();
            case "DELETE NAME" -> {
                service.delete(task);
                yield "";
            }
            case "POST NAME precheck" -> service.precheck(task).json().toString();
            case "POST NAME start" -> service.start(task).json().toString();
            case "POST NAME pause" -> service.pause(task).json().toString();
            case "POST NAME resume" ->
                    service.resume(task, DdlDecision.of(Optional.ofNullable(query(exchange).get(ApiPaths.SKIP_DDL)),
                            Optional.ofNullable(query(exchange).get(ApiPaths.APPROVE_DDL)))).json().toString();
            case "POST NAME stop" -> service.stop(task).json().toString();
            case "POST NAME reset" -> service.reset(task).json().toString();
            case "POST NAME verify" -> service.verify(task).json().toString();
            default -> throw new IllegalArgumentException(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        };
    }

    private static TaskBody body(HttpExchange exchange) throws IOException {
        return TaskBody.of(exchange.getRequestHeaders().getFirst("Content-Type"),
                new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    }

    private void stream(HttpExchange exchange, String task) throws IOException {
        Map<String, String> query = query(exchange);
        try (Follower follower = service.follow(task, TaskService.until(query.get(ApiPaths.UNTIL)), query.get(ApiPaths.FROM))) {
            exchange.getResponseHeaders().add("Content-Type", ApiPaths.EVENT_STREAM);
            exchange.sendResponseHeaders(200, 0);
            new EventStream(exchange.getResponseBody()).send(follower);
        } catch (InterruptedException closing) {
            throw new InterruptedIOException(closing.getMessage());
        }
    }

    private static Map<String, String> query(HttpExchange exchange) {
        Map<String, String> found = new HashMap<>();
        String query = exchange.getRequestURI().getRawQuery();
        for (String pair : query == null ? new String[0] : query.split("&")) {
            int equal = pair.indexOf('=');
            if (equal > 0) {
                found.put(pair.substring(0, equal), URLDecoder.decode(pair.substring(equal + 1), StandardCharsets.UTF_8));
            }
        }
        return found;
    }

    private static void answer(HttpExchange exchange, int status, String json) throws IOException {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", ApiPaths.JSON);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    /** As if the process were killed: connections break off. */
    @Override
    public void close() {
        http.stop(0);
        threads.shutdownNow();
    }
}
