package io.opendts.standalone;

import io.opendts.model.event.EventSink;
import io.opendts.task.DdlDecision;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The commands that read or change what a state folder or a server remembers of tasks. They run in the light JVM, without Quarkus,
 * so an implementation stays away from anything that is slow to load.
 *
 * <p>Every method reports through {@code out} and throws {@link io.opendts.model.DtsException} when the task is not there
 * or not in a state that allows it.
 */
public interface Tasks {

    ExitCode list(Path stateDirectory, EventSink out);

    ExitCode status(Path stateDirectory, String task, EventSink out);

    /** Records a task without starting it. */
    ExitCode create(Path taskFile, EventSink out);

    ExitCode start(String task, EventSink out);

    ExitCode pause(Path stateDirectory, String task, EventSink out);

    /** @param decision about the DDL statement in front of which it stands, recorded with the task */
    ExitCode resume(Path stateDirectory, String task, Optional<DdlDecision> decision, EventSink out);

    ExitCode stop(Path stateDirectory, String task, EventSink out);

    /** @param table as {@code DATABASE.TABLE}, by its names on the source */
    ExitCode resync(Path stateDirectory, String task, String table, EventSink out);

    ExitCode logs(Path stateDirectory, String task, EventSink out);
}
