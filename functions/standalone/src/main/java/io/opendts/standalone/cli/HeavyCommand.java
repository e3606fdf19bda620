package io.opendts.standalone.cli;

import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Interruption;
import io.opendts.standalone.Work;
import java.net.URI;
import java.util.List;

/** A command that connects to databases; it runs inside Quarkus. The launcher gives it a JVM for throughput. */
public interface HeavyCommand {

    /** Who does the work; empty for this process. */
    default List<URI> servers() {
        return List.of();
    }

    ExitCode execute(Work work, EventSink out, Interruption interruption);
}
