package io.opendts.task;

import io.opendts.model.TaskState;
import io.opendts.model.event.Event;
import io.opendts.state.StateStore;
import io.opendts.state.TaskRecord;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** A task as {@code list} and {@code status} show it, from what the store knows. */
public final class TaskListing {

    private TaskListing() {}

    public static Event.TaskListed of(StateStore store, TaskRecord task) {
        Map<String, String> facts = store.progress().all(task.name(), DisplayedFacts.PREFIX);
        Stream<Event.Failure> failure = task.state() instanceof TaskState.Failed(_, var code, var message, var remedy)
                ? Stream.of(new Event.Failure(code, message, remedy, false))
                : Stream.empty();
        List<Event.Failure> errors = Stream.concat(failure, StoppedTable.of(store.progress(), task.name()).stream()
                .map(StoppedTable::failure)).toList();
        return new Event.TaskListed(task.name(), task.type(), shown(task), Instant.ofEpochMilli(task.updatedMillis()),
                DisplayedFacts.lagMs(facts), DisplayedFacts.position(facts), errors);
    }

    public static String shown(TaskRecord task) {
        return shown(task, task.state());
    }

    /** @param state one that the task has or had */
    public static String shown(TaskRecord task, TaskState state) {
        return TaskState.shown(state, task.type().equals("migration"));
    }
}
