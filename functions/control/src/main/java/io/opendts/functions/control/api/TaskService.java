package io.opendts.functions.control.api;

import io.opendts.api.JsonObject;
import io.opendts.api.Until;
import io.opendts.functions.control.ControlFunction;
import io.opendts.functions.control.ControlFunction.Request;
import io.opendts.functions.control.CutOver;
import io.opendts.functions.control.Dispatcher;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.TaskState;
import io.opendts.model.event.Event;
import io.opendts.queue.Payload;
import io.opendts.spec.Environment;
import io.opendts.spec.TaskFile;
import io.opendts.spec.TaskFile.Result.Invalid;
import io.opendts.spec.TaskFile.Result.Valid;
import io.opendts.spec.TaskSpec;
import io.opendts.state.Chunks.TableCopy;
import io.opendts.state.StateStore;
import io.opendts.state.TaskEvent;
import io.opendts.state.TaskRecord;
import io.opendts.state.Tasks;
import io.opendts.state.Transition;
import io.opendts.task.DdlDecision;
import io.opendts.task.DisplayedFacts;
import io.opendts.task.ResyncRequest;
import io.opendts.task.Facts;
import io.opendts.task.SpecVault;
import io.opendts.task.TaskContext;
import io.opendts.task.TaskListing;
import io.opendts.task.TaskRecording;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What the API does, for any number of control processes on one state store: it changes what is recorded and sends requests, and does
 * no work of a task itself. What is in a request's way for a moment is asked for by the sweep. Safe for many threads.
 */
public final class TaskService {

    private static final System.Logger LOG = System.getLogger(TaskService.class.getName());

    /** How long reader and apply process may take to let go of a task. */
    private static final long REST_MILLIS_MAX = 10_000;

    private static final long POLL_MILLIS = 50;

    private final StateStore store;
    private final Dispatcher dispatcher;
    private final SpecVault vault;
    private final ChangeTopics topics;
    private final Function<TaskSpec, TaskContext> contexts;
    private final InstantSource clock;
    private final ControlFunction control = new ControlFunction();

    /** @param contexts opens a task in this process ({@link io.opendts.task.TaskContexts#open}); it is closed here */
    public TaskService(StateStore store, Dispatcher dispatcher, SpecVault vault, ChangeTopics topics,
            Function<TaskSpec, TaskContext> contexts, InstantSource clock) {
        this.store = store;
        this.dispatcher = dispatcher;
        this.vault = vault;
        this.topics = topics;
        this.contexts = contexts;
        this.clock = clock;
    }

    /**
     * Records a new task. One that exists with the same file stays as it is, but for its secrets, which may be newer.
     *
     * @throws InvalidTaskFile with all of its mistakes
     */
    public TaskAnswer create(TaskBody body) {
        Valid valid = valid(body);
        Optional<TaskRecord> known = store.tasks().find(valid.spec().name());
        if (known.isPresent() && !known.get().specHash().equals(valid.canonical().hash())) {
            throw new DtsException(ErrorCode.TASK_CHANGED,
                    "a task named " + valid.spec().name() + " exists with another task file",
                    "undo the change of the task file, give the task another name, or replace the existing one (PUT)");
        }
        TaskRecording.record(store, valid, "the task file");
        store.tasks().seal(valid.spec().name(), vault.seal(body.file(), body.references()));
        return answer(valid.spec().name(), "", known.isEmpty());
    }

    /** Puts another file in the place of a task's, as far as what it has done allows that. */
    public TaskAnswer replace(String name, TaskBody body) {
        store.tasks().get(name);
        Valid valid = valid(body);
        if (!valid.spec().name().equals(name)) {
            throw new DtsException(ErrorCode.API_REQUEST_INVALID,
                    "the task file for " + name + " has the name " + valid.spec().name(),
                    "a task keeps its name: create a new one instead");
        }
        TaskRecording.record(store, valid, "the task file");
        store.tasks().seal(name, vault.seal(body.file(), body.references()));
        return answer(name, "", false);
    }

    /** What this version cannot do is refused now and not when the task runs. */
    private Valid valid(TaskBody body) {
        Valid valid = switch (TaskFile.parse(body.file(), Environment.of(body.references()))) {
            case Valid good -> good;
            case Invalid(var problems) -> throw new InvalidTaskFile(problems);
        };
        contexts.apply(valid.spec()).close();
        return valid;
    }

    public List<Event.TaskListed> list() {
        return store.tasks().list().stream().map(task -> TaskListing.of(store, task)).toList();
    }

    public TaskAnswer get(String name) {
        return answer(name, "", false);
    }

