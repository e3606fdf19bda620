package io.opendts.functions.control;

import io.opendts.functions.control.ControlFunction.Request;
import io.opendts.model.Stage;
import io.opendts.model.TaskState;
import io.opendts.queue.Payload;
import io.opendts.spi.SchemaPlan.Step;
import io.opendts.state.Leases.Lease;
import io.opendts.state.StateStore;
import io.opendts.task.Facts;
import io.opendts.task.LeaseName;
import io.opendts.task.TaskContext;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** Stopping a migration is its cut-over: once nothing of ours writes any more, triggers and events may live again. */
public final class CutOver {

    private CutOver() {}

    /** Whether it has been decided and is not done yet. */
    public static boolean isOpen(TaskContext task, TaskState state) {
        Facts facts = Facts.of(task);
        return state instanceof TaskState.Stopped && task.migration() && task.runs(Stage.SCHEMA)
                && facts.moment("incremental.began").isPresent() && facts.moment("schema.done." + Step.CUT_OVER).isEmpty();
    }

    /** The request for it, once reader and apply have given their leases back or lost them. */
    static List<Request> due(TaskContext task, TaskState state, long nowMillis) {
        return isOpen(task, state) && isAtRest(task.store(), task.name(), nowMillis)
                ? List.of(new Request(requestId(task.name()), new Payload.SchemaRequested(task.name(), Step.CUT_OVER.name())))
                : List.of();
    }

    public static String requestId(String task) {
        return task + ":schema:" + Step.CUT_OVER;
    }

    /** Whether neither a reader nor an apply process holds the task. */
    public static boolean isAtRest(StateStore store, String task, long nowMillis) {
        int partitions = new Facts(store.progress(), task).partitions();
        return isFree(store.leases().current(LeaseName.reader(task)), nowMillis) && IntStream.range(0, partitions)
                .allMatch(partition -> isFree(store.leases().current(LeaseName.apply(task, partition)), nowMillis));
    }

    private static boolean isFree(Optional<Lease> lease, long nowMillis) {
        return lease.map(held -> held.expiresAtMillis() <= nowMillis).orElse(true);
    }
}
