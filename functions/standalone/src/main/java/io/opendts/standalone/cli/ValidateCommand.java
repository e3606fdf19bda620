package io.opendts.standalone.cli;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(name = "validate", description = "Lists every mistake in a task file, with line and remedy.")
final class ValidateCommand implements LightCommand {

    @Parameters(paramLabel = "TASK.yaml", description = "The task file.")
    private Path taskFile;

    @Override
    public ExitCode execute(EventSink out) {
        throw new DtsException(
                ErrorCode.FEATURE_NOT_AVAILABLE, "this build cannot read " + taskFile, "Build the whole of OpenDTS: ./mvnw package");
    }
}
