package io.opendts.bench;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The stages schema and full of an OpenDTS task, from the start of the command to its end. */
record DtsCopy(Servers servers) implements Contestant {

    @Override
    public String name() {
        return "OpenDTS";
    }

    @Override
    public String how() {
        return "`./dts run TASK.yaml --output json`, `stages: [schema, full]`, all else as it is by default; "
                + "JVM start and precheck included";
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public void prepare() throws InterruptedException {
        Folders.delete(servers.work("state"));
        servers.resetTarget(FullCopy.EMPTY);
    }

    @Override
    public Sample measure() throws InterruptedException {
        return servers.measured(() -> {
            Dts.Events events = Dts.embedded(servers, servers.work("state")).run(Dts.Task.copy());
            Map<String, Double> parts = new TreeMap<>();
            events.first().ifPresent(seconds -> parts.put("to first event", seconds));
            events.stageSeconds("schema").ifPresent(seconds -> parts.put("schema", seconds));
            events.stageSeconds("full").ifPresent(seconds -> parts.put("full", seconds));
            Program.Outcome outcome = events.outcome();
            return new Sample(outcome.seconds(), outcome.cpuSeconds(), 0, 0, outcome.peakRssKib(), parts);
        });
    }
}
