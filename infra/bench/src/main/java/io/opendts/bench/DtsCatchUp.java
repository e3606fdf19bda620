package io.opendts.bench;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** An OpenDTS task whose checkpoint lies before the write load, started again until it has caught up. */
record DtsCatchUp(Servers servers) implements Contestant {

    private static final String STATE_BEFORE = "state-before-load";

    @Override
    public String name() {
        return "OpenDTS";
    }

    @Override
    public String how() {
        return "`./dts run TASK.yaml --until caught-up --output json`, a task with `stages: [incremental]` that had caught up before "
                + "the load; time from the start of the command to its event `caught-up`";
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    /** Before the load: makes the task and its checkpoint, on a target that is level with the source. */
    void beforeLoad() throws InterruptedException {
        Folders.delete(servers.work("state"));
        servers.resetTarget(CatchUp.LEVEL);
        Dts.embedded(servers, servers.work("state")).run(Dts.Task.changes(""), "--until", "caught-up");
        servers.keepTarget(CatchUp.LEVEL_FOR_DTS);
        Folders.copy(servers.work("state"), servers.work(STATE_BEFORE));
    }

    @Override
    public void prepare() throws InterruptedException {
        Folders.copy(servers.work(STATE_BEFORE), servers.work("state"));
        servers.resetTarget(CatchUp.LEVEL_FOR_DTS);
    }

    @Override
    public Sample measure() throws InterruptedException {
        return servers.measured(() -> {
            Dts.Events events = Dts.embedded(servers, servers.work("state")).run(Dts.Task.changes(""), "--until", "caught-up");
            Program.Outcome outcome = events.outcome();
            double caughtUp = events.at("caught-up").orElseThrow(() -> new ContestantFailed("dts run ended without the event caught-up"));
            Map<String, Double> parts = new TreeMap<>();
            events.first().ifPresent(seconds -> {
                parts.put("to first event", seconds);
                parts.put("first event to caught-up", caughtUp - seconds);
            });
            parts.put("to exit", outcome.seconds());
            return new Sample(caughtUp, outcome.cpuSeconds(), 0, 0, outcome.peakRssKib(), parts);
        });
    }
}
