package io.opendts.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what tests expect to come about by itself. */
final class Await {

    /** A busy machine needs most of it. */
    static final Duration LIMIT = Duration.ofSeconds(120);
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private Await() {}

    static void until(String what, BooleanSupplier condition) {
        until(() -> what, condition);
    }

    /** @param what as it is told in the end, with what was seen last */
    static void until(Supplier<String> what, BooleanSupplier condition) {
        long end = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as(() -> "within " + LIMIT + ": " + what.get()).isLessThan(end);
            LockSupport.parkNanos(LOOK_NANOS);
        }
    }
}
