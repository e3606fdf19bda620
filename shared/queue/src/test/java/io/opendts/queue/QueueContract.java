package io.opendts.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.Chunk;
import io.opendts.model.TableId;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every queue promises. */
abstract class QueueContract {

    /** The queue of one test, opened anew at each call as after the death of the process. */
    abstract Queue open();

    static Message chunk(String id) {
        Chunk chunk = new Chunk(new TableId("shop", "orders"), 0, Chunk.Kind.RANGE, "", "100");
        return Payloads.message(new Payload.ChunkRequested("shop", chunk, 1), "/test", Instant.ofEpochMilli(5), id);
    }

    @Test
    void eachConsumerTakesTheTypesMeantForIt() throws Exception {
        try (Queue queue = open()) {
            Message done = Payloads.message(new Payload.PrecheckRequested("shop"), "/test", Instant.ofEpochMilli(1));
            queue.publish(Topics.CHUNKS, chunk("a"));
            queue.publish(Topics.PRECHECK, done);
            assertThat(queue.receive(Topics.CHUNKS, Topics.CONTROL, 0)).isEmpty();
            Queue.Delivery delivery = queue.receive(Topics.CHUNKS, Topics.SNAPSHOT_FUNCTION, 0).orElseThrow();
            assertThat(delivery.message()).isEqualTo(chunk("a"));
            assertThat(Payloads.read(delivery.message())).isInstanceOf(Payload.ChunkRequested.class);
            delivery.ack();
            assertThat(queue.depth(Topics.CHUNKS)).isZero();
            assertThat(queue.depth(Topics.PRECHECK)).isOne();
        }
    }

    @Test
    void whatWasNotAcknowledgedComesBackAfterTheProcessDied() throws Exception {
        Queue dead = open();
        dead.publish(Topics.CHUNKS, chunk("a"));
        assertThat(dead.receive(Topics.CHUNKS, Topics.SNAPSHOT_FUNCTION, 0)).map(Queue.Delivery::attempt).contains(1);
        assertThat(dead.receive(Topics.CHUNKS, Topics.SNAPSHOT_FUNCTION, 0)).as("out").isEmpty();
        try (Queue queue = open()) {
            assertThat(queue.receive(Topics.CHUNKS, Topics.SNAPSHOT_FUNCTION, 0)).map(Queue.Delivery::attempt).contains(2);
        }
        dead.close();
    }

    @Test
    void aWaitingConsumerIsWokenAndOnlyOneGetsTheMessage() throws Exception {
        try (Queue queue = open()) {
            CompletableFuture<Optional<Queue.Delivery>> first = CompletableFuture.supplyAsync(() -> receive(queue, 2_000));
            CompletableFuture<Optional<Queue.Delivery>> second = CompletableFuture.supplyAsync(() -> receive(queue, 2_000));
            queue.publish(Topics.CHUNKS, chunk("a"));
            queue.publish(Topics.CHUNKS, chunk("a"));
            assertThat(first.get(10, TimeUnit.SECONDS).isPresent()).isNotEqualTo(second.get(10, TimeUnit.SECONDS).isPresent());
        }
    }

    @Test
    void whatFailsTooOftenBecomesADeadLetter() throws Exception {
        try (Queue queue = open()) {
            queue.publish(Topics.CHUNKS, chunk("a"));
            for (int i = 1; i <= Queue.MAX_DELIVERIES; i++) {
                Queue.Delivery delivery = queue.receive(Topics.CHUNKS, Topics.SNAPSHOT_FUNCTION, 5_000).orElseThrow();
                assertThat(delivery.attempt()).isEqualTo(i);
                delivery.retryLater(2, "no such table");
            }
            assertThat(queue.receive(Topics.CHUNKS, Topics.SNAPSHOT_FUNCTION, 0)).isEmpty();
            Queue.Delivery dead = queue.receive(Topics.DEAD_LETTER, Topics.CONTROL, 0).orElseThrow();
            assertThat(dead.message()).isEqualTo(chunk("a"));
            assertThat(queue.reason(dead.message())).contains("no such table");
        }
    }

    @Test
    void eventsThatNobodyReadsDoNotPileUp() {
        try (Queue queue = open()) {
            for (int i = 0; i < Queue.EVENTS_KEPT + 50; i++) {
                queue.publish(Topics.EVENTS, Payloads.message(
                        new Payload.TaskStateChanged("shop", "full", null, null, null, i), "/test", Instant.ofEpochMilli(i)));
            }
            assertThat(queue.depth(Topics.EVENTS)).isEqualTo(Queue.EVENTS_KEPT);
            queue.forget("shop");
            assertThat(queue.depth(Topics.EVENTS)).isZero();
        }
    }

    private static Optional<Queue.Delivery> receive(Queue queue, long waitMillis) {
        try {
            return queue.receive(Topics.CHUNKS, Topics.SNAPSHOT_FUNCTION, waitMillis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
