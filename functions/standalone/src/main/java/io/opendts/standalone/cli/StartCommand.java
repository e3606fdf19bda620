package io.opendts.standalone.cli;

import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "start", description = "Starts a task of a server.")
final class StartCommand implements LightCommand {

    @ParentCommand
    private DtsCommand root;

    @Mixin
    private ServerOption server;

    @Parameters(paramLabel = "NAME", description = "The task's name.")
    private String task;

    @Override
    public ExitCode execute(EventSink out) {
        return server.tasks(root).start(task, out);
    }
}
