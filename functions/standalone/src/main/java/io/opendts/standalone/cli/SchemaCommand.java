package io.opendts.standalone.cli;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import picocli.CommandLine.Command;

@Command(name = "schema", description = "Prints the JSON Schema of task files.")
final class SchemaCommand implements LightCommand {

    @Override
    public ExitCode execute(EventSink out) {
        throw new DtsException(ErrorCode.FEATURE_NOT_AVAILABLE, "'schema' is not part of this build", "Build the whole of OpenDTS");
    }
}
