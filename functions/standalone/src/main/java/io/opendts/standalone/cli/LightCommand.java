package io.opendts.standalone.cli;

import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;

/** A command that needs no running application: it answers within a fraction of a second. */
public interface LightCommand {

    ExitCode execute(EventSink out);
}
