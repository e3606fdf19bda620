package io.opendts.standalone.cli;

import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "status", description = "Shows one task: state, progress, lag, last error.")
final class StatusCommand implements LightCommand {

    @ParentCommand
    private DtsCommand root;

    @Mixin
    private ServerOption server;

    @Parameters(paramLabel = "NAME", description = "The task's name.")
    private String task;

    @Override
    public ExitCode execute(EventSink out) {
        return server.tasks(root).status(root.stateDirectory(), task, out);
    }
}
