package io.opendts.standalone.remote;

import io.opendts.api.ApiPaths;
import io.opendts.api.EventLines;
import io.opendts.api.JsonReader;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.event.Event;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The API of a cluster, whose control processes are all alike: the one that answered last is asked first, and another when it does
 * not answer. For one thread.
 */
public final class ApiClient {

    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);

    /** Halting and forgetting wait for other processes on the server, the latter also for the task's target. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(60);

    private static final int OK_MAX = 299;
    private static final int ANSWER_BYTES_MAX = 16 * 1024 * 1024;

    private final List<URI> servers;
    private final Optional<String> token;
    private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_MAX).build();
    private int preferred;

    /** @param token sent with every request */
    public ApiClient(List<URI> servers, Optional<String> token) {
        this.servers = List.copyOf(servers);
        this.token = token;
    }

    /** With the token of this process's environment. */
    public static ApiClient of(List<URI> servers) {
        return new ApiClient(servers, Optional.ofNullable(System.getenv("DTS_API_TOKEN")).filter(text -> !text.isBlank()));
    }

    /** Of a task: its place under the API's root; null stands for the tasks as a whole. */
    static String path(String task, String action) {
        return ApiPaths.TASKS + (task == null ? "" : "/" + encoded(task)) + (action == null ? "" : "/" + action);
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    /** The server that is asked first. */
    URI server() {
        return servers.get(preferred);
    }

    Map<String, Object> get(String path) {
        return answer("GET", path, Optional.empty());
    }

    Map<String, Object> post(String path) {
        return answer("POST", path, Optional.empty());
    }

    void delete(String path) {
        answer("DELETE", path, Optional.empty());
    }

    /** Sends a task file with its secrets, by POST or PUT. */
    Map<String, Object> submit(String method, String path, String body) {
        return answer(method, path, Optional.of(body));
    }

    /**
     * @throws DtsException      what the server refused, with its code; API_UNREACHABLE when none answered
     * @throws RefusedTaskFile with all mistakes
     */
    private Map<String, Object> answer(String method, String path, Optional<String> body) {
        HttpResponse<InputStream> response = send(method, path, body, Optional.of(ANSWER_MAX));
        String text = text(response);
        if (response.statusCode() > OK_MAX) {
            throw refusal(response.statusCode(), text);
        }
        return text.isBlank() ? Map.of() : JsonReader.object(text).orElseThrow(() -> noServer("it answers with something else than JSON"));
    }

    /** Opens a stream of events; it is the caller's to close. */
    InputStream events(String path) {
        HttpResponse<InputStream> response = send("GET", path, Optional.empty(), Optional.empty());
        if (response.statusCode() > OK_MAX) {
            throw refusal(response.statusCode(), text(response));
        }
        return response.body();
    }

    /**
     * Every request here may be sent twice without harm, so a server that broke off is not asked whether it had begun. One that
     * takes no connection is passed over.
     */
    private HttpResponse<InputStream> send(String method, String path, Optional<String> body, Optional<Duration> limit) {
        IOException last = null;
        for (int tries = 0; tries < servers.size(); tries++) {
            try {
                return http.send(request(method, path, body, limit), BodyHandlers.ofInputStream());
            } catch (IOException unreachable) {
                last = unreachable;
                preferred = (preferred + 1) % servers.size();
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                throw unreachable("was interrupted", null);
            }
        }
        throw unreachable(last instanceof ConnectException ? "nothing listens there" : reason(last), last);
    }

    private static String reason(IOException failure) {
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }

    private HttpRequest request(String method, String path, Optional<String> body, Optional<Duration> limit) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(trimmed(server()) + path))
                .method(method, body.map(BodyPublishers::ofString).orElseGet(BodyPublishers::noBody));
        limit.ifPresent(request::timeout);
        token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
        body.ifPresent(_ -> request.header("Content-Type", ApiPaths.TASK_WITH_SECRETS));
        return request.build();
    }

    private static String trimmed(URI server) {
        String text = server.toString();
        return text.endsWith("/") ? text.substring(0, text.length() - 1) : text;
    }

    private String text(HttpResponse<InputStream> response) {
        try (InputStream in = response.body()) {
            return new String(in.readNBytes(ANSWER_BYTES_MAX), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw unreachable(reason(broken), broken);
        }
    }

    private RuntimeException refusal(int status, String text) {
        Map<String, Object> json = JsonReader.object(text).orElse(Map.of());
        if (json.containsKey("errors")) {
            return new RefusedTaskFile(JsonReader.objects(json, "errors"));
        }
        Event.Failure failure = EventLines.failure(json);
        if (failure.code().isEmpty()) {
            return noServer("it answers with HTTP status " + status);
        }
        return ErrorCode.find(failure.code())
                .map(code -> new DtsException(code, failure.message(), failure.remedy()))
                .orElseGet(() -> new DtsException(ErrorCode.API_REQUEST_INVALID,
                        failure.code() + " of a newer version: " + failure.message(), failure.remedy()));
    }

    private DtsException noServer(String why) {
        return new DtsException(ErrorCode.API_REQUEST_INVALID, server() + " is no OpenDTS server: " + why,
                "check --server; `dts cluster status` shows the address of a local cluster");
    }

    DtsException unreachable(String why, Exception cause) {
        return new DtsException(ErrorCode.API_UNREACHABLE,
                "no OpenDTS server answers at " + servers.stream().map(URI::toString).collect(Collectors.joining(", ")) + ": " + why,
                "check --server and that it runs (`dts cluster status`)", cause);
    }
}
