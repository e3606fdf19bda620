package io.opendts.functions.control;

import io.opendts.model.Chunk;
import io.opendts.model.DtsException;
import io.opendts.model.Position;
import io.opendts.model.Stage;
import io.opendts.model.TaskState;
import io.opendts.model.TaskState.Event;
import io.opendts.queue.Payload;
import io.opendts.spi.SchemaPlan.Step;
import io.opendts.state.Chunks.Open;
import io.opendts.state.StateStore;
import io.opendts.state.Tasks;
import io.opendts.state.Transition;
import io.opendts.state.Verifications.Run;
import io.opendts.task.Facts;
import io.opendts.task.TaskContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Moves tasks through their states. It reacts to what is completed, changes the state by the one pure transition function, and
 * answers what is to be asked for next. It does no work itself, so it is quick, and calling it twice asks for the same twice,
 * which is harmless: requests have names by which the queue recognises them.
 */
public final class ControlFunction {

    /** The schema function's step in front of the first stage. */
    public static final String PREPARE = "PREPARE";

    /** A request and the name by which a second one of it is recognised. */
    public record Request(String id, Payload payload) {}

    /** How many chunks are asked for at a time: workers never wait, and the queue does not hold a huge table's chunks at once. */
    private static final int CHUNKS_AHEAD = 64;

    /** How many of these are asked for again when one is done: more than there are workers that can finish at once. */
    private static final int CHUNKS_AGAIN = 8;

    private static final long SETTLE_MILLIS = 200;

    /**
     * A user starts the task, or a process takes it up again: whatever its state needs next is asked for.
     * A task that was paused or has failed is tried again from where it was.
     */
    public List<Request> start(TaskContext task) {
        task.store().tasks().transition(task.name(), Tasks.ANY_VERSION, new Event.ResumeAsked(), task.stages());
        task.store().tasks().transition(task.name(), Tasks.ANY_VERSION, new Event.Started(), task.stages());
        return next(task);
    }

    /** What is to be asked for when nothing has happened for a while: as {@link #next}, and the cut-over of a stopped migration. */
    public List<Request> sweep(TaskContext task) {
        List<Request> due = CutOver.due(task, task.store().tasks().get(task.name()).state(), System.currentTimeMillis());
        return due.isEmpty() ? next(task) : due;
    }

    /** What follows from something that was done. */
    public List<Request> handle(TaskContext task, Payload completed) {
        return switch (completed) {
            case Payload.PrecheckCompleted(_, boolean passed, _) -> precheckCompleted(task, passed);
            case Payload.SchemaCompleted(_, String step, _, _) -> schemaCompleted(task, step);
            case Payload.ChunkCompleted(_, var chunk, _, _, _, _, var next) ->
                    chunk == null ? next(task) : chunkCompleted(task, next);
            case Payload.VerifyCompleted _ -> comparing(task.store(), task.name());
            case Payload.PrecheckRequested _, Payload.SchemaRequested _, Payload.ChunkRequested _, Payload.VerifyRequested _,
                    Payload.ChangesBatch _, Payload.ChangesApplied _, Payload.TaskStateChanged _ -> List.of();
        };
    }

    public List<Request> precheckCompleted(TaskContext task, boolean passed) {
        task.store().tasks().transition(task.name(), Tasks.ANY_VERSION, new Event.PrecheckDone(passed), task.stages());
        return next(task);
    }

    public List<Request> schemaCompleted(TaskContext task, String step) {
        Facts facts = Facts.of(task);
        facts.once("schema.done." + step, System.currentTimeMillis());
        if (step.equals(Step.BEFORE_LOAD.name())) {
            stageDone(task, Stage.SCHEMA);
        } else if (step.equals(Step.AFTER_LOAD.name()) || step.equals(Step.CUT_OVER.name())) {
            finishFull(task, facts);
        }
        return next(task);
    }

    public List<Request> chunkCompleted(TaskContext task, Chunk following) {
        if (following != null) {
            int relation = task.store().relations().latest(task.name(), following.table()).orElseThrow().relation().id();
            return List.of(chunkRequest(task, new Open(following, relation)));
        }
        List<Open> open = open(task);
        if (open.isEmpty()) {
            return next(task);
        }
        return open.subList(Math.max(0, open.size() - CHUNKS_AGAIN), open.size()).stream().map(one -> chunkRequest(task, one)).toList();
    }

    public List<Request> failed(TaskContext task, DtsException failure) {
        task.store().tasks().transition(task.name(), Tasks.ANY_VERSION,
                new Event.Failure(failure.code().code(), failure.getMessage(), failure.remedy()), task.stages());
        return List.of();
    }

