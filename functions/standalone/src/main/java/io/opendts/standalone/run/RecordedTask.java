package io.opendts.standalone.run;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.TaskState;
import io.opendts.spec.Environment;
import io.opendts.spec.TaskFile;
import io.opendts.spec.TaskFile.Result.Valid;
import io.opendts.spec.TaskSpec;
import io.opendts.state.StateStore;
import io.opendts.state.TaskRecord;
import java.nio.file.Path;
import java.util.Locale;

/**
 * The task file as the state folder remembers it: without secrets, and with the place of the file, from which they are read
 * again when a command names only the task.
 */
final class RecordedTask {

    private static final String FILE = "task-file";

    private RecordedTask() {}

    /**
     * Records a new task, or the changed file of a known one. What decides where rows go may change only before the task has begun.
     *
     * @throws DtsException TASK_CHANGED
     */
    static void record(StateStore store, Path file, Valid valid) {
        TaskSpec spec = valid.spec();
        String type = spec.type().name().toLowerCase(Locale.ROOT);
        TaskRecord known = store.tasks().find(spec.name())
                .orElseGet(() -> store.tasks().create(spec.name(), type, valid.canonical().json(), valid.canonical().hash()));
        if (!known.specHash().equals(valid.canonical().hash())) {
            boolean begun = switch (known.state()) {
                case TaskState.Draft(), TaskState.PrecheckFailed(), TaskState.Prechecking() -> false;
                case TaskState.Running(_), TaskState.Completed(), TaskState.Paused(_), TaskState.Stopped(),
                        TaskState.Failed(_, _, _, _) -> true;
            };
            if (begun && !known.type().equals(type) || begun && moved(store, spec)) {
                throw new DtsException(ErrorCode.TASK_CHANGED,
                        "task " + spec.name() + " has begun with other objects, stages or names than " + file + " now asks for",
                        "take the change back, give the new task another name, or `dts reset " + spec.name() + "` and copy again");
            }
            store.tasks().replaceSpec(spec.name(), valid.canonical().json(), valid.canonical().hash());
        }
        store.progress().put(spec.name(), FILE, file.toAbsolutePath().toString());
        store.progress().put(spec.name(), "route", route(spec));
    }

    private static boolean moved(StateStore store, TaskSpec spec) {
        return store.progress().get(spec.name(), "route").map(before -> !before.equals(route(spec))).orElse(false);
    }

    /** What decides where rows go, as one text that can be compared. Lines of the file do not count. */
    private static String route(TaskSpec spec) {
        StringBuilder text = new StringBuilder(spec.stages().stream().sorted().toList() + " " + spec.capitalization());
        spec.objects().forEach(database -> {
            text.append('|').append(database.database().text()).append('>').append(database.to().orElse("")).append(database.exclude());
            database.tables().forEach(table -> text.append(';').append(table.table().text()).append('>').append(table.to().orElse(""))
                    .append(table.excludedColumns().stream().sorted().toList())
                    .append(new java.util.TreeMap<>(table.renamedColumns()))
                    .append(table.filter().orElse("")).append(table.operations().stream().sorted().toList()));
        });
        return text.toString();
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
