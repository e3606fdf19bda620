package io.opendts.standalone.cli;

import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Interruption;
import io.opendts.standalone.Work;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "precheck", description = "Checks whether a task can run, and changes nothing.")
final class PrecheckCommand implements HeavyCommand {

    @ParentCommand
    private DtsCommand root;

    @Mixin
    private ServerOption server;

    @Parameters(paramLabel = "TASK.yaml", description = "The task file.")
    private Path taskFile;

    @Override
    public List<URI> servers() {
        return server.urls();
    }

    @Override
    public ExitCode execute(Work work, EventSink out, Interruption interruption) {
        return work.precheck(new Work.PrecheckRequest(taskFile, root.stateDirectory()), out, interruption);
    }
}
