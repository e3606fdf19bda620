package io.opendts.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.model.Checkpoint;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import io.opendts.model.Stage;
import io.opendts.model.TaskState;
import io.opendts.model.event.Event;
import io.opendts.state.Asked;
import io.opendts.state.EmbeddedStateStore;
import io.opendts.state.StateStore;
import io.opendts.state.TaskLock;
import io.opendts.state.Tasks;
import io.opendts.task.DdlDecision;
import io.opendts.task.DisplayedFacts;
import io.opendts.task.Standing;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalTasksTest {

    private static final long LIMIT_S = 60;

    @TempDir
    private Path folder;

    private final LocalTasks tasks = LocalTasks.embedded();
    private final List<Event> shown = new ArrayList<>();

    @Test
    void aFolderThatIsNotThereHoldsNoTasksAndIsNotMade() {
        Path state = folder.resolve("none");
        assertThat(tasks.list(state, shown::add)).isEqualTo(ExitCode.DONE);
        assertThat(shown).containsExactly(new Event.Note("no tasks in " + state));
        assertThatThrownBy(() -> tasks.pause(state, "shop", shown::add))
                .isInstanceOfSatisfying(DtsException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.TASK_NOT_FOUND));
        assertThat(state).doesNotExist();
    }

    @Test
    void listShowsStateLagAndTheReasonOfAFailure() {
        try (StateStore store = EmbeddedStateStore.open(folder)) {
            running(store, "shop");
            DisplayedFacts.record(store.progress(), "shop", new Standing(new Checkpoint(new Position("b:4"), 1, 1), 1, 2, 0, 7));
            running(store, "bad");
            store.tasks().transition("bad", Tasks.ANY_VERSION, new TaskState.Event.Failure("DTS-2201", "gone", "reset"), stages());
        }
        tasks.list(folder, shown::add);
        assertThat(shown).hasSize(2).allSatisfy(event -> assertThat(event).isInstanceOf(Event.TaskListed.class));
        assertThat((Event.TaskListed) shown.get(0)).satisfies(task -> {
            assertThat(task.task()).isEqualTo("bad");
            assertThat(task.state()).isEqualTo("failed");
            assertThat(task.errors()).containsExactly(new Event.Failure("DTS-2201", "gone", "reset", false));
        });
        assertThat((Event.TaskListed) shown.get(1)).satisfies(task -> {
            assertThat(task.state()).isEqualTo("synchronizing");
            assertThat(task.lagMs()).isEqualTo(7);
            assertThat(task.position()).isEqualTo("b:4");
            assertThat(task.errors()).isEmpty();
        });
    }

    @Test
    void pauseAndResumeOfATaskThatNobodyRuns() {
        try (StateStore store = EmbeddedStateStore.open(folder)) {
            running(store, "shop");
        }
        tasks.pause(folder, "shop", shown::add);
        assertThat(((Event.StateChanged) shown.getLast()).state()).isEqualTo("paused");
        assertThatThrownBy(() -> tasks.pause(folder, "shop", shown::add))
                .hasMessageContaining("task shop is paused: there is nothing to pause");
        shown.clear();
        tasks.resume(folder, "shop", Optional.of(new DdlDecision.Approve("b:4")), shown::add);
        assertThat(((Event.StateChanged) shown.getFirst()).state()).isEqualTo("synchronizing");
        assertThat(shown.getLast()).isEqualTo(new Event.Note("no process runs task shop: it goes on with ./dts run TASK.yaml"));
        try (StateStore store = EmbeddedStateStore.open(folder)) {
            assertThat(store.progress().get("shop", DisplayedFacts.APPROVE_DDL)).contains("b:4");
            assertThat(store.progress().get("shop", DisplayedFacts.SKIP_DDL)).contains("");
        }
    }

    @Test
    void theProcessThatRunsATaskIsAskedAndItsAnswerAwaited() throws Exception {
        try (StateStore store = EmbeddedStateStore.open(folder); ExecutorService other = Executors.newSingleThreadExecutor()) {
            running(store, "shop");
            Future<ExitCode> paused;
            try (TaskLock _ = TaskLock.take(folder, "shop")) {
                paused = other.submit(() -> tasks.pause(folder, "shop", shown::add));
                Asked asked = awaitWish(store);
                assertThat(paused.isDone()).isFalse();
                store.tasks().answer(asked, stages());
                assertThat(paused.get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(ExitCode.DONE);
            }
        }
        assertThat(((Event.StateChanged) shown.getLast()).state()).isEqualTo("paused");
    }

    @Test
    void whenTheRunningProcessDiesItsPlaceIsTaken() throws Exception {
        try (StateStore store = EmbeddedStateStore.open(folder); ExecutorService other = Executors.newSingleThreadExecutor()) {
            running(store, "shop");
            Future<ExitCode> stopped;
            try (TaskLock _ = TaskLock.take(folder, "shop")) {
                stopped = other.submit(() -> tasks.stop(folder, "shop", shown::add));
                awaitWish(store);
            }
            assertThat(stopped.get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(ExitCode.DONE);
        }
        assertThat(((Event.StateChanged) shown.getLast()).state()).isEqualTo("stopped");
    }

    private static Asked awaitWish(StateStore store) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        while (System.nanoTime() < end) {
            List<Asked> asked = store.tasks().asked("shop");
            if (!asked.isEmpty()) {
                return asked.getFirst();
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("nobody asked within " + LIMIT_S + " s");
    }

    private static void running(StateStore store, String name) {
        store.tasks().create(name, "synchronization", "name: " + name, "hash");
        store.tasks().transition(name, Tasks.ANY_VERSION, new TaskState.Event.Started(), stages());
        store.tasks().transition(name, Tasks.ANY_VERSION, new TaskState.Event.PrecheckDone(true), stages());
    }

    private static EnumSet<Stage> stages() {
        return EnumSet.of(Stage.INCREMENTAL);
    }
}
