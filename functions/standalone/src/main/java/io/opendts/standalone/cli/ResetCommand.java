package io.opendts.standalone.cli;

import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Interruption;
import io.opendts.standalone.Work;
import java.net.URI;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "reset", description = "Takes a task back to draft: its progress is forgotten.")
final class ResetCommand implements HeavyCommand {

    @ParentCommand
    private DtsCommand root;

    @Mixin
    private ServerOption server;

    @Parameters(paramLabel = "NAME", description = "The task's name.")
    private String task;

    @Override
    public List<URI> servers() {
        return server.urls();
    }

    @Override
    public ExitCode execute(Work work, EventSink out, Interruption interruption) {
        return work.reset(new Work.TaskRequest(task, root.stateDirectory()), out, interruption);
    }
}
