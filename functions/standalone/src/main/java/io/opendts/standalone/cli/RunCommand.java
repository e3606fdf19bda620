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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

@Command(name = "run", description = "Runs a task until stopped or completed; run again, it resumes.")
final class RunCommand implements HeavyCommand {

    @ParentCommand
    private DtsCommand root;

    @Mixin
    private ServerOption server;

    @Parameters(paramLabel = "TASK.yaml", description = "The task file.")
    private Path taskFile;

    @Option(
            names = "--until",
            paramLabel = "caught-up",
            converter = Until.Converter.class,
            description = "End once all that the source had committed at the start is on the target.")
    private Until until;

    @Option(names = "--pause-on-exit", description = "With --server: an interrupt pauses the task; without, the task goes on there.")
    private boolean pauseOnExit;

    @Spec
    private CommandSpec spec;

    @Override
    public List<URI> servers() {
        return server.urls();
    }

    @Override
    public ExitCode execute(Work work, EventSink out, Interruption interruption) {
        if (pauseOnExit && server.urls().isEmpty()) {
            throw new ParameterException(spec.commandLine(),
                    "--pause-on-exit needs --server: in this process the task ends with the command");
        }
        return work.run(new Work.RunRequest(taskFile, root.stateDirectory(), until != null, pauseOnExit), out, interruption);
    }
}
