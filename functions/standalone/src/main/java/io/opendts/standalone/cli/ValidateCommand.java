package io.opendts.standalone.cli;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import picocli.CommandLine.Command;

@Command(name = "validate", description = "Lists every mistake in a task file, with line and remedy.")
final class ValidateCommand implements LightCommand {

    @Override
    public ExitCode execute(EventSink out) {
        throw new DtsException(ErrorCode.FEATURE_NOT_AVAILABLE, "'validate' is not part of this build", "Build the whole of OpenDTS");
    }
}
