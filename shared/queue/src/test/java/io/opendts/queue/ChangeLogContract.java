package io.opendts.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.model.Batch;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every change log promises. */
public abstract class ChangeLogContract {

    protected static final int ALL = Integer.MAX_VALUE;
    private static final long PLENTY_BYTES = 8L << 30;
    private static final long SOON_MILLIS = 300;
    private static final long LIMIT_MILLIS = 20_000;

    /**
     * The log of one test, opened anew at each call as after the death of the process; what it hands over in memory is at most
     * a tenth of the limit.
     */
    protected abstract ChangeLog open(long maxWaitingBytes);

    private ChangeLog open() {
        return open(PLENTY_BYTES);
    }

    /** How many of them one call hands out is the log's own affair. */
    protected static List<Batch> read(ChangeLog log, long from, int count) throws InterruptedException {
        List<Batch> batches = new ArrayList<>();
        while (batches.size() < count) {
            List<Batch> more = log.readFrom(from + batches.size(), ALL, LIMIT_MILLIS);
            assertThat(more).as("behind " + batches.size() + " batches").isNotEmpty();
            batches.addAll(more);
        }
        return batches.subList(0, count);
    }

    @Test
    void batchesComeOutInTheOrderInWhichTheyWentIn() throws Exception {
        List<Batch> batches = LongStream.rangeClosed(1, 20).mapToObj(i -> Batches.one(1, i, true, 100)).toList();
        try (ChangeLog log = open()) {
            log.append(batches.subList(0, 5));
            log.append(batches.get(5));
            log.append(batches.subList(6, 20));
            assertThat(read(log, 1, 20)).isEqualTo(batches);
            assertThat(read(log, 18, 3)).isEqualTo(batches.subList(17, 20));
            assertThat(log.readFrom(21, ALL, SOON_MILLIS)).isEmpty();
        }
        try (ChangeLog again = open()) {
            assertThat(read(again, 1, 20)).isEqualTo(batches);
            assertThat(again.readFrom(1, 1, LIMIT_MILLIS)).isEqualTo(batches.subList(0, 1));
            assertThat(again.last()).contains(new ChangeLog.Tail(1, 20, batches.getLast().upTo()));
        }
    }

    @Test
    void anEmptyLogTakesAnySequenceFirstAndRefusesAGapAfterwards() throws Exception {
        try (ChangeLog log = open()) {
            assertThat(log.last()).isEmpty();
            log.append(Batches.one(3, 101, true, 10));
            assertGap(() -> log.append(Batches.one(3, 103, true, 10)));
            assertGap(() -> log.append(Batches.one(2, 102, true, 10)));
            assertGap(() -> log.readFrom(103, ALL, 0));
            assertGap(() -> log.readFrom(100, ALL, 0));
        }
    }

    @Test
    void aWaitingReaderGetsTheBatchThatIsAppended() throws Exception {
        try (ChangeLog log = open()) {
            CompletableFuture<List<Batch>> read = CompletableFuture.supplyAsync(() -> waitFor(log, 1));
            Batch batch = Batches.one(1, 1, true, 10);
            log.append(batch);
            assertThat(read.get(10, TimeUnit.SECONDS)).containsExactly(batch);
        }
    }

    @Test
    void trimmingForgetsTheBatchesButNotWhereTheLogGoesOn() throws Exception {
        try (ChangeLog log = open()) {
            for (long i = 1; i <= 200; i++) {
                log.append(Batches.one(1, i, true, 1000));
            }
            assertThat(log.size().batches()).isEqualTo(200);
            assertThat(read(log, 1, 150)).hasSize(150);
            log.trim(150);
            assertGap(() -> log.readFrom(150, ALL, 0));
            assertThat(read(log, 151, 50)).hasSize(50);
            log.trim(200);
            await(log, new ChangeLog.Size(0, 0));
        }
        try (ChangeLog again = open()) {
            assertThat(again.last()).map(ChangeLog.Tail::sequence).contains(200L);
            again.append(Batches.one(2, 201, true, 10));
            assertThat(read(again, 201, 1)).hasSize(1);
        }
    }

    @Test
    void thePiecesOfAnUnfinishedTransactionAreDroppedByTheNextReader() throws Exception {
        try (ChangeLog log = open()) {
            log.append(Batches.one(1, 1, true, 10));
            log.append(Batches.one(1, 2, false, 10));
            log.append(Batches.one(1, 3, false, 10));
            assertThat(log.last()).map(ChangeLog.Tail::sequence).contains(1L);
        }
        try (ChangeLog again = open()) {
            assertThat(again.truncateTail()).contains(new ChangeLog.Tail(1, 1, new Position("binlog.000001:200")));
            Batch second = Batches.one(2, 2, true, 20);
            again.append(second);
            assertThat(read(again, 2, 1)).containsExactly(second);
        }
    }

    @Test
    void aFullLogMakesTheReaderWaitUntilApplyHasTrimmed() throws Exception {
        try (ChangeLog log = open(10_000)) {
            log.append(Batches.one(1, 1, true, 20_000));
            CompletableFuture<Void> appended = CompletableFuture.runAsync(() -> append(log, Batches.one(1, 2, true, 10)));
            assertThat(read(log, 1, 1)).hasSize(1);
            assertThat(log.readFrom(2, ALL, SOON_MILLIS)).as("waits").isEmpty();
            assertThat(appended).isNotDone();
            log.trim(1);
            appended.get(10, TimeUnit.SECONDS);
            assertThat(read(log, 2, 1)).hasSize(1);
        }
    }

    @Test
    void aTransactionLargerThanTheLimitStillComesToItsEnd() throws Exception {
        try (ChangeLog log = open(10_000)) {
            for (long i = 1; i <= 5; i++) {
                log.append(Batches.one(1, i, false, 20_000));
            }
            log.append(Batches.one(1, 6, true, 10));
            assertThat(read(log, 1, 6)).hasSize(6);
        }
    }

    private static List<Batch> waitFor(ChangeLog log, long sequence) {
        try {
            return log.readFrom(sequence, ALL, LIMIT_MILLIS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A log may trim a little later than it is told to. */
    private static void await(ChangeLog log, ChangeLog.Size size) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(LIMIT_MILLIS);
        while (!log.size().equals(size) && System.nanoTime() < deadline) {
            assertThat(log.readFrom(201, ALL, 50)).isEmpty();
        }
        assertThat(log.size()).isEqualTo(size);
    }

    private static void append(ChangeLog log, Batch batch) {
        try {
            log.append(batch);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    protected static void assertGap(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DtsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_GAP));
    }
}
