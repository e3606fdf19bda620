package io.opendts.standalone.cli;

import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.ParentCommand;

@Command(name = "list", description = "Lists the tasks and their states.")
final class ListCommand implements LightCommand {

    @ParentCommand
    private DtsCommand root;

    @Mixin
    private ServerOption server;

    @Override
    public ExitCode execute(EventSink out) {
        return server.tasks(root).list(root.stateDirectory(), out);
    }
}
