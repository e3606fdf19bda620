package io.opendts.task;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.TaskState;
import io.opendts.spec.TaskFile.Result.Valid;
import io.opendts.spec.TaskSpec;
import io.opendts.state.StateStore;
import io.opendts.state.TaskRecord;
import java.util.Locale;
import java.util.TreeMap;

/** How a task file gets into the state store: without secrets, and only with changes that what has been done allows. */
public final class TaskRecording {

    private static final String ROUTE = "route";

    private TaskRecording() {}

    /**
     * Records a new task, or the changed file of a known one. What decides where rows go may change only before the task has begun.
     *
     * @param file as the user knows it
     * @throws DtsException TASK_CHANGED
     */
    public static TaskRecord record(StateStore store, Valid valid, String file) {
        TaskSpec spec = valid.spec();
        String type = type(spec);
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
            known = store.tasks().replaceSpec(spec.name(), valid.canonical().json(), valid.canonical().hash());
        }
        rememberRoute(store, spec);
        return known;
    }

    /** A reset forgets it; what starts again afterwards must not be changed any more either. */
    public static void rememberRoute(StateStore store, TaskSpec spec) {
        store.progress().put(spec.name(), ROUTE, route(spec));
    }

    public static String type(TaskSpec spec) {
        return spec.type().name().toLowerCase(Locale.ROOT);
    }

    private static boolean moved(StateStore store, TaskSpec spec) {
        return store.progress().get(spec.name(), ROUTE).map(before -> !before.equals(route(spec))).orElse(false);
    }

    /** What decides where rows go, as one text that can be compared. Lines of the file do not count. */
    private static String route(TaskSpec spec) {
        StringBuilder text = new StringBuilder(spec.stages().stream().sorted().toList() + " " + spec.capitalization());
        text.append(spec.collations().isEmpty() ? "" : new TreeMap<>(spec.collations()));
        spec.objects().forEach(database -> {
            text.append('|').append(database.database().text()).append('>').append(database.to().orElse("")).append(database.exclude());
            database.tables().forEach(table -> text.append(';').append(table.table().text()).append('>').append(table.to().orElse(""))
                    .append(table.excludedColumns().stream().sorted().toList())
                    .append(new TreeMap<>(table.renamedColumns()))
                    .append(table.mergeTables() ? "merged" : "")
                    .append(table.filter().orElse("")).append(table.operations().stream().sorted().toList()));
        });
        return text.toString();
    }
}
