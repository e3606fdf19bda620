package io.opendts.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.event.Event;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Interruption;
import io.opendts.standalone.Work;
import io.opendts.testkit.ServerPair;
import io.opendts.testkit.WriteLoad;
import io.opendts.testkit.WriteLoadOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** People go on writing through schema, full copy and incremental stage: afterwards both sides are equal. */
final class LiveLoad {

    private static final Duration WRITING_WHILE_SYNCHRONIZING = Duration.ofSeconds(4);
    private static final int TRANSACTIONS_PER_SECOND = 250;

    private LiveLoad() {}

    /** @param folder the test's own */
    static void isCarriedOver(ServerPair pair, Work work, Path folder) throws Exception {
        WriteLoadOptions options = WriteLoadOptions.defaults("load").withTables(3, 20_000).withRate(TRANSACTIONS_PER_SECOND, 3);
        WriteLoad.prepare(pair.source(), options);
        Path taskFile = LoadTask.write(folder, pair);
        long transactions;
        try (WriteLoad load = WriteLoad.start(pair.source(), options)) {
            try (RunningTask running = RunningTask.start(work, taskFile, folder.resolve("state"), false)) {
                assertThat(running.await(e -> e instanceof Event.CaughtUp)).as("caught up; told: %s", running.events()).isTrue();
                writeOn(load);
                running.stop();
            }
            writeOn(load);
            load.stop();
            transactions = load.counts().transactions();
        }
        try (RunningTask rest = RunningTask.start(work, taskFile, folder.resolve("state"), true)) {
            assertThat(rest.exit()).as("told: %s", rest.events()).isEqualTo(ExitCode.DONE);
        }
        List<Event> told = new ArrayList<>();
        ExitCode verified = work.verify(
                new Work.VerifyRequest(taskFile, folder.resolve("state"), Optional.empty()), told::add, new Interruption());
        assertThat(verified).as("verified; told: %s", told).isEqualTo(ExitCode.DONE);
        assertThat(transactions).isGreaterThan(2 * WRITING_WHILE_SYNCHRONIZING.toSeconds() * TRANSACTIONS_PER_SECOND / 2);
    }

    /** Until about so many more transactions have been committed on the source. */
    private static void writeOn(WriteLoad load) {
        long until = load.counts().transactions() + WRITING_WHILE_SYNCHRONIZING.toSeconds() * TRANSACTIONS_PER_SECOND / 2;
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (load.counts().transactions() < until) {
            assertThat(System.nanoTime()).as("the load stands still: %s", load.counts()).isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
        }
    }
}