    /** The changes of state behind {@code afterId}, oldest first. */
    public List<TaskEvent> events(String name, long afterId, int limit) {
        store.tasks().get(name);
        return store.tasks().events(name, afterId, limit);
    }

    /** The precheck alone: the state stays. */
    public TaskAnswer precheck(String name) {
        TaskRecord task = store.tasks().get(name);
        String from = Bookmark.now(store, name).text();
        dispatcher.dispatch(List.of(
                new Request(task.name() + ":precheck:" + clock.millis(), new Payload.PrecheckRequested(task.name()))));
        return answer(name, from, false);
    }

    /** Starts a draft, lets a paused or failed task go on, and leaves a running one as it is. */
    public TaskAnswer start(String name) {
        return begin(name, switch (store.tasks().get(name).state()) {
            case TaskState.Draft(), TaskState.PrecheckFailed(), TaskState.Paused(_), TaskState.Failed(_, _, _, _) -> true;
            case TaskState.Prechecking(), TaskState.Running(_) -> false;
            case TaskState.Completed(), TaskState.Stopped() -> throw notPossible(name, "it has ended and cannot be started",
                    "to do it all again: `dts reset " + name + "`, then start it");
        });
    }

    /** @param decision about the DDL statement in front of which the task stands */
    public TaskAnswer resume(String name, Optional<DdlDecision> decision) {
        refuseUnlessMoved(name, new TaskState.Event.ResumeAsked(), "resume");
        decision.ifPresent(made -> made.record(store.progress(), name));
        return begin(name, true);
    }

    /** The transition counts once it is recorded: what cannot be sent now is sent by the sweep. */
    private TaskAnswer begin(String name, boolean again) {
        Bookmark from = Bookmark.now(store, name);
        TaskSpec spec = vault.open(store, name);
        try (TaskContext task = contexts.apply(spec)) {
            if (again) {
                store.requests().renew(name);
                TaskRecording.rememberRoute(store, spec);
            }
            dispatcher.dispatch(control.start(task));
        } catch (DtsException failure) {
            if (!failure.code().retryable()) {
                throw failure;
            }
            LOG.log(System.Logger.Level.WARNING, "task {0}: {1}; what it needs next is asked for later", name, failure.getMessage());
        }
        return answer(name, from.text(), false);
    }

    public TaskAnswer pause(String name) {
        return halt(name, new TaskState.Event.PauseAsked(), "pause");
    }

    /** For good; of a migration it is the cut-over. */
    public TaskAnswer stop(String name) {
        TaskAnswer stopped = halt(name, new TaskState.Event.StopAsked(), "stop");
        sweep(name);
        return stopped;
    }

    private TaskAnswer halt(String name, TaskState.Event event, String verb) {
        refuseUnlessMoved(name, event, verb);
        String from = Bookmark.now(store, name).text();
        Transition moved = store.tasks().transition(name, Tasks.ANY_VERSION, event, Set.of());
        if (moved.changed()) {
            awaitRest(name);
        }
        return answer(name, from, false);
    }

    private void refuseUnlessMoved(String name, TaskState.Event event, String verb) {
        TaskRecord task = store.tasks().get(name);
        if (TaskState.next(task.state(), event, Set.of()).equals(task.state())) {
            throw notPossible(name, "there is nothing to " + verb, "See ./dts status " + name);
        }
    }

    /** Asks for whatever the task waits for; control does so every few seconds for every task, and on every answer. */
    public void sweep(String name) {
        try (TaskContext task = open(name)) {
            dispatcher.dispatch(control.sweep(task));
        }
    }

    /** Has one table copied anew by whoever applies the task's changes. */
    public TaskAnswer resync(String name, Optional<String> table) {
        store.tasks().get(name);
        ResyncRequest.record(store, name, table.orElseThrow(() -> new DtsException(ErrorCode.API_REQUEST_INVALID,
                "the request names no table", "add ?table=DATABASE.TABLE")));
        return answer(name, "", false);
    }

    /** Begins a comparison; one that runs already is given up. */
    public TaskAnswer verify(String name) {
        store.tasks().get(name);
        String run = store.verifications().begin(name);
        String from = Bookmark.now(store, name).to(run).text();
        dispatcher.dispatch(ControlFunction.comparing(store, name));
        return answer(name, from, false);
    }

    /** Back to draft: what the task keeps for itself on the target, in the queue and here is forgotten; its tables stay. */
    public TaskAnswer reset(String name) {
        forgetElsewhere(name, "reset");
        store.tasks().reset(name);
        return answer(name, "", false);
    }

