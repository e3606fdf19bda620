package io.opendts.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedChangeLogTest extends ChangeLogContract {

    @TempDir
    Path state;

    @Override
    protected ChangeLog open(long maxWaitingBytes) {
        return open(new EmbeddedChangeLog.Limits(maxWaitingBytes, Math.min(maxWaitingBytes / 10, 20_000)));
    }

    private ChangeLog open(EmbeddedChangeLog.Limits limits) {
        return EmbeddedChangeLog.open(state, "shop", Batches.RELATIONS::get, limits);
    }

    @Test
    void whatWasAppendedSurvivesKill() throws Exception {
        long acknowledged = 0;
        for (int round = 0; round < 3; round++) {
            Process child = new ProcessBuilder(ProcessHandle.current().info().command().orElseThrow(), "--enable-native-access=ALL-UNNAMED",
                    "-cp", System.getProperty("java.class.path"), Appender.class.getName(), state.toString())
                    .redirectError(ProcessBuilder.Redirect.INHERIT).start();
            try (BufferedReader acks = child.inputReader()) {
                for (int n = 0; n < 400; n++) {
                    acknowledged = Long.parseLong(acks.readLine());
                }
                child.destroyForcibly().waitFor();
            }
            try (ChangeLog log = open(EmbeddedChangeLog.Limits.DEFAULT)) {
                assertThat(log.last().orElseThrow().sequence()).isGreaterThanOrEqualTo(acknowledged);
                assertThat(log.readFrom(1, ALL, 0)).hasSize((int) log.last().orElseThrow().sequence());
            }
        }
    }

    @Test
    void whoeverFindsTheTargetAheadGoesOnBehindIt() throws Exception {
        try (ChangeLog log = open(EmbeddedChangeLog.Limits.DEFAULT)) {
            log.append(Batches.one(1, 1, true, 10));
            log.append(Batches.one(1, 2, true, 10));
        }
        try (ChangeLog log = open(EmbeddedChangeLog.Limits.DEFAULT)) {
            assertThat(log.truncateTail().orElseThrow().sequence()).isEqualTo(2);
            assertGap(() -> log.readFrom(6, ALL, 0));
            log.goOnBehind(5);
            assertThat(log.readFrom(6, ALL, 0)).isEmpty();
            log.append(Batches.one(2, 6, true, 10));
            assertThat(log.readFrom(6, ALL, 0)).extracting(batch -> batch.sequence()).containsExactly(6L);
            log.trim(6);
        }
        try (ChangeLog log = open(EmbeddedChangeLog.Limits.DEFAULT)) {
            assertThat(log.last().orElseThrow().sequence()).isEqualTo(6);
        }
    }

    /** Appends until it is killed, and prints each sequence once it is durable. */
    static final class Appender {
        public static void main(String[] args) throws InterruptedException {
            try (ChangeLog log = EmbeddedChangeLog.open(Path.of(args[0]), "shop", Batches.RELATIONS::get)) {
                long next = log.truncateTail().map(t -> t.sequence() + 1).orElse(1L);
                while (true) {
                    log.append(Batches.one(1, next, true, 2_000));
                    System.out.println(next++);
                }
            }
        }
    }

    @Test
    void anApplyWorkerThatTookDroppedPiecesHearsOfItOnce() throws Exception {
        try (ChangeLog log = open(EmbeddedChangeLog.Limits.DEFAULT)) {
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
    void theFileStaysSmallWhenWhatIsAppendedIsAlsoTrimmed() throws Exception {
        try (ChangeLog log = open(EmbeddedChangeLog.Limits.DEFAULT)) {
            for (long i = 1; i <= 3_000; i++) {
                log.append(Batches.one(1, i, true, 64 * 1024));
                log.trim(i - 10);
            }
            assertThat(log.fileBytes()).isLessThan(32L << 20);
        }
    }

    @Test
    void theFileShrinksAfterALongBacklog() throws Exception {
        try (ChangeLog log = open(EmbeddedChangeLog.Limits.DEFAULT)) {
            for (long i = 1; i <= 400; i++) {
                log.append(Batches.one(1, i, true, 1 << 20));
            }
            assertThat(log.fileBytes()).isGreaterThan(400L << 20);
            for (long i = 401; i <= 4_000; i++) {
                log.append(Batches.one(1, i, true, 10));
                log.trim(i - 1);
            }
            assertThat(log.fileBytes()).isLessThan(100L << 20);
        }
    }

    @Test
    void aDamagedFileIsNamedWithWhatToDo() throws Exception {
        try (ChangeLog log = open(EmbeddedChangeLog.Limits.DEFAULT)) {
            log.append(Batches.one(1, 1, true, 50_000));
        }
        byte[] bytes = new byte[20_000];
        new Random(1).nextBytes(bytes);
        Files.write(state.resolve("changes/shop.db"), bytes);
        assertThatThrownBy(() -> open(EmbeddedChangeLog.Limits.DEFAULT)).isInstanceOfSatisfying(DtsException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.QUEUE_DAMAGED);
            assertThat(e).hasMessageContaining("shop.db");
            assertThat(e.remedy()).contains("delete");
        });
    }

    @Test
    void nobodyElseCanReadTheRowsThatWait() throws Exception {
        try (ChangeLog log = open(EmbeddedChangeLog.Limits.DEFAULT)) {
            log.append(Batches.one(1, 1, true, 10));
            for (String name : new String[] {"shop.db", "shop.db-wal", "shop.db-shm"}) {
                assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("changes").resolve(name))))
                        .as(name).isEqualTo("rw-------");
            }
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(state.resolve("changes")))).isEqualTo("rwx------");
        }
    }
}
