package io.opendts.state;

import io.opendts.model.CheckItem;
import io.opendts.model.Stage;
import io.opendts.model.TaskState;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The tasks, their states, and what has been asked of them. */
public interface Tasks {

    /** How many changes of state are kept of each task. */
    int EVENTS_KEPT_PER_TASK = 1_000;

    /** Expected version of a transition that applies to whatever version there is. */
    long ANY_VERSION = -1;

    /**
     * Records a new task in state draft. A task that exists with the same hash is returned as it is.
     *
     * @param type     as in the task file
     * @param spec     the canonical task file, without secrets
     * @param specHash of the canonical task file
     * @throws io.opendts.model.DtsException TASK_CHANGED when the name is taken by a task with another hash
     */
    TaskRecord create(String name, String type, String spec, String specHash);

    /** Puts another task file in the place of the old one; the state stays. */
    TaskRecord replaceSpec(String name, String spec, String specHash);

    /**
     * Keeps the task file with its secrets, sealed with a key that is not in the store, for processes that share nothing but the
     * store. Stays over a reset.
     */
    void seal(String name, byte[] sealed);

    Optional<byte[]> sealed(String name);

    Optional<TaskRecord> find(String name);

    /** @throws io.opendts.model.DtsException TASK_NOT_FOUND */
    TaskRecord get(String name);

    /** By name. */
    List<TaskRecord> list();

    /**
     * Reads the state, applies {@link TaskState#next} and writes what follows, all at once; a real change is kept as a
     * {@link TaskEvent}. An event that means nothing in the state changes nothing, and the version stays.
     *
     * @param expectedVersion of the record that the caller decided upon, or {@link #ANY_VERSION}
     * @throws io.opendts.model.DtsException TASK_CHANGED when another process has changed the state meanwhile
     */
    Transition transition(String task, long expectedVersion, TaskState.Event event, Set<Stage> stages);

    /** The last changes of state, oldest first, behind {@code afterId} (0: from the first that is kept). */
    List<TaskEvent> events(String task, long afterId, int limit);

    /** Leaves a wish for the process that runs the task: pause, stop and the like, asked by another process. */
    void ask(String task, TaskState.Event event);

    /** The wishes that nobody has taken yet, oldest first. Cheap enough to be called several times a second. */
    List<Asked> asked(String task);

    /** Takes a wish off the list without acting on it; the same one twice is harmless. */
    void drop(Asked asked);

    /** Takes a wish off the list and applies its event in the same transaction. */
    Transition answer(Asked asked, Set<Stage> stages);

    /** Replaces the results of the last precheck. */
    void savePrecheck(String task, List<CheckItem> items);

    List<CheckItem> precheck(String task);

    /**
     * Forgets all that the task has done (relations, chunks, progress, prechecks, wishes) and makes it a draft again. Events
     * stay. Queue files and what is on the target are the caller's. Relation ids are not handed out a second time.
     */
    Transition reset(String task);

    /** Removes the task and all of its traces; of a task that does not exist: nothing. Queue files are the caller's. */
    void delete(String task);
}
