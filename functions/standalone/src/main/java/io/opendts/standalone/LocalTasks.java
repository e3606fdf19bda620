package io.opendts.standalone;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.event.EventSink;
import java.nio.file.Path;
import java.util.Optional;

/** The tasks of a state folder on this machine. */
final class LocalTasks implements Tasks {

    @Override
    public ExitCode list(Path stateDirectory, EventSink out) {
        throw missing("list");
    }

    @Override
    public ExitCode status(Path stateDirectory, String task, EventSink out) {
        throw missing("status");
    }

    @Override
    public ExitCode pause(Path stateDirectory, String task, EventSink out) {
        throw missing("pause");
    }

    @Override
    public ExitCode resume(Path stateDirectory, String task, Optional<String> skipDdl, EventSink out) {
        throw missing("resume");
    }

    @Override
    public ExitCode stop(Path stateDirectory, String task, EventSink out) {
        throw missing("stop");
    }

    @Override
    public ExitCode reset(Path stateDirectory, String task, EventSink out) {
        throw missing("reset");
    }

    @Override
    public ExitCode delete(Path stateDirectory, String task, EventSink out) {
        throw missing("delete");
    }

    @Override
    public ExitCode logs(Path stateDirectory, String task, EventSink out) {
        throw missing("logs");
    }

    private static DtsException missing(String command) {
        return new DtsException(
                ErrorCode.FEATURE_NOT_AVAILABLE,
                "the command '" + command + "' needs the state store, which this build does not hold",
                "Build the whole of OpenDTS: ./mvnw package");
    }
}
