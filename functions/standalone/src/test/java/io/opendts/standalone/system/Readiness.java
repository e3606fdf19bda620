package io.opendts.standalone.system;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** What a process says of itself at {@code /q/health/ready}. */
record Readiness(boolean ready, String text) {

    private static final Duration ANSWER_MAX = Duration.ofSeconds(3);
    private static final int OK = 200;
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    static Readiness of(String url) {
        try {
            HttpResponse<String> answer = HTTP.send(HttpRequest.newBuilder(URI.create(url + "/q/health/ready")).timeout(ANSWER_MAX).build(),
                    BodyHandlers.ofString());
            return new Readiness(answer.statusCode() == OK, answer.body());
        } catch (IOException silent) {
            return new Readiness(false, "no answer: " + silent);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
