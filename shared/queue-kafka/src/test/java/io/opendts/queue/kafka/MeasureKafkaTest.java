package io.opendts.queue.kafka;

import io.opendts.model.Batch;
import io.opendts.model.Change;
import io.opendts.model.Position;
import io.opendts.model.Row;
import io.opendts.queue.Batches;
import io.opendts.queue.ChangeLog;
import io.opendts.queue.EmbeddedChangeLog;
import io.opendts.testkit.KafkaServer;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Numbers for people, printed: {@code -Ddts.measure=true}. Nothing is asserted. */
@EnabledIfSystemProperty(named = "dts.measure", matches = "true")
class MeasureKafkaTest {

    private static final int SMALL = 2_000;
    private static final int LARGE = 800;
    private static final int LARGE_ROWS = 2_600;
    private static final int GROUP_BYTES_MAX = 8 << 20;

    @TempDir
    Path folder;

    @Test
    void latencyAndThroughputBesideTheEmbeddedLog() throws Exception {
        try (KafkaServer kafka = KafkaServer.start();
                KafkaTopics topics = new KafkaTopics(new KafkaSettings(kafka.bootstrapServers(), "measure"))) {
            topics.ensureChanges("shop");
            try (ChangeLog log = new BothSides(KafkaChangeLog.toAppend(topics, "shop", 1, Batches.RELATIONS::get,
                    KafkaChangeLog.Limits.DEFAULT), KafkaChangeLog.toRead(topics, "shop", Batches.RELATIONS::get))) {
                measure("kafka", log);
                System.out.printf("kafka: on disk %,d bytes%n", log.fileBytes());
            }
            try (ChangeLog log = EmbeddedChangeLog.open(folder, "shop", Batches.RELATIONS::get)) {
                measure("embedded", log);
            }
        }
    }

    private static void measure(String name, ChangeLog log) throws Exception {
        long next = latency(name + " first", log, 1, SMALL, 2);
        next = latency(name + " idle (20 ms apart)", log, next, 300, 20);
        next = latency(name + " back to back", log, next, SMALL, 0);
        next = throughput(name + " first", log, next);
        throughput(name, log, next);
    }

    private static long latency(String name, ChangeLog log, long from, int count, long pauseMillis) throws Exception {
        long[] appendedAt = new long[count];
        long[] tookNanos = new long[count];
        long[] appendNanos = new long[count];
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                for (long next = from; next < from + count;) {
                    for (Batch batch : log.readFrom(next, GROUP_BYTES_MAX, 10_000)) {
                        tookNanos[(int) (batch.sequence() - from)] = System.nanoTime() - appendedAt[(int) (batch.sequence() - from)];
                        next = batch.sequence() + 1;
                    }
                    log.trim(next - 1);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        for (int i = 0; i < count; i++) {
            if (pauseMillis > 0) {
                java.util.concurrent.locks.LockSupport.parkNanos(pauseMillis * 1_000_000);
            }
            appendedAt[i] = System.nanoTime();
            log.append(Batches.one(1, from + i, true, 200));
            appendNanos[i] = System.nanoTime() - appendedAt[i];
        }
        reader.join();
        print(name + ": append call to read", tookNanos);
        print(name + ": append call", appendNanos);
        return from + count;
    }

    private static void print(String name, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf("%s: p50 %.2f ms, p99 %.2f ms, max %.2f ms%n", name, nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6, nanos[nanos.length - 1] / 1e6);
    }

    private static long throughput(String name, ChangeLog log, long from) throws Exception {
        List<Batch> shapes = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            shapes.add(sysbench(from, i));
        }
        long bytes = (long) new io.opendts.queue.BatchCodec(Batches.RELATIONS::get).encode(shapes.getFirst()).length * LARGE;
        long cpu = cpuNanos();
        long start = System.nanoTime();
        Thread reader = Thread.ofPlatform().start(() -> {
            try {
                for (long next = from; next < from + LARGE;) {
                    next = log.readFrom(next, GROUP_BYTES_MAX, 10_000).getLast().sequence() + 1;
                    log.trim(next - 1);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        for (int i = 0; i < LARGE; i++) {
            Batch shape = shapes.get(i % shapes.size());
            log.append(new Batch("shop", 1, from + i, shape.from(), shape.upTo(), true, shape.changes()));
        }
        double appended = (System.nanoTime() - start) / 1e9;
        reader.join();
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("%s: %d batches of %,d bytes: appended %.1f MB/s, through %.1f MB/s, CPU of this JVM %.2f s of %.2f s%n", name,
                LARGE, bytes / LARGE, bytes / 1e6 / appended, bytes / 1e6 / seconds, (cpuNanos() - cpu) / 1e9, seconds);
        return from + LARGE;
    }

    /** Rows as in sysbench's table: numbers, and digits in groups. */
    private static Batch sysbench(long sequence, int seed) {
        Random random = new Random(seed);
        Position at = new Position("binlog.000001:" + sequence);
        List<Change> changes = new ArrayList<>();
        changes.add(new Change.Begin("gtid", at, 1_700_000_000_000L));
        for (int i = 0; i < LARGE_ROWS; i++) {
            StringBuilder row = new StringBuilder().append(random.nextInt(1_000_000)).append(random.nextInt(1_000_000));
            for (int group = 0; group < 15; group++) {
                row.append(String.format("%011d-", random.nextLong(100_000_000_000L)));
            }
            changes.add(new Change.Insert(Batches.RELATIONS.get(1), Row.wrap(row.toString().getBytes(StandardCharsets.US_ASCII))));
        }
        changes.add(new Change.End(new Position("binlog.000001:" + (sequence + 1))));
        return new Batch("shop", 1, sequence, at, new Position("binlog.000001:" + (sequence + 1)), true, changes);
    }

    private static long cpuNanos() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }
}
