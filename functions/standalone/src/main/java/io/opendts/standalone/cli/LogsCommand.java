package io.opendts.standalone.cli;

import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "logs", description = "Prints the log of one task.")
final class LogsCommand implements LightCommand {

    @ParentCommand
    private DtsCommand root;

    @Mixin
    private ServerOption server;

    @Parameters(paramLabel = "NAME", description = "The task's name.")
    private String task;

    @Override
    public ExitCode execute(EventSink out) {
        return server.tasks(root).logs(root.stateDirectory(), task, out);
    }
}
