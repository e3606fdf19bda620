package io.opendts.standalone.cli;

import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "create", description = "Makes a task on a server, without starting it.")
final class CreateCommand implements LightCommand {

    @ParentCommand
    private DtsCommand root;

    @Mixin
    private ServerOption server;

    @Parameters(paramLabel = "TASK.yaml", description = "The task file.")
    private Path taskFile;

    @Override
    public ExitCode execute(EventSink out) {
        return server.tasks(root).create(taskFile, out);
    }
}
