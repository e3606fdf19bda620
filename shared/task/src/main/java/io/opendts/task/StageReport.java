package io.opendts.task;

import io.opendts.model.Stage;
import io.opendts.model.TaskState;
import io.opendts.model.event.Event;
import io.opendts.model.event.EventSink;
import io.opendts.state.Chunks.TableCopy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Tells how far a running task is, from what the state store knows. Called from one thread. */
public final class StageReport {

    private final TaskContext task;
    private final EventSink out;
    private final Map<String, Long> rowsReported = new HashMap<>();
    /** Told already. */
    private final Set<Event.Failure> stoppedTables = new HashSet<>();
    private long lastMillis = System.currentTimeMillis();
    private boolean planned;
    /** Until it has been told how the copy ended, however quick it was; never for one that an earlier process has finished. */
    private boolean fullIsOpen;
    private Standing lastStanding;

    public StageReport(TaskContext task, EventSink out) {
        this(task, out, Facts.of(task).moment("full.done").isEmpty());
    }

    private StageReport(TaskContext task, EventSink out, boolean fullIsOpen) {
        this.task = task;
        this.out = out;
        this.fullIsOpen = task.runs(Stage.FULL) && fullIsOpen;
    }

    /**
     * For who comes later, in another process: the first figures tell of the whole time since the copy began.
     *
     * @param fullIsOpen whether nobody has told yet how the copy ended
     */
    public static StageReport joining(TaskContext task, EventSink out, boolean fullIsOpen) {
        StageReport report = new StageReport(task, out, fullIsOpen);
        Facts.of(task).moment("full.began").ifPresent(began -> report.lastMillis = began);
        return report;
    }

    /**
     * @param applying whether the incremental stage has begun
     * @param standing null before anything was applied
     * @return whether the standing is another one than told before
     */
    public boolean progress(boolean applying, Standing standing) {
        long now = System.currentTimeMillis();
        double seconds = Math.max(0.001, (now - lastMillis) / 1000.0);
        if (fullIsOpen) {
            full(seconds);
            fullIsOpen = !applying;
        }
        for (StoppedTable stopped : StoppedTable.of(task.store().progress(), task.name())) {
            if (stoppedTables.add(stopped.failure())) {
                out.emit(stopped.failure());
            }
        }
        boolean moved = standing != null && !standing.equals(lastStanding);
        if (moved) {
            lastStanding = standing;
            out.emit(new Event.IncrementalProgress(standing.transactions(), standing.rows(), standing.lagMillis(),
                    standing.checkpoint().position().text()));
        }
        lastMillis = now;
        return moved;
    }

    private void full(double seconds) {
        List<TableCopy> tables = task.store().chunks().tables(task.name());
        if (!planned && Facts.of(task).moment(Facts.COPY_PLANNED).isPresent()) {
            planned = true;
            out.emit(new Event.FullPlanned(tables.size(), tables.stream().mapToLong(TableCopy::rowsEstimated).sum()));
        }
        for (TableCopy table : tables) {
            String name = table.table().toString();
            long before = rowsReported.getOrDefault(name, -1L);
            if (table.rows() != before && (table.rows() > 0 || table.complete())) {
                rowsReported.put(name, table.rows());
                out.emit(new Event.FullProgress(name, table.rows(), table.rowsEstimated(), table.bytes(),
                        Math.round((table.rows() - Math.max(0, before)) / seconds), table.complete()));
            }
        }
    }

    /** @param standing null unless the incremental stage has applied something */
    public void summary(TaskState state, Standing standing) {
        Facts facts = Facts.of(task);
        List<Event.Summary.Stage> stages = new ArrayList<>();
        took(facts, "schema.began", "schema.done").ifPresent(ms -> stages.add(new Event.Summary.Stage.Schema(ms)));
        took(facts, "full.began", "full.done").ifPresent(ms -> {
            List<TableCopy> tables = task.store().chunks().tables(task.name());
            stages.add(new Event.Summary.Stage.Full(ms, tables.stream().mapToLong(TableCopy::rows).sum(),
                    tables.stream().mapToLong(TableCopy::bytes).sum()));
        });
        if (standing != null) {
            long began = facts.moment("incremental.began").orElseGet(System::currentTimeMillis);
            stages.add(new Event.Summary.Stage.Incremental(System.currentTimeMillis() - began, standing.transactions(),
                    standing.rows(), 0, standing.conflicts()));
        }
        out.emit(new Event.Summary(TaskState.shown(state, task.migration()), stages));
    }

    private static Optional<Long> took(Facts facts, String began, String done) {
        return facts.moment(began).flatMap(from -> facts.moment(done).map(to -> to - from));
    }
}
