package io.opendts.queue.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.model.Batch;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.queue.Batches;
import io.opendts.queue.ChangeLog;
import io.opendts.queue.ChangeLogContract;
import io.opendts.testkit.KafkaServer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class KafkaChangeLogTest extends ChangeLogContract {

    private static final int MEGABYTE = 1 << 20;

    private static KafkaServer kafka;
    private static KafkaTopics topics;

    @BeforeAll
    static void start() {
        kafka = KafkaServer.start();
        topics = new KafkaTopics(new KafkaSettings(kafka.bootstrapServers(), "test"));
    }

    @AfterAll
    static void stop() {
        topics.close();
        kafka.close();
    }

    @BeforeEach
    void emptyTopic() {
        topics.deleteChanges("shop");
        topics.ensureChanges("shop");
    }

    @Override
    protected ChangeLog open(long maxWaitingBytes) {
        KafkaChangeLog.Limits limits = new KafkaChangeLog.Limits(maxWaitingBytes);
        return new BothSides(KafkaChangeLog.toAppend(topics, "shop", 10, Batches.RELATIONS::get, limits), reader());
    }

    private static ChangeLog appender(long epoch) {
        return KafkaChangeLog.toAppend(topics, "shop", epoch, Batches.RELATIONS::get, KafkaChangeLog.Limits.DEFAULT);
    }

    private static ChangeLog reader() {
        return KafkaChangeLog.toRead(topics, "shop", Batches.RELATIONS::get);
    }

    @Test
    void aReaderThatWasReplacedIsRefusedAndNothingOfItIsRead() throws Exception {
        try (ChangeLog old = appender(1); ChangeLog young = appender(2); ChangeLog apply = reader()) {
            old.append(Batches.one(1, 1, true, 10));
            old.append(Batches.one(1, 2, false, 10));
            assertThat(young.truncateTail()).map(ChangeLog.Tail::sequence).contains(1L);
            assertElsewhere(() -> old.append(Batches.one(1, 3, true, 10)));
            assertElsewhere(() -> old.append(Batches.one(1, 3, true, 10)));
            assertElsewhere(old::truncateTail);
            Batch second = Batches.one(2, 2, true, 20);
            young.append(second);
            assertThat(read(apply, 1, 2)).containsExactly(Batches.one(1, 1, true, 10), second);
            assertThat(apply.readFrom(3, ALL, 300)).isEmpty();
        }
    }

    @Test
    void aReaderThatWasReplacedBetweenTwoTransactionsIsRefused() throws Exception {
        try (ChangeLog old = appender(1); ChangeLog young = appender(2); ChangeLog apply = reader()) {
            old.append(Batches.one(1, 1, true, 10));
            young.truncateTail();
            assertElsewhere(() -> old.append(Batches.one(1, 2, true, 10)));
            young.append(Batches.one(2, 2, true, 20));
            assertThat(read(apply, 1, 2)).last().isEqualTo(Batches.one(2, 2, true, 20));
        }
    }

    @Test
    void aReaderThatComesBackLateUnderAnOldLeaseDoesNotGoOn() throws Exception {
        try (ChangeLog young = appender(2); ChangeLog late = appender(1)) {
            young.append(Batches.one(2, 1, true, 10));
            assertElsewhere(late::truncateTail);
        }
    }

    @Test
    void aFrameOfTwentyMegabytesTravelsInParts() throws Exception {
        Batch large = Batches.one(1, 2, true, 20 * MEGABYTE);
        try (ChangeLog log = appender(1); ChangeLog apply = reader()) {
            log.append(List.of(Batches.one(1, 1, true, 10), large, Batches.one(1, 3, true, 10)));
            assertThat(read(apply, 1, 3)).element(1).isEqualTo(large);
            assertThat(read(apply, 2, 1)).containsExactly(large);
            assertThat(apply.last()).map(ChangeLog.Tail::sequence).contains(3L);
        }
        try (ChangeLog next = appender(2)) {
            next.append(large = Batches.one(2, 4, true, 20 * MEGABYTE));
        }
        try (ChangeLog next = appender(3)) {
            assertThat(next.truncateTail()).contains(new ChangeLog.Tail(2, 4, large.upTo()));
        }
    }

    @Test
    void nothingOfATransactionOfManyPiecesIsSeenBeforeItsEnd() throws Exception {
        int pieces = 600;
        try (ChangeLog log = appender(1); ChangeLog apply = reader()) {
            log.append(Batches.one(1, 1, true, 10));
            for (int i = 2; i <= pieces; i++) {
                log.append(Batches.one(1, i, false, MEGABYTE / 2));
            }
            assertThat(read(apply, 1, 1)).hasSize(1);
            assertThat(apply.readFrom(2, ALL, 500)).isEmpty();
            log.append(Batches.one(1, pieces + 1, true, 10));
            long next = 2;
            while (next <= pieces + 1) {
                List<Batch> some = apply.readFrom(next, 4 * MEGABYTE, 20_000);
                assertThat(some).isNotEmpty();
                next = some.getLast().sequence() + 1;
            }
        }
    }

    @Test
    void theEndIsFoundBehindTheManyPiecesOfADeadReader() throws Exception {
        try (ChangeLog dead = appender(1)) {
            dead.append(Batches.one(1, 1, true, 10));
            for (int i = 2; i <= 300; i++) {
                dead.append(Batches.one(1, i, false, 100_000));
            }
        }
        try (ChangeLog next = appender(2)) {
            assertThat(next.truncateTail()).map(ChangeLog.Tail::sequence).contains(1L);
        }
    }

    @Test
    void aSequenceIsFoundAnywhereInALongLog() throws Exception {
        try (ChangeLog log = appender(1); ChangeLog apply = reader()) {
            for (int i = 0; i < 20; i++) {
                List<Batch> some = new ArrayList<>();
                for (int j = 1; j <= 50; j++) {
                    some.add(Batches.one(1, i * 50 + j, true, j % 10 == 0 ? 2 * MEGABYTE / 10 : 100));
                }
                log.append(some);
            }
            for (long sequence : new long[] {1, 999, 500, 501, 2, 1_000, 737}) {
                assertThat(apply.readFrom(sequence, 1, 5_000)).extracting(Batch::sequence).containsExactly(sequence);
            }
            assertThat(apply.readFrom(1_001, 1, 100)).isEmpty();
            assertGap(() -> apply.readFrom(1_002, 1, 100));
        }
    }

    /** As a worker asks that stops in front of a change for which it waits: what it was given and has not applied is wanted again. */
    @Test
    void whatWasHandedOutIsFoundAgainWhileWhatIsAppliedIsFreed() throws Exception {
        try (ChangeLog log = appender(1); ChangeLog apply = reader()) {
            for (int i = 0; i < 20; i++) {
                int first = i * 100;
                log.append(IntStream.rangeClosed(1, 100).mapToObj(j -> Batches.one(1, first + j, true, 1_000)).toList());
            }
            for (long next = 1; next < 2_000; next += 2) {
                assertThat(apply.readFrom(next, 50_000, 5_000).getFirst().sequence()).isEqualTo(next);
                apply.trim(next + 1);
            }
        }
    }

    @Test
    void whatWasTrimmedIsFreedOnTheDisk() throws Exception {
        try (ChangeLog log = appender(1); ChangeLog apply = reader()) {
            byte[] noise = new byte[MEGABYTE / 2];
            new java.util.Random(1).nextBytes(noise);
            for (int i = 1; i <= 500; i++) {
                log.append(Noise.batch(i, noise));
            }
            assertThat(log.fileBytes()).isGreaterThan(240L * MEGABYTE);
            for (long next = 1; next <= 500;) {
                next = apply.readFrom(next, 8 * MEGABYTE, 20_000).getLast().sequence() + 1;
                apply.trim(next - 1);
            }
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
            while (log.fileBytes() > 70L * MEGABYTE && System.nanoTime() < deadline) {
                assertThat(apply.readFrom(501, ALL, 200)).isEmpty();
            }
            assertThat(log.fileBytes()).isLessThan(70L * MEGABYTE);
            assertThat(apply.size()).isEqualTo(new ChangeLog.Size(0, 0));
        }
    }

    @Test
    void anApplyWorkerThatDiedBeforeItTrimmedSaysSoWhenItComesBack() throws Exception {
        try (ChangeLog log = KafkaChangeLog.toAppend(topics, "shop", 1, Batches.RELATIONS::get, new KafkaChangeLog.Limits(1_000));
                ChangeLog apply = reader()) {
            log.append(Batches.one(1, 1, true, 20_000));
            apply.trim(1);
            assertThat(apply.readFrom(2, ALL, 100)).isEmpty();
            assertThat(apply.readFrom(2, ALL, 100)).isEmpty();
            log.append(Batches.one(1, 2, true, 10));
            assertThat(read(apply, 2, 1)).hasSize(1);
        }
    }

    @Test
    void aTopicThatIsGoneIsAGap() throws Exception {
        try (ChangeLog log = appender(1); ChangeLog apply = reader()) {
            log.append(Batches.one(1, 1, true, 10));
            assertThat(read(apply, 1, 1)).hasSize(1);
            topics.deleteChanges("shop");
            assertGap(() -> {
                for (int i = 0; i < 30; i++) {
                    assertThat(apply.readFrom(2, ALL, 1_000)).isEmpty();
                }
            });
        }
    }

    private static void assertElsewhere(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DtsException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.TASK_RUNS_ELSEWHERE));
    }
}
