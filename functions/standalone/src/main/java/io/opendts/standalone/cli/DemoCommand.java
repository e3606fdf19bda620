package io.opendts.standalone.cli;

import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Interruption;
import io.opendts.standalone.Work;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(name = "demo", description = "Shows a synchronization between two database servers that it starts by itself.")
final class DemoCommand implements HeavyCommand {

    @Option(names = "--keep", description = "Leave everything running and print how to connect.")
    private boolean keep;

    @Override
    public ExitCode execute(Work work, EventSink out, Interruption interruption) {
        return work.demo(new Work.DemoRequest(keep), out, interruption);
    }
}
