package io.opendts.standalone.run;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.spec.Environment;
import io.opendts.spec.TaskFile;
import io.opendts.spec.TaskFile.Result.Valid;
import io.opendts.spec.TaskSpec;
import io.opendts.state.StateStore;
import io.opendts.state.TaskRecord;
import io.opendts.task.TaskRecording;
import java.nio.file.Path;

/**
 * The task file as the state folder remembers it: without secrets, and with the place of the file, from which they are read
 * again when a command names only the task.
 */
final class RecordedTask {

    private static final String FILE = "task-file";

    private RecordedTask() {}

    /**
     * Records a new task, or the changed file of a known one.
     *
     * @throws DtsException TASK_CHANGED
     */
    static void record(StateStore store, Path file, Valid valid) {
        TaskRecording.record(store, valid, file.toString());
        store.progress().put(valid.spec().name(), FILE, file.toAbsolutePath().toString());
    }

    /** The task by its name alone, for commands that end it. */
    static TaskSpec spec(StateStore store, TaskRecord task) {
        Path file = Path.of(store.progress().get(task.name(), FILE)
                .orElseThrow(() -> unreadable(task, "the state folder does not know it")));
        return switch (TaskFile.read(file, Environment.ofProcess())) {
            case Valid valid -> valid.spec();
            case TaskFile.Result.Invalid(var problems) -> throw unreadable(task, file + ": " + problems.getFirst().message());
        };
    }

    private static DtsException unreadable(TaskRecord task, String why) {
        return new DtsException(ErrorCode.NOT_POSSIBLE_IN_STATE,
                "task " + task.name() + " keeps a checkpoint on its target, and the task file with the way there cannot be read: " + why,
                "put the task file back, or run it once from its new place");
    }
}
