package io.opendts.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.model.Batch;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What every change log promises. */
abstract class ChangeLogContract {

    static final int ALL = Integer.MAX_VALUE;

    /** The log of one test, opened anew at each call as after the death of the process. */
    abstract ChangeLog open(EmbeddedChangeLog.Limits limits);

    private ChangeLog open() {
        return open(EmbeddedChangeLog.Limits.DEFAULT);
    }

    /** Nothing is handed over in memory: everything comes from where it is durable. */
    private ChangeLog openWithoutMemory() {
        return open(new EmbeddedChangeLog.Limits(1 << 30, 0));
    }

    @Test
    void batchesComeOutInTheOrderInWhichTheyWentIn() throws Exception {
        List<Batch> batches = LongStream.rangeClosed(1, 20).mapToObj(i -> Batches.one(1, i, true, 100)).toList();
        try (ChangeLog log = open()) {
            log.append(batches.subList(0, 5));
            log.append(batches.get(5));
            log.append(batches.subList(6, 20));
            assertThat(log.readFrom(1, ALL, 0)).isEqualTo(batches);
            assertThat(log.readFrom(18, ALL, 0)).isEqualTo(batches.subList(17, 20));
            assertThat(log.readFrom(21, ALL, 0)).isEmpty();
        }
        try (ChangeLog again = open()) {
            assertThat(again.readFrom(1, ALL, 0)).isEqualTo(batches);
            assertThat(again.readFrom(1, 1, 0)).isEqualTo(batches.subList(0, 1));
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
            CompletableFuture<List<Batch>> read = CompletableFuture.supplyAsync(() -> read(log, 1, 20_000));
            Batch batch = Batches.one(1, 1, true, 10);
            log.append(batch);
            assertThat(read.get(10, TimeUnit.SECONDS)).containsExactly(batch);
        }
    }

    @Test
    void trimmingForgetsTheBatchesButNotWhereTheLogGoesOn() throws Exception {
        try (ChangeLog log = openWithoutMemory()) {
            for (long i = 1; i <= 200; i++) {
                log.append(Batches.one(1, i, true, 1000));
            }
            assertThat(log.size().batches()).isEqualTo(200);
            log.trim(150);
            assertGap(() -> log.readFrom(150, ALL, 0));
            assertThat(log.readFrom(151, ALL, 0)).hasSize(50);
            log.trim(200);
            assertThat(log.size()).isEqualTo(new ChangeLog.Size(0, 0));
        }
        try (ChangeLog again = open()) {
            assertThat(again.last()).map(ChangeLog.Tail::sequence).contains(200L);
            again.append(Batches.one(2, 201, true, 10));
            assertThat(again.readFrom(201, ALL, 0)).hasSize(1);
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
            assertThat(again.readFrom(2, ALL, 0)).containsExactly(second);
        }
    }

    @Test
    void anApplyWorkerThatTookDroppedPiecesHearsOfItOnce() throws Exception {
        try (ChangeLog log = open()) {
            log.append(Batches.one(1, 1, true, 10));
            log.append(Batches.one(1, 2, false, 10));
            assertThat(log.readFrom(1, ALL, 0)).hasSize(2);
            log.truncateTail();
            log.append(Batches.one(2, 2, true, 20));
            log.append(Batches.one(2, 3, true, 20));
            assertGap(() -> log.readFrom(3, ALL, 0));
            assertThat(log.readFrom(2, ALL, 0)).hasSize(2);
        }
    }

    @Test
    void aFullLogMakesTheReaderWaitUntilApplyHasTrimmed() throws Exception {
        try (ChangeLog log = open(new EmbeddedChangeLog.Limits(10_000, 1_000))) {
            log.append(Batches.one(1, 1, true, 20_000));
            CompletableFuture<Void> appended = CompletableFuture.runAsync(() -> append(log, Batches.one(1, 2, true, 10)));
            assertThat(log.readFrom(2, ALL, 300)).as("waits").isEmpty();
            assertThat(appended).isNotDone();
            log.trim(1);
            appended.get(10, TimeUnit.SECONDS);
            assertThat(log.readFrom(2, ALL, 1_000)).hasSize(1);
        }
    }

    @Test
    void aTransactionLargerThanTheLimitStillComesToItsEnd() throws Exception {
        try (ChangeLog log = open(new EmbeddedChangeLog.Limits(10_000, 1_000))) {
            for (long i = 1; i <= 5; i++) {
                log.append(Batches.one(1, i, false, 20_000));
            }
            log.append(Batches.one(1, 6, true, 10));
            assertThat(log.readFrom(1, ALL, 0)).hasSize(6);
        }
    }

    private static List<Batch> read(ChangeLog log, long sequence, long waitMillis) {
        try {
            return log.readFrom(sequence, ALL, waitMillis);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void append(ChangeLog log, Batch batch) {
        try {
            log.append(batch);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void assertGap(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DtsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_GAP));
    }
}
