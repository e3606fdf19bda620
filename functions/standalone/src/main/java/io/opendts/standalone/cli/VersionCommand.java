package io.opendts.standalone.cli;

import io.opendts.model.event.Event;
import io.opendts.model.event.EventSink;
import io.opendts.standalone.BuildVersion;
import io.opendts.standalone.ExitCode;
import picocli.CommandLine.Command;

@Command(name = "version", description = "Prints the version of OpenDTS and of the Java that runs it.")
final class VersionCommand implements LightCommand {

    @Override
    public ExitCode execute(EventSink out) {
        out.emit(new Event.Version(BuildVersion.read(), Runtime.version().toString()));
        return ExitCode.DONE;
    }
}
