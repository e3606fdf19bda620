package io.opendts.standalone.output;

import io.opendts.model.event.Event;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What is known of a running task, gathered from its events, as one line for people. Rates are those of the last few
 * seconds: a task that resumes has millions of rows behind it that it did not copy just now. For one thread at a time.
 */
final class Progress {

    /** The stretch over which rates are taken. */
    private static final long WINDOW_NANOS = 10_000_000_000L;

    private static final int WINDOW_LIMIT_SAMPLES = 256;

    private sealed interface Stage {
        record None() implements Stage {}

        record Full() implements Stage {}

        record Incremental(long transactions, long rows, long lagMs) implements Stage {}
    }

    private record Sample(long nanos, long rows, long bytes) {}

    private final Map<String, Event.FullProgress> tables = new LinkedHashMap<>();
    private final ArrayDeque<Sample> window = new ArrayDeque<>();
    private Stage stage = new Stage.None();
    private String lastTable = "";
    private int tablesPlanned;
    private int tablesDone;
    private long rowsPlanned;
    private long rowsDone;
    private long rowsEstimated;
    private long bytesDone;

    /** A change of state ends the stage that was going on; what follows belongs to the next one. */
    void stageEnded() {
        stage = new Stage.None();
        window.clear();
    }

    void planned(Event.FullPlanned plan) {
        tablesPlanned = plan.tables();
        rowsPlanned = Math.max(0, plan.rowsEstimated());
    }

    void full(Event.FullProgress event, long nowNanos) {
        if (!(stage instanceof Stage.Full)) {
            window.clear();
            stage = new Stage.Full();
        }
        Event.FullProgress before = tables.put(event.table(), event);
        lastTable = event.table();
        rowsDone += event.rowsDone() - (before == null ? 0 : before.rowsDone());
        bytesDone += known(event.bytes()) - (before == null ? 0 : known(before.bytes()));
        rowsEstimated += estimate(event) - (before == null ? 0 : estimate(before));
        tablesDone += (event.done() ? 1 : 0) - (before != null && before.done() ? 1 : 0);
        sample(nowNanos, rowsDone, bytesDone);
    }

    void incremental(Event.IncrementalProgress event, long nowNanos) {
        if (!(stage instanceof Stage.Incremental)) {
            window.clear();
        }
        stage = new Stage.Incremental(event.transactions(), event.rows(), event.lagMs());
        sample(nowNanos, event.rows(), 0);
    }

    /** Empty while no stage that shows progress is going on. */
    String line(long nowNanos) {
        return switch (stage) {
            case Stage.None() -> "";
            case Stage.Full() -> fullLine(nowNanos);
            case Stage.Incremental(long transactions, long rows, long lagMs) ->
                "incremental  " + Numbers.grouped(transactions) + " transactions  " + Numbers.grouped(rows) + " rows  "
                        + Numbers.grouped(Math.round(rowsPerSecond(nowNanos))) + " rows/s"
                        + (lagMs == Event.UNKNOWN ? "" : "  lag " + Numbers.millis(lagMs));
        };
    }

    private String fullLine(long nowNanos) {
        long total = Math.max(rowsPlanned, rowsEstimated);
        double rate = rowsPerSecond(nowNanos);
        StringBuilder line = new StringBuilder("full  ");
        line.append(tablesDone).append('/').append(Math.max(tablesPlanned, tables.size())).append(" tables  ");
        line.append(Numbers.grouped(rowsDone));
        if (total > 0) {
            line.append(" of ~").append(Numbers.grouped(Math.max(total, rowsDone))).append(" rows (")
                    .append(Math.min(100, rowsDone * 100 / total)).append(" %)");
        } else {
            line.append(" rows");
        }
        line.append("  ").append(Numbers.bytes(bytesPerSecond(nowNanos))).append("/s  ");
        line.append(Numbers.grouped(Math.round(rate))).append(" rows/s");
        if (rate >= 1 && total > rowsDone) {
            line.append("  ETA ").append(Numbers.seconds((long) ((total - rowsDone) / rate)));
        }
        return line.append("  ").append(lastTable).toString();
    }

    private void sample(long nowNanos, long rows, long bytes) {
        window.addLast(new Sample(nowNanos, rows, bytes));
        while (window.size() > 2
                && (nowNanos - window.peekFirst().nanos > WINDOW_NANOS || window.size() > WINDOW_LIMIT_SAMPLES)) {
            window.removeFirst();
        }
    }

    private double rowsPerSecond(long nowNanos) {
        return window.isEmpty() ? 0 : rate(window.peekLast().rows - window.peekFirst().rows, nowNanos);
    }

    private double bytesPerSecond(long nowNanos) {
        return window.isEmpty() ? 0 : rate(window.peekLast().bytes - window.peekFirst().bytes, nowNanos);
    }

    /** Up to now, not to the last sample, so that the rate of work that stands still falls. */
    private double rate(long amount, long nowNanos) {
        long nanos = nowNanos - window.peekFirst().nanos;
        return nanos <= 0 ? 0 : amount * 1e9 / nanos;
    }

    private static long estimate(Event.FullProgress event) {
        return event.done() ? event.rowsDone() : Math.max(event.rowsDone(), event.rowsEstimated());
    }

    private static long known(long value) {
        return Math.max(0, value);
    }
}
