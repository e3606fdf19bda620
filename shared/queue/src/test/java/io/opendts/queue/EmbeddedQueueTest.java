package io.opendts.queue;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedQueueTest extends QueueContract {

    @TempDir
    Path state;

    @Override
    Queue open() {
        return EmbeddedQueue.open(state, _ -> true);
    }

    @Test
    void aProcessTakesTheMessagesOfItsOwnTasksOnly() throws Exception {
        try (Queue other = EmbeddedQueue.open(state, "crm"::equals); Queue own = EmbeddedQueue.open(state, "shop"::equals)) {
            own.publish(Topics.CHUNKS, chunk("a"));
            assertThat(other.receive(Topics.CHUNKS, Topics.SNAPSHOT_FUNCTION, 0)).isEmpty();
            assertThat(own.receive(Topics.CHUNKS, Topics.SNAPSHOT_FUNCTION, 0)).isPresent();
        }
    }
}
