package io.opendts.standalone.cli;

import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Interruption;
import io.opendts.standalone.Work;

/** A command that connects to databases; it runs inside Quarkus. The launcher gives it a JVM for throughput. */
public interface HeavyCommand {

    ExitCode execute(Work work, EventSink out, Interruption interruption);
}
