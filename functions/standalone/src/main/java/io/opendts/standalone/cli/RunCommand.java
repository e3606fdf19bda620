package io.opendts.standalone.cli;

import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Interruption;
import io.opendts.standalone.Work;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

@Command(name = "run", description = "Runs a task until stopped or completed; run again, it resumes.")
final class RunCommand implements HeavyCommand {

    @ParentCommand
    private DtsCommand root;

    @Parameters(paramLabel = "TASK.yaml", description = "The task file.")
    private Path taskFile;

    @Option(
            names = "--until",
            paramLabel = "caught-up",
            converter = Until.Converter.class,
            description = "End once all that the source had committed at the start is on the target.")
    private Until until;

    @Override
    public ExitCode execute(Work work, EventSink out, Interruption interruption) {
        return work.run(new Work.RunRequest(taskFile, root.stateDirectory(), until != null), out, interruption);
    }
}
