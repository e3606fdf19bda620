package io.opendts.standalone.cli;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import picocli.CommandLine.Command;

/** Listed for the help alone: the launcher answers {@code test} itself, since it builds what this class is part of. */
@Command(name = "test", description = "Builds everything and runs every test, against real servers.")
final class TestCommand implements LightCommand {

    @Override
    public ExitCode execute(EventSink out) {
        throw new DtsException(
                ErrorCode.FEATURE_NOT_AVAILABLE, "'test' is not part of the program, only of its launcher", "Run ./dts test");
    }
}
