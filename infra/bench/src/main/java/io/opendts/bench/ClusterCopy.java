package io.opendts.bench;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The task of {@link DtsCopy}, carried to a cluster. */
record ClusterCopy(Servers servers, Cluster cluster) implements Contestant {

    static final String NAME = "OpenDTS, cluster";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String how() {
        return "the same task by `./dts run TASK.yaml --server URL`, on a cluster that runs before (`./dts cluster up --snapshot 2`: "
                + "2 snapshot, 1 of each other function, Kafka, MySQL as state store); CPU and RSS are of all its processes";
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public void prepare() throws InterruptedException {
        cluster.forgetIfThere();
        servers.resetTarget(FullCopy.EMPTY);
    }

    @Override
    public Sample measure() throws InterruptedException {
        Sample sample = cluster.measured(() -> {
            Dts.Events events = Dts.on(servers, cluster).run(Dts.Task.copy());
            Map<String, Double> parts = new TreeMap<>();
            events.first().ifPresent(seconds -> parts.put("to first event", seconds));
            events.stageSeconds("schema").ifPresent(seconds -> parts.put("schema", seconds));
            events.stageSeconds("full").ifPresent(seconds -> parts.put("full", seconds));
            events.span("prechecking", "schema").ifPresent(seconds -> parts.put("precheck", seconds));
            double work = cluster.figure("snapshot", "dts_work_seconds_sum");
            parts.put("chunks' work", work);
            parts.put("messages around it", cluster.figure("snapshot", "dts_message_seconds_sum") - work);
            Program.Outcome outcome = events.outcome();
            return new Sample(outcome.seconds(), outcome.cpuSeconds(), 0, 0, outcome.peakRssKib(), parts);
        });
        cluster.forget();
        return sample;
    }
}
