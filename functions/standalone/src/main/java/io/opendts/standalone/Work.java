package io.opendts.standalone;

import io.opendts.model.event.EventSink;
import java.nio.file.Path;
import java.util.Optional;

/**
 * What the commands do that connect to databases; they run inside Quarkus. One bean implements it for this process.
 *
 * <p>Each method blocks until the command is over, reports through {@code out} (failures of the task included, as
 * {@code Failure} events), returns early with {@link ExitCode#INTERRUPTED} once {@code interruption} is asked, and throws
 * {@link io.opendts.model.DtsException} when it cannot begin.
 */
public interface Work {

    /** @param pauseOnExit for a task of a server, which goes on when the command ends: an interrupt pauses it first */
    record RunRequest(Path taskFile, Path stateDirectory, boolean untilCaughtUp, boolean pauseOnExit) {

        public RunRequest(Path taskFile, Path stateDirectory, boolean untilCaughtUp) {
            this(taskFile, stateDirectory, untilCaughtUp, false);
        }
    }

    record PrecheckRequest(Path taskFile, Path stateDirectory) {}

    /** @param repairFile where the SQL goes that makes the target equal; overwritten */
    record VerifyRequest(Path taskFile, Path stateDirectory, Optional<Path> repairFile) {}

    /** @param keep leaves servers, task and data running and in place, and tells how to connect */
    record DemoRequest(boolean keep) {}

    /** A task of the state folder, whose task file is the recorded one. */
    record TaskRequest(String task, Path stateDirectory) {}

    ExitCode run(RunRequest request, EventSink out, Interruption interruption);

    ExitCode precheck(PrecheckRequest request, EventSink out, Interruption interruption);

    ExitCode verify(VerifyRequest request, EventSink out, Interruption interruption);

    ExitCode demo(DemoRequest request, EventSink out, Interruption interruption);

    /** Back to draft; what the task keeps for itself on the target is forgotten too, which is why this connects. */
    ExitCode reset(TaskRequest request, EventSink out, Interruption interruption);

    /** Like reset, and the task is gone; what the task keeps for itself on the target is dropped. */
    ExitCode delete(TaskRequest request, EventSink out, Interruption interruption);
}
