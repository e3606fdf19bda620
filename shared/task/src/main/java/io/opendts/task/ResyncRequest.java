package io.opendts.task;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.TableId;
import io.opendts.model.TaskState;
import io.opendts.state.Relations.Registered;
import io.opendts.state.StateStore;
import io.opendts.state.TaskRecord;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Somebody asks for a table to be copied anew. Kept until the task's apply worker does it, also while the task is paused. */
public final class ResyncRequest {

    private ResyncRequest() {}

    /**
     * @param table as {@code DATABASE.TABLE}, by its names on the source
     * @throws DtsException NOT_POSSIBLE_IN_STATE, API_REQUEST_INVALID for a table that the task does not have, FEATURE_NOT_AVAILABLE
     */
    public static void record(StateStore store, String task, String table) {
        refuseEnded(store.tasks().get(task));
        Facts facts = new Facts(store.progress(), task);
        if (facts.logStart().isEmpty()) {
            throw new DtsException(ErrorCode.NOT_POSSIBLE_IN_STATE, "task " + task + " follows no log: a table cannot be copied beside it",
                    "`dts reset " + task + "` and copy again");
        }
        Map<TableId, Registered> tables = tables(store, task);
        Registered known = tables.values().stream().filter(one -> one.table().id().toString().equals(table)).findFirst()
                .orElseThrow(() -> new DtsException(ErrorCode.API_REQUEST_INVALID, "task " + task + " has no table " + table,
                        "name one of the source's tables that the task selects, as DATABASE.TABLE"));
        if (known.route().dataSource().isPresent()) {
            throw unavailable(table, "it is merged with others into " + known.route().target(), "mend it by `dts verify --repair`");
        }
        Optional<StoppedTable> stopped = StoppedTable.of(store.progress(), task).stream()
                .filter(one -> one.table().equals(known.table().id())).findFirst();
        if (stopped.isPresent()) {
            stopped.get().ask(store.progress(), task);
        } else if (Resync.of(store.progress(), task, known.table().id()).isEmpty()) {
            Resync.asked(known.table().id()).put(store.progress(), task);
        }
    }

    private static void refuseEnded(TaskRecord task) {
        switch (task.state()) {
            case TaskState.Prechecking(), TaskState.Running(_), TaskState.Paused(_), TaskState.Failed(_, _, _, _) -> { }
            case TaskState.Draft(), TaskState.PrecheckFailed(), TaskState.Completed(), TaskState.Stopped() ->
                    throw new DtsException(ErrorCode.NOT_POSSIBLE_IN_STATE, "task " + task.name() + " is " + TaskListing.shown(task)
                            + ": nothing of it is applied", "see ./dts status " + task.name());
        }
    }

    /** As the statements that have been read so far made them. */
    private static Map<TableId, Registered> tables(StateStore store, String task) {
        Map<TableId, Registered> tables = new LinkedHashMap<>();
        store.relations().latest(task).forEach(one -> tables.put(one.table().id(), one));
        store.relations().changes(task).forEach(one -> {
            if (one.gone()) {
                tables.remove(one.table().id());
            } else {
                tables.put(one.table().id(), one);
            }
        });
        return tables;
    }

    private static DtsException unavailable(String table, String why, String remedy) {
        return new DtsException(ErrorCode.FEATURE_NOT_AVAILABLE, "table " + table + " cannot be copied anew beside the log: " + why,
                remedy);
    }
}
