package io.opendts.cluster;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import io.opendts.model.ErrorCode;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * What this process has done, for Prometheus, by the names of the contract (section 7). Each series has the label {@code task},
 * empty where it is about none; a task that is deleted takes its series along ({@link #retain}). Counters are of this process and
 * since it began. Safe for many threads.
 */
public final class WorkMetrics {

    private static final String TASK = "task";

    private final MeterRegistry registry;
    private final MultiGauge states;
    private final MultiGauge depths;

    /** Depth of a topic for one group of consumers; {@code task} is empty for a topic of all tasks. */
    public record Depth(String task, String topic, String group, long records) {}

    /** @param state as users see it */
    public record Standing(String task, String state) {}

    public WorkMetrics(MeterRegistry registry) {
        this.registry = registry;
        this.states = MultiGauge.builder("dts.task.state").description("1 for the state that a task is in").register(registry);
        this.depths = MultiGauge.builder("dts.queue.depth").description("Records that wait in a topic").register(registry);
    }

    /** A chunk that was not on the target before. */
    public void copied(String task, long rows, long bytes) {
        registry.counter("dts.full.rows", TASK, task).increment(rows);
        registry.counter("dts.full.bytes", TASK, task).increment(bytes);
    }

    public void applied(String task, long transactions, long rows, long conflicts) {
        registry.counter("dts.incremental.transactions", TASK, task).increment(transactions);
        registry.counter("dts.incremental.rows", TASK, task).increment(rows);
        registry.counter("dts.conflicts", TASK, task).increment(conflicts);
    }

    /** One transaction of the target. */
    public void batch(String task, Duration took) {
        registry.timer("dts.apply.batch", TASK, task).record(took);
    }

    /** One message, from its being taken to its being acknowledged, of which {@link #worked} is the part that counts. */
    void message(String task, Duration took) {
        registry.timer("dts.message", TASK, task).record(took);
    }

    /** What a function did for one message. */
    void worked(String task, Duration took) {
        registry.timer("dts.work", TASK, task).record(took);
    }

    public void error(String task, ErrorCode code) {
        registry.counter("dts.errors", TASK, task, "code", code.code()).increment();
    }

    /** For as long as the answer is not closed; {@code of} is read at each scrape. */
    public <T> Series lag(String task, T of, ToDoubleFunction<T> millis) {
        return series(Gauge.builder("dts.lag", of, o -> millis.applyAsDouble(o) / TimeUnit.SECONDS.toMillis(1)).baseUnit("seconds")
                .tag(TASK, task).strongReference(true).register(registry));
    }

    /** As {@link #lag}. */
    public <T> Series readerBytes(String task, T of, ToDoubleFunction<T> bytes) {
        return series(FunctionCounter.builder("dts.reader.bytes", of, bytes).tag(TASK, task).register(registry));
    }

    /** A series that ends with the work that it is about. */
    public interface Series extends AutoCloseable {
        @Override
        void close();
    }

    private Series series(Meter meter) {
        return () -> registry.remove(meter);
    }

    public void states(List<Standing> now) {
        states.register(now.stream().map(one -> MultiGauge.Row.of(Tags.of(TASK, one.task(), "state", one.state()), 1)).toList(), true);
    }

    public void depths(List<Depth> now) {
        depths.register(now.stream().map(one -> MultiGauge.Row.of(
                Tags.of(TASK, one.task(), "topic", one.topic(), "group", one.group()), one.records())).toList(), true);
    }

    /** Tasks that there are series of. */
    Set<String> tasks() {
        return registry.getMeters().stream().map(meter -> meter.getId().getTag(TASK)).filter(Objects::nonNull)
                .filter(task -> !task.isEmpty()).collect(Collectors.toSet());
    }

    /** Forgets the series of all tasks but these. */
    void retain(Collection<String> tasks) {
        for (Meter meter : registry.getMeters()) {
            String task = meter.getId().getTag(TASK);
            if (task != null && !task.isEmpty() && !tasks.contains(task)) {
                registry.remove(meter);
            }
        }
    }
}
