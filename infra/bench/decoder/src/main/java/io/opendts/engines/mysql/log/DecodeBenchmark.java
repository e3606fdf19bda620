package io.opendts.engines.mysql.log;

import com.github.shyiko.mysql.binlog.BinaryLogFileReader;
import com.github.shyiko.mysql.binlog.event.DeleteRowsEventData;
import com.github.shyiko.mysql.binlog.event.Event;
import com.github.shyiko.mysql.binlog.event.UpdateRowsEventData;
import com.github.shyiko.mysql.binlog.event.WriteRowsEventData;
import com.github.shyiko.mysql.binlog.event.deserialization.ChecksumType;
import com.github.shyiko.mysql.binlog.event.deserialization.EventDeserializer;
import io.opendts.model.Change;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Row events a second out of a log that is in memory, on one thread: ours, and the library that most readers of the JVM stand on. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 5, time = 3)
public class DecodeBenchmark {

    private static final int MAGIC_BYTES = 4;

    private BenchLog source;
    private byte[] log;

    /** What a pass has seen. */
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    @State(Scope.Thread)
    public static class Seen {
        public long rowEvents;
        public long bytes;
    }

    /** Prints {@code NAME ROW-EVENTS-A-SECOND ERROR BYTES-A-SECOND} for both. */
    public static void main(String[] words) throws Exception {
        List<String> properties = List.of(BenchLog.HOST, BenchLog.PORT, BenchLog.USER, BenchLog.DATABASE, BenchLog.FILE, BenchLog.PATH);
        String[] arguments = properties.stream().map(name -> "-D" + name + "=" + System.getProperty(name)).toArray(String[]::new);
        for (RunResult result : new Runner(new OptionsBuilder().include(DecodeBenchmark.class.getName()).jvmArgsAppend(arguments)
                .jvmArgsAppend("-Xmx1g").shouldFailOnError(true).build()).run()) {
            var rows = result.getSecondaryResults().get("rowEvents");
            System.out.printf(Locale.ROOT, "%s %.0f %.0f %.0f%n", result.getPrimaryResult().getLabel(), rows.getScore(),
                    rows.getScoreError(), result.getSecondaryResults().get("bytes").getScore());
        }
    }

    @Setup
    public void read() throws IOException {
        source = BenchLog.open();
        log = Files.readAllBytes(Path.of(System.getProperty(BenchLog.PATH)));
    }

    /** Checksums are verified, rows are packed as the queue has them. */
    @Benchmark
    public void opendts(Seen seen) {
        LogDecoder decoder = source.decoder();
        for (int at = MAGIC_BYTES; at < log.length;) {
            int length = (int) JsonText.number(log, at + 9, 4);
            decoder.event(log, at, length);
            for (Change change = decoder.next(); change != null; change = decoder.next()) {
                if (BenchLog.isRow(change)) {
                    seen.rowEvents++;
                }
            }
            at += length;
        }
        seen.bytes += log.length;
    }

    /** Checksums are skipped, each value is an object. */
    @Benchmark
    public void library(Seen seen) throws IOException {
        EventDeserializer deserializer = new EventDeserializer();
        deserializer.setChecksumType(ChecksumType.CRC32);
        try (BinaryLogFileReader reader = new BinaryLogFileReader(new ByteArrayInputStream(log), deserializer)) {
            for (Event event = reader.readEvent(); event != null; event = reader.readEvent()) {
                seen.rowEvents += switch (event.getData()) {
                    case WriteRowsEventData rows -> rows.getRows().size();
                    case UpdateRowsEventData rows -> rows.getRows().size();
                    case DeleteRowsEventData rows -> rows.getRows().size();
                    case null, default -> 0;
                };
            }
        }
        seen.bytes += log.length;
    }
}