    /** As {@link #reset}, and the task is gone. */
    public void delete(String name) {
        forgetElsewhere(name, "delete");
        store.tasks().delete(name);
    }

    /** The target first: were it last, a kill in between would leave a checkpoint that a new task of that name would believe. */
    private void forgetElsewhere(String name, String verb) {
        switch (store.tasks().get(name).state()) {
            case TaskState.Prechecking(), TaskState.Running(_) -> throw notPossible(name, "it runs, so it cannot be forgotten",
                    "first `dts pause " + name + "` or `dts stop " + name + "`, then " + verb + " it");
            case TaskState.Draft(), TaskState.PrecheckFailed(), TaskState.Completed(), TaskState.Paused(_), TaskState.Stopped(),
                    TaskState.Failed(_, _, _, _) -> { }
        }
        if (!awaitRest(name)) {
            throw notPossible(name, "the processes that read and apply for it have not let go of it within "
                    + REST_MILLIS_MAX / 1000 + " s", "try again; a process that died is waited for until its lease has run out");
        }
        if (hasBegun(name)) {
            try (TaskContext task = open(name)) {
                task.forgetOnTarget();
            }
        }
        topics.delete(name);
    }

    /** Nothing of a task is on its target before the schema stage: one whose servers do not exist can be deleted. */
    private boolean hasBegun(String name) {
        return new Facts(store.progress(), name).moment("schema.began").isPresent();
    }

    /** The figures of now; a program that wants a series asks again and again. */
    public JsonObject metrics(String name) {
        TaskRecord task = store.tasks().get(name);
        List<TableCopy> tables = store.chunks().tables(name);
        JsonObject json = new JsonObject().put("task", name).put("at", clock.instant().toString())
                .put("state", TaskListing.shown(task))
                .put("full", new JsonObject().put("tables", tables.size())
                        .put("rows", tables.stream().mapToLong(TableCopy::rows).sum())
                        .put("rowsEstimated", tables.stream().mapToLong(TableCopy::rowsEstimated).sum())
                        .put("bytes", tables.stream().mapToLong(TableCopy::bytes).sum()));
        DisplayedFacts.standing(store.progress().all(name, DisplayedFacts.PREFIX),
                new Facts(store.progress(), name).partitions()).ifPresent(standing -> json.put("incremental",
                new JsonObject().put("transactions", standing.transactions()).put("rows", standing.rows())
                        .put("conflicts", standing.conflicts()).put("lagMs", standing.lagMillis())
                        .put("position", standing.checkpoint().position().text())));
        return json;
    }

    /** @param word of the query; null when it has none */
    public static Until until(String word) {
        return word == null ? Until.ENDLESS : Until.of(word).orElseThrow(() -> new DtsException(ErrorCode.API_REQUEST_INVALID,
                "nobody can follow a task until '" + word + "'",
                "use one of: " + Arrays.stream(Until.values()).map(Until::word).collect(Collectors.joining(", "))));
    }

    /** What to tell somebody who follows the task. @param from of an answer or an event's id; null for from now on */
    public Follower follow(String name, Until until, String from) {
        TaskRecord task = store.tasks().get(name);
        Bookmark bookmark = from != null ? Bookmark.parse(from)
                : until == Until.NOW ? Bookmark.beginning() : Bookmark.now(store, name);
        return switch (until) {
            case ENDLESS, END, CAUGHT_UP -> new RunFollower(store, open(name), task, until, bookmark);
            case PRECHECKED, NOW -> new OutcomeFollower(store, task, until, bookmark);
            case VERIFIED -> new OutcomeFollower(store, task, until, bookmark.goal().isEmpty()
                    ? bookmark.to(store.verifications().current(name).orElseThrow(() -> notPossible(name, "nobody compares its two ends",
                            "begin with POST .../verify")).run())
                    : bookmark);
        };
    }

    private TaskContext open(String name) {
        return contexts.apply(vault.open(store, name));
    }

    private boolean awaitRest(String name) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(REST_MILLIS_MAX);
        while (!CutOver.isAtRest(store, name, clock.millis())) {
            if (System.nanoTime() > end) {
                return false;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(POLL_MILLIS));
        }
        return true;
    }

    private TaskAnswer answer(String name, String from, boolean made) {
        TaskRecord task = store.tasks().get(name);
        return new TaskAnswer(TaskListing.of(store, task), from, CutOver.isAtRest(store, name, clock.millis()), made);
    }

    private DtsException notPossible(String name, String why, String remedy) {
        return new DtsException(ErrorCode.NOT_POSSIBLE_IN_STATE,
                "task " + name + " is " + TaskListing.shown(store.tasks().get(name)) + ": " + why, remedy);
    }
}
