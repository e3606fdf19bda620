package io.opendts.standalone.cli;

import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "resync", description = "Copies one table of a task anew, while the others go on.")
final class ResyncCommand implements LightCommand {

    @ParentCommand
    private DtsCommand root;

    @Mixin
    private ServerOption server;

    @Parameters(paramLabel = "NAME", description = "The task's name.")
    private String task;

    @Option(names = "--table", paramLabel = "DB.TABLE", required = true, description = "By its names on the source.")
    private String table;

    @Override
    public ExitCode execute(EventSink out) {
        return server.tasks(root).resync(root.stateDirectory(), task, table, out);
    }
}
