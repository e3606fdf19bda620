package io.opendts.standalone.run;

import io.opendts.model.event.Event;
import io.opendts.model.event.EventSink;
import io.opendts.spec.Environment;
import io.opendts.spec.SpecProblem;
import io.opendts.spec.TaskFile;
import io.opendts.spec.TaskFile.Result;
import java.nio.file.Path;
import java.util.Optional;

/** Reads task files for commands: a valid one, or every mistake told at once. */
public final class TaskFiles {

    private TaskFiles() {}

    /** Empty after the mistakes have been told. */
    public static Optional<Result.Valid> read(Path file, EventSink out) {
        return switch (TaskFile.read(file, Environment.ofProcess())) {
            case Result.Valid valid -> Optional.of(valid);
            case Result.Invalid(var problems) -> {
                problems.forEach(problem -> out.emit(told(file, problem)));
                yield Optional.empty();
            }
        };
    }

    private static Event.Mistake told(Path file, SpecProblem problem) {
        return new Event.Mistake(file.toString(), problem.line(), problem.column(), problem.path(), problem.code(),
                problem.message(), problem.remedy());
    }
}
