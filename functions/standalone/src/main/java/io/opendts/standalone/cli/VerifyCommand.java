package io.opendts.standalone.cli;

import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Interruption;
import io.opendts.standalone.Work;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "verify", description = "Compares source and target row by row and lists the differences.")
final class VerifyCommand implements HeavyCommand {

    @ParentCommand
    private DtsCommand root;

    @Mixin
    private ServerOption server;

    @Parameters(paramLabel = "TASK.yaml", description = "The task file.")
    private Path taskFile;

    @Option(names = "--repair", paramLabel = "FILE", description = "Write the SQL that makes the target equal.")
    private Path repair;

    @Override
    public List<URI> servers() {
        return server.urls();
    }

    @Override
    public ExitCode execute(Work work, EventSink out, Interruption interruption) {
        return work.verify(
                new Work.VerifyRequest(taskFile, root.stateDirectory(), Optional.ofNullable(repair)), out, interruption);
    }
}