    /** What the comparison that was begun last waits for; nothing when it is complete. Whatever the task's state is. */
    public static List<Request> comparing(StateStore store, String task) {
        Facts facts = new Facts(store.progress(), task);
        Optional<Run> run = store.verifications().current(task)
                .filter(r -> !r.complete() && facts.comparisonFailure(r.run()).isEmpty());
        if (run.isEmpty()) {
            return List.of();
        }
        String name = task + ":verify:" + run.get().run() + ":";
        if (!run.get().planned()) {
            return List.of(new Request(name + "plan", new Payload.VerifyRequested(task, run.get().run(), null)));
        }
        return store.verifications().open(task, run.get().run(), CHUNKS_AHEAD).stream()
                .map(chunk -> new Request(name + chunk.table() + ":" + chunk.number(),
                        new Payload.VerifyRequested(task, run.get().run(), chunk)))
                .toList();
    }

    /** What the present state waits for. */
    public List<Request> next(TaskContext task) {
        return switch (task.store().tasks().get(task.name()).state()) {
            case TaskState.Prechecking() -> List.of(request(task, "precheck", new Payload.PrecheckRequested(task.name())));
            case TaskState.Running(Stage stage) -> {
                Facts.of(task).once("schema.began", System.currentTimeMillis());
                yield prepared(task) ? stageRequests(task, stage) : List.of(schemaRequest(task, PREPARE));
            }
            case TaskState.Draft(), TaskState.PrecheckFailed(), TaskState.Completed(), TaskState.Paused(_), TaskState.Stopped(),
                    TaskState.Failed(_, _, _, _) -> List.of();
        };
    }

    private List<Request> stageRequests(TaskContext task, Stage stage) {
        return switch (stage) {
            case SCHEMA -> List.of(schemaRequest(task, Step.BEFORE_LOAD.name()));
            case FULL -> fullRequests(task);
            case INCREMENTAL -> List.of();
        };
    }

    private List<Request> fullRequests(TaskContext task) {
        Facts facts = Facts.of(task);
        facts.once("full.began", System.currentTimeMillis());
        if (facts.moment(Facts.COPY_PLANNED).isEmpty()) {
            return List.of(request(task, "plan", new Payload.ChunkRequested(task.name(), null, 0)));
        }
        List<Open> open = open(task);
        return open.isEmpty() ? copied(task) : open.stream().map(one -> chunkRequest(task, one)).toList();
    }

    /** The next chunks; with those that are being copied no more than the task may. */
    private static List<Open> open(TaskContext task) {
        return task.store().chunks().open(task.name(), Math.min(CHUNKS_AHEAD, task.chunksAtOnce().orElse(CHUNKS_AHEAD)));
    }

    /** All chunks are on the target: the log's end now is the end of the copy; then indexes and what waited for the rows. */
    private List<Request> copied(TaskContext task) {
        Facts facts = Facts.of(task);
        if (task.runs(Stage.INCREMENTAL) && facts.copyEnd().isEmpty()) {
            facts.copyEnd(settledPosition(task));
        }
        facts.once("full.copied", System.currentTimeMillis());
        List<Request> requests = new ArrayList<>();
        if (task.runs(Stage.SCHEMA) && facts.moment("schema.done." + Step.AFTER_LOAD).isEmpty()) {
            requests.add(schemaRequest(task, Step.AFTER_LOAD.name()));
        } else if (cutsOverAfterFull(task) && facts.moment("schema.done." + Step.CUT_OVER).isEmpty()) {
            requests.add(schemaRequest(task, Step.CUT_OVER.name()));
        } else {
            stageDone(task, Stage.FULL);
        }
        return requests;
    }

    /**
     * A chunk may have seen rows of a transaction that the server counts as executed only an instant later: the end of the copy
     * lies behind that instant.
     */
    private static Position settledPosition(TaskContext task) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(SETTLE_MILLIS));
        return task.source().position();
    }

    private void finishFull(TaskContext task, Facts facts) {
        boolean indexed = facts.moment("schema.done." + Step.AFTER_LOAD).isPresent();
        boolean cutOver = !cutsOverAfterFull(task) || facts.moment("schema.done." + Step.CUT_OVER).isPresent();
        if (indexed && cutOver) {
            stageDone(task, Stage.FULL);
        }
    }

    /** Nothing disturbs a copy that has ended for good: triggers and events come at once. */
    private static boolean cutsOverAfterFull(TaskContext task) {
        return task.runs(Stage.SCHEMA) && !task.runs(Stage.INCREMENTAL);
    }

    private void stageDone(TaskContext task, Stage stage) {
        Transition moved = task.store().tasks()
                .transition(task.name(), Tasks.ANY_VERSION, new Event.StageDone(stage), task.stages());
        if (moved.changed()) {
            Facts.of(task).once(stage.name().toLowerCase() + ".done", System.currentTimeMillis());
        }
    }

    private static boolean prepared(TaskContext task) {
        return Facts.of(task).prepared();
    }

    private static Request schemaRequest(TaskContext task, String step) {
        return request(task, "schema:" + step, new Payload.SchemaRequested(task.name(), step));
    }

    private static Request chunkRequest(TaskContext task, Open open) {
        return request(task, "chunk:" + open.chunk().table() + ":" + open.chunk().number(),
                new Payload.ChunkRequested(task.name(), open.chunk(), open.relation()));
    }

    private static Request request(TaskContext task, String what, Payload payload) {
        return new Request(task.name() + ":" + what, payload);
    }
}
