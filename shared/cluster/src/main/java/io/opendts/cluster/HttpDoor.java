package io.opendts.cluster;

import io.opendts.api.JsonObject;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.queue.kafka.CloudEventRecords;
import io.quarkus.runtime.configuration.MemorySize;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * What every HTTP request to a process meets before Funqy does: what is no CloudEvent of this version is turned away by the same
 * rules as a record of a topic. And in which form errors are told, whoever finds them: a status and a JSON object with code,
 * message, remedy and whether trying again can help.
 */
@Singleton
public class HttpDoor {

    private static final System.Logger LOG = System.getLogger(HttpDoor.class.getName());

    /** Quarkus has read the body by then, and Funqy's routes, which have no order of their own, come next. */
    private static final int BEHIND_THE_BODY = -1;
    private static final String ATTRIBUTE = "ce-";
    private static final String RETRY_AFTER_SECONDS = "1";

    private final Waiting waiting;
    private final long bodyBytesMax;
    private final long eventBytesMax;

    @Inject
    public HttpDoor(Waiting waiting,
            @ConfigProperty(name = "quarkus.http.limits.max-body-size", defaultValue = "10M") MemorySize bodyMax,
            @ConfigProperty(name = "dts.limits.message-bytes") long eventBytesMax) {
        this.waiting = waiting;
        this.bodyBytesMax = bodyMax.asLongValue();
        this.eventBytesMax = eventBytesMax;
    }

    void open(@Observes Router router) {
        Handler<RoutingContext> size = this::refuseByItsLength;
        router.route().order(Integer.MIN_VALUE).handler(size).failureHandler(this::tell);
        router.post().order(BEHIND_THE_BODY).handler(this::examine);
    }

    /** Before a byte of it is read; one that does not tell its length is cut off by Quarkus. */
    private void refuseByItsLength(RoutingContext request) {
        String length = request.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length != null && length.matches("\\d{1,18}") && Long.parseLong(length) > bodyBytesMax) {
            request.response().putHeader(HttpHeaders.CONNECTION, "close");
            answer(request, HttpRefusal.tooLarge(bodyBytesMax));
        } else {
            request.next();
        }
    }

    /** The API's and Quarkus' own paths are none of events. */
    private void examine(RoutingContext request) {
        String path = request.request().path();
        if (path.startsWith("/api/") || path.startsWith("/q/")) {
            request.next();
            return;
        }
        Buffer body = request.body().buffer();
        if (body != null && body.length() > eventBytesMax) {
            answer(request, HttpRefusal.tooLarge(eventBytesMax));
            return;
        }
        String media = media(request.request());
        if (!media.equals("application/json") && !media.equals("application/cloudevents+json")) {
            answer(request, HttpRefusal.unknownMedia(media));
            return;
        }
        try {
            CloudEventRecords.read(attributes(request.request()), body == null ? new byte[0] : body.getBytes(), System.currentTimeMillis());
        } catch (DtsException refused) {
            answer(request, HttpRefusal.of(refused));
            return;
        }
        waiting.reason().ifPresentOrElse(why -> answer(request, HttpRefusal.waiting(why)), request::next);
    }

    private static String media(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return type == null ? "application/json" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }

    /** In the spelling of the binding to Kafka. */
    private static Headers attributes(HttpServerRequest request) {
        Headers headers = new RecordHeaders();
        request.headers().forEach(header -> {
            String name = header.getKey().toLowerCase(Locale.ROOT);
            if (name.startsWith(ATTRIBUTE)) {
                headers.add("ce_" + name.substring(ATTRIBUTE.length()), header.getValue().getBytes(StandardCharsets.UTF_8));
            }
        });
        headers.add("content-type", media(request).getBytes(StandardCharsets.UTF_8));
        return headers;
    }

    private void tell(RoutingContext failed) {
        if (failed.response().ended() || failed.response().headWritten()) {
            failed.next();
            return;
        }
        answer(failed, HttpRefusal.of(failed.statusCode(), failed.failure()));
    }

    private static void answer(RoutingContext request, HttpRefusal refusal) {
        LOG.log(System.Logger.Level.INFO, "{0} {1}: {2} {3}", request.request().method(), request.request().path(), refusal.status(),
                refusal.message());
        request.response().setStatusCode(refusal.status()).putHeader(HttpHeaders.CONTENT_TYPE, "application/json");
        if (refusal.retryable()) {
            request.response().putHeader("Retry-After", RETRY_AFTER_SECONDS);
        }
        if (request.request().method() == HttpMethod.HEAD) {
            request.response().end();
        } else {
            request.response().end(new JsonObject().put("code", refusal.code().code()).put("message", refusal.message())
                    .put("remedy", refusal.remedy()).put("retryable", refusal.retryable()).toString());
        }
    }
}
