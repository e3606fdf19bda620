package io.opendts.standalone.demo;

import io.opendts.model.event.Event;
import io.opendts.model.event.Event.Summary.Stage;
import io.opendts.model.event.EventSink;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Passes the task's events on and keeps what the end of the demo tells. Summaries are held back, to be told once, for all runs
 * of the task.
 */
final class Watch implements EventSink {

    private final EventSink out;
    private final CountDownLatch following = new CountDownLatch(1);
    private final List<Long> lags = new ArrayList<>();
    private final List<Event.Summary> summaries = new ArrayList<>();

    Watch(EventSink out) {
        this.out = out;
    }

    @Override
    public void emit(Event event) {
        switch (event) {
            case Event.Summary summary -> {
                synchronized (this) {
                    summaries.add(summary);
                }
                return;
            }
            case Event.IncrementalProgress progress when progress.lagMs() != Event.UNKNOWN && progress.transactions() > 0 -> {
                synchronized (this) {
                    lags.add(progress.lagMs());
                }
                following.countDown();
            }
            case Event.IncrementalProgress _, Event.StateChanged _, Event.Prechecked _, Event.FullPlanned _, Event.FullProgress _,
                    Event.CaughtUp _, Event.Difference _, Event.Verified _, Event.TaskListed _, Event.LogLine _, Event.Listening _,
                    Event.Cluster _, Event.Note _, Event.Version _, Event.Failure _, Event.Mistake _ -> { }
        }
        out.emit(event);
    }

    /** Whether changes of the source are being applied, waiting for that at most so long. */
    boolean awaitFollowing(long limitSeconds) throws InterruptedException {
        return following.await(limitSeconds, TimeUnit.SECONDS);
    }

    /** What was seen so far, one value a second, sorted. */
    synchronized List<Long> lags() {
        return lags.stream().sorted().toList();
    }

    /** Stages that ran once as they were, the incremental stage summed up over the runs. */
    synchronized Event.Summary summary() {
        Map<Integer, Stage> stages = new TreeMap<>();
        String state = "";
        for (Event.Summary summary : summaries) {
            state = summary.state();
            for (Stage stage : summary.stages()) {
                switch (stage) {
                    case Stage.Schema _ -> stages.put(1, stage);
                    case Stage.Full _ -> stages.put(2, stage);
                    case Stage.Incremental later -> stages.merge(3, later, (before, _) -> sum((Stage.Incremental) before, later));
                }
            }
        }
        return new Event.Summary(state, List.copyOf(stages.values()));
    }

    /** The time counts from the stage's first beginning, in every run. */
    private static Stage sum(Stage.Incremental before, Stage.Incremental later) {
        return new Stage.Incremental(later.ms(), before.transactions() + later.transactions(), before.rows() + later.rows(),
                before.skipped() + later.skipped(), before.conflicts() + later.conflicts());
    }
}
