package io.opendts.standalone.cli;

import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "stop", description = "Ends a task for good; only reset or delete follow.")
final class StopCommand implements LightCommand {

    @ParentCommand
    private DtsCommand root;

    @Mixin
    private ServerOption server;

    @Parameters(paramLabel = "NAME", description = "The task's name.")
    private String task;

    @Override
    public ExitCode execute(EventSink out) {
        return server.tasks(root).stop(root.stateDirectory(), task, out);
    }
}
