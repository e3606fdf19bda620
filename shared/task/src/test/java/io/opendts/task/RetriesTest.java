package io.opendts.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RetriesTest {

    private final List<DtsException> reported = new ArrayList<>();

    @Test
    void what_may_pass_is_tried_again_and_reported() throws InterruptedException {
        AtomicLong attempts = new AtomicLong();
        String result = retries(Duration.ofSeconds(10)).call(() -> {
            if (attempts.incrementAndGet() < 3) {
                throw failure(ErrorCode.TARGET_UNREACHABLE);
            }
            return "done";
        });
        assertThat(result).isEqualTo("done");
        assertThat(reported).hasSize(2);
    }

    @Test
    void what_cannot_pass_ends_at_once() {
        AtomicLong attempts = new AtomicLong();
        assertThatThrownBy(() -> retries(Duration.ofSeconds(10)).call(() -> {
            attempts.incrementAndGet();
            throw failure(ErrorCode.CONFLICT);
        })).isInstanceOf(DtsException.class);
        assertThat(attempts).hasValue(1);
    }

    @Test
    void patience_ends() {
        assertThatThrownBy(() -> retries(Duration.ofMillis(300)).call(() -> {
            throw failure(ErrorCode.TARGET_BUSY);
        })).isInstanceOfSatisfying(DtsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TARGET_BUSY));
    }

    @Test
    void patience_starts_anew_when_endless_work_has_got_further() throws InterruptedException {
        AtomicLong done = new AtomicLong();
        AtomicLong attempts = new AtomicLong();
        retries(Duration.ofMillis(1)).keep(() -> {
            if (attempts.incrementAndGet() < 5) {
                done.incrementAndGet();
                throw failure(ErrorCode.TARGET_BUSY);
            }
        }, done::get);
        assertThat(attempts).hasValue(5);
    }

    @Test
    void the_pause_after_good_work_is_the_first_one() throws InterruptedException {
        Retries retries = new Retries(Duration.ofHours(1), Duration.ofHours(1), reported::add,
                new Retries.Pauses(Duration.ofMillis(1), Duration.ofMillis(40)));
        List<Long> pauses = new ArrayList<>();
        AtomicLong failedAt = new AtomicLong();
        AtomicLong done = new AtomicLong();
        retries.keep(() -> {
            if (failedAt.get() != 0) {
                pauses.add(System.nanoTime() - failedAt.get());
            }
            if (pauses.size() < 12) {
                for (long began = System.nanoTime(); System.nanoTime() - began < Duration.ofMillis(41).toNanos();) {
                    Thread.onSpinWait();
                }
                done.incrementAndGet();
                failedAt.set(System.nanoTime());
                throw failure(ErrorCode.TARGET_BUSY);
            }
        }, done::get);
        assertThat(reported).hasSize(12);
        assertThat(pauses.stream().sorted().toList().get(6)).as("the middle one of %s", pauses).isLessThan(Duration.ofMillis(20).toNanos());
    }

    private Retries retries(Duration patience) {
        return new Retries(patience, patience, reported::add);
    }

    private static DtsException failure(ErrorCode code) {
        return new DtsException(code, "it happened", "wait");
    }
}
