package io.opendts.queue;

import java.util.Optional;

/**
 * Topics of messages that ask for a piece of work or report one. At least once, no order promised between messages that are
 * out at the same time: functions bear both. Safe for many threads.
 */
public interface Queue extends Publisher, AutoCloseable {

    /** A message with more failed deliveries than this goes to {@link Topics#DEAD_LETTER}. */
    int MAX_DELIVERIES = 10;

    int EVENTS_KEPT = 1_000;

    /** A message that is out. Unless acknowledged it comes back: after {@link #retryLater}, or when this process has died. */
    interface Delivery {

        Message message();

        /** 1 for the first. */
        int attempt();

        /** The work is done and durable; a second time is harmless. */
        void ack();

        /**
         * Gives it back; delivered again after the delay, or moved to the dead letters when it was the last attempt.
         *
         * @param reason what went wrong, without secrets; kept with a dead letter
         */
        void retryLater(long delayMillis, String reason);
    }

    /**
     * Durable when it returns. A message whose id is waiting already on that topic is not added a second time. Of
     * {@link Topics#EVENTS} only the newest {@link #EVENTS_KEPT} wait: the state store has them all.
     */
    @Override
    void publish(String topic, Message message);

    /**
     * The oldest message that waits for this consumer. Several threads may wait: each message goes to one of them.
     *
     * @param consumer one of the names in {@link Topics}: each takes the message types that are meant for it
     *                 ({@link MessageType#consumer}); dead letters go to control
     */
    Optional<Delivery> receive(String topic, String consumer, long waitMillis) throws InterruptedException;

    /** Why a dead letter is one. */
    Optional<String> reason(Message deadLetter);

    /** Messages on a topic, those that are out included. */
    long depth(String topic);

    /** Removes every message of a task, on all topics. */
    void forget(String task);

    @Override
    void close();
}
