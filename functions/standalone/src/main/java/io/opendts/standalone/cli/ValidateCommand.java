package io.opendts.standalone.cli;

import io.opendts.model.event.Event;
import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.run.TaskFiles;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "validate", description = "Lists every mistake in a task file, with line and remedy.")
final class ValidateCommand implements LightCommand {

    @Parameters(paramLabel = "TASK.yaml", description = "The task file.")
    private Path taskFile;

    @Override
    public ExitCode execute(EventSink out) {
        return TaskFiles.read(taskFile, out)
                .map(valid -> {
                    out.emit(new Event.Note(taskFile + " is valid: task " + valid.spec().name()));
                    return ExitCode.DONE;
                })
                .orElse(ExitCode.USAGE);
    }
}
