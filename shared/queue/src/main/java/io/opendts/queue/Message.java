package io.opendts.queue;

import java.time.Instant;
import java.util.Objects;

/**
 * A CloudEvent.
 *
 * @param type         the text of a {@link MessageType}
 * @param subject      the task's name
 * @param partitionKey keeps order where the queue has partitions
 * @param data         JSON ({@link Payloads})
 */
public record Message(String id, String type, String source, String subject, String partitionKey, Instant time, String data) {

    public Message {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(subject, "subject");
        Objects.requireNonNull(partitionKey, "partitionKey");
        Objects.requireNonNull(time, "time");
        Objects.requireNonNull(data, "data");
    }
}
