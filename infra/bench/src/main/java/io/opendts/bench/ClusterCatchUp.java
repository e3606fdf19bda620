package io.opendts.bench;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A cluster's task made anew on a target that is as it was before the write load.
 *
 * @param logPosition of the source before the load
 */
record ClusterCatchUp(Servers servers, Cluster cluster, String logPosition) implements Contestant {

    @Override
    public String name() {
        return ClusterCopy.NAME;
    }

    @Override
    public String how() {
        return "`./dts run TASK.yaml --server URL --until caught-up`, a new task with `stages: [incremental]` and `startAt` the source's "
                + "position before the load; time from the start of the command to its event `caught-up`, so precheck and the making "
                + "of the task are in it";
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public void prepare() throws InterruptedException {
        cluster.forgetIfThere();
        servers.resetTarget(CatchUp.LEVEL);
    }

    @Override
    public Sample measure() throws InterruptedException {
        Sample sample = cluster.measured(() -> {
            Dts.Events events = Dts.on(servers, cluster).run(Dts.Task.changes(logPosition), "--until", "caught-up");
            Program.Outcome outcome = events.outcome();
            double caughtUp = events.at("caught-up").orElseThrow(() -> new ContestantFailed("dts run ended without the event caught-up"));
            Map<String, Double> parts = new TreeMap<>();
            events.first().ifPresent(seconds -> {
                parts.put("to first event", seconds);
                parts.put("first event to caught-up", caughtUp - seconds);
            });
            events.span("prechecking", "synchronizing").ifPresent(seconds -> parts.put("precheck", seconds));
            parts.put("to exit", outcome.seconds());
            return new Sample(caughtUp, outcome.cpuSeconds(), 0, 0, outcome.peakRssKib(), parts);
        });
        cluster.forget();
        return sample;
    }
}
