package io.opendts.queue;

import java.util.List;

/** Where messages are sent. Safe for many threads. */
public interface Publisher {

    /**
     * Durable when it returns.
     *
     * @throws io.opendts.model.DtsException QUEUE_UNAVAILABLE (retryable) when the queue does not take it; whether it was taken is
     *                                       then unknown, and sending it again is harmless
     */
    void publish(String topic, Message message);

    /** All of them; when it fails, some may have been taken. */
    default void publish(String topic, List<Message> messages) {
        messages.forEach(message -> publish(topic, message));
    }
}
