package io.opendts.queue.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class CommitPaceTest {

    @Test
    void a_small_commit_is_followed_by_a_rest_as_long_as_it_took() {
        assertThat(CommitPace.restNanos(TimeUnit.MILLISECONDS.toNanos(3), 200)).isEqualTo(TimeUnit.MILLISECONDS.toNanos(3));
        assertThat(CommitPace.restNanos(TimeUnit.SECONDS.toNanos(8), 200)).as("a broker that was away")
                .isEqualTo(CommitPace.REST_NANOS_MAX);
    }

    @Test
    void whoever_is_behind_does_not_rest() {
        assertThat(CommitPace.restNanos(TimeUnit.MILLISECONDS.toNanos(3), CommitPace.SMALL_BYTES)).isZero();
    }
}
