package io.opendts.standalone.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.model.CheckItem;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Stage;
import io.opendts.model.TaskState;
import io.opendts.model.event.Event;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.Interruption;
import io.opendts.standalone.Work.RunRequest;
import io.opendts.standalone.Work;
import io.opendts.state.EmbeddedStateStore;
import io.opendts.state.StateStore;
import io.opendts.state.Tasks;
import io.opendts.task.DdlDecision;
import io.opendts.task.DisplayedFacts;
import io.opendts.task.Facts;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RemoteWorkTest {

    private static final long LIMIT_S = 20;

    @TempDir
    private Path folder;

    private final List<Event> told = new CopyOnWriteArrayList<>();
    private final Interruption interruption = new Interruption();
    private StateStore store;
    private ServedTasks server;
    private Path file;

    @BeforeEach
    void serve() throws IOException {
        store = EmbeddedStateStore.open(folder.resolve("state"));
        server = new ServedTasks(folder, store, 0, Optional.of("sesame"));
        Path secret = Files.writeString(folder.resolve("secret"), "hunter2\n");
        file = Files.writeString(folder.resolve("shop.yaml"), """
                name: shop
                type: synchronization
                source: {engine: mysql, host: 127.0.0.1, port: 1, username: u, password: "${file:SECRET}"}
                target: {engine: mysql, host: 127.0.0.2, port: 1, username: u, password: "${file:SECRET}"}
                objects:
                  - database: shop
                """.replace("SECRET", secret.toString()));
    }

    @AfterEach
    void close() {
        server.close();
        store.close();
    }

    @Test
    void a_run_is_created_started_and_followed_to_its_end() throws Exception {
        CompletableFuture<ExitCode> exit = run(false);
        awaitState("prechecking");
        assertThat(store.tasks().get("shop").spec()).doesNotContain("hunter2");
        transition(new TaskState.Event.PrecheckDone(true));
        transition(new TaskState.Event.StopAsked());
        assertThat(exit.get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(ExitCode.DONE);
        assertThat(states()).containsExactly("prechecking", "schema", "stopped");
        assertThat(told).last().isInstanceOf(Event.Summary.class);
        told.clear();
        assertThat(run(false).get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(ExitCode.DONE);
        assertThat(states()).containsExactly("stopped");
    }

    @Test
    void a_failed_precheck_is_exit_3_in_a_run_and_alone() throws Exception {
        CompletableFuture<ExitCode> exit = run(false);
        awaitState("prechecking");
        precheck();
        transition(new TaskState.Event.PrecheckDone(false));
        assertThat(exit.get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(ExitCode.PRECHECK_FAILED);
        told.clear();
        CompletableFuture<ExitCode> alone = CompletableFuture.supplyAsync(
                () -> work().precheck(new Work.PrecheckRequest(file, folder), told::add, interruption));
        await(() -> !store.requests().open("shop").stream().filter(open -> open.id().startsWith("shop:precheck:")).toList().isEmpty());
        precheck();
        assertThat(alone.get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(ExitCode.PRECHECK_FAILED);
        assertThat(told).singleElement().isInstanceOf(Event.Prechecked.class);
    }

    @Test
    void an_interrupt_ends_the_following_and_not_the_task() throws Exception {
        CompletableFuture<ExitCode> exit = run(false);
        awaitState("prechecking");
        interruption.ask();
        assertThat(exit.get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(store.tasks().get("shop").state()).isEqualTo(new TaskState.Prechecking());
    }

    @Test
    void an_interrupt_pauses_when_that_was_asked_for() throws Exception {
        CompletableFuture<ExitCode> exit = run(true);
        awaitState("prechecking");
        interruption.ask();
        assertThat(exit.get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(ExitCode.INTERRUPTED);
        assertThat(store.tasks().get("shop").state()).isInstanceOf(TaskState.Paused.class);
        assertThat(states()).endsWith("paused");
    }

    @Test
    void a_server_that_comes_back_is_followed_again_and_tells_nothing_twice() throws Exception {
        CompletableFuture<ExitCode> exit = run(false);
        awaitState("prechecking");
        precheck();
        await(() -> told.stream().anyMatch(Event.Prechecked.class::isInstance));
        int port = server.port();
        server.close();
        await(() -> noted("trying to follow it again"));
        transition(new TaskState.Event.PrecheckDone(true));
        server = new ServedTasks(folder, store, port, Optional.of("sesame"));
        awaitState("schema");
        transition(new TaskState.Event.Failure("DTS-3004", "no", "yes"));
        assertThat(exit.get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(ExitCode.TASK_FAILED);
        assertThat(states()).containsExactly("prechecking", "schema", "failed");
        assertThat(told.stream().filter(Event.Prechecked.class::isInstance)).hasSize(1);
        assertThat(told).contains(new Event.Failure("DTS-3004", "no", "yes", false));
    }

    @Test
    void the_next_server_takes_over() throws Exception {
        try (ServedTasks other = new ServedTasks(folder, store, 0, Optional.of("sesame"))) {
            CompletableFuture<ExitCode> exit = start(new RemoteWork(client(List.of(server.url(), other.url()))), false);
            awaitState("prechecking");
            server.close();
            await(() -> noted("again, on " + other.url()));
            transition(new TaskState.Event.StopAsked());
            assertThat(exit.get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(ExitCode.DONE);
            assertThat(states()).containsExactly("prechecking", "stopped");
        }
    }

    @Test
    void what_the_server_refuses_is_told_in_its_words() throws IOException {
        Files.writeString(file, Files.readString(file) + "verify: {mode: full}\n");
        refused(ErrorCode.FEATURE_NOT_AVAILABLE, () -> work().run(new RunRequest(file, folder, false), told::add, interruption));
        Files.writeString(file, "name: shop\n");
        assertThat(work().run(new RunRequest(file, folder, false), told::add, interruption)).isEqualTo(ExitCode.USAGE);
        assertThat(told).isNotEmpty().allSatisfy(event -> assertThat(event).isInstanceOf(Event.Mistake.class));
        refused(ErrorCode.API_ACCESS_DENIED, () -> tasks(Optional.of("wrong")).list(folder, told::add));
        RemoteTasks nowhere = new RemoteTasks(client(List.of(URI.create("http://127.0.0.1:1"))));
        refused(ErrorCode.API_UNREACHABLE, () -> nowhere.list(folder, told::add));
        refused(ErrorCode.FEATURE_NOT_AVAILABLE, () -> work().verify(
                new Work.VerifyRequest(file, folder, Optional.of(Path.of("mend.sql"))), told::add, interruption));
    }

    @Test
    void tasks_are_operated_by_name() {
        RemoteTasks tasks = tasks(Optional.of("sesame"));
        tasks.list(folder, told::add);
        assertThat(told).containsExactly(new Event.Note("no tasks on " + server.url()));
        told.clear();
        tasks.create(file, told::add);
        tasks.list(folder, told::add);
        tasks.status(folder, "shop", told::add);
        assertThat(told).hasSize(3).allSatisfy(event -> assertThat(event).isInstanceOfSatisfying(Event.TaskListed.class,
                task -> assertThat(task.state()).isEqualTo("draft")));
        told.clear();
        tasks.start("shop", told::add);
        tasks.pause(folder, "shop", told::add);
        tasks.resume(folder, "shop", Optional.of(new DdlDecision.Approve("b:4")), told::add);
        assertThat(store.progress().get("shop", DisplayedFacts.APPROVE_DDL)).contains("b:4");
        tasks.stop(folder, "shop", told::add);
        assertThat(states()).containsExactly("prechecking", "paused", "prechecking", "stopped");
        refused(ErrorCode.NOT_POSSIBLE_IN_STATE, () -> tasks.pause(folder, "shop", told::add));
        told.clear();
        tasks.logs(folder, "shop", told::add);
        assertThat(told).hasSize(4).allSatisfy(event -> assertThat(event).isInstanceOf(Event.LogLine.class));
        work().reset(new Work.TaskRequest("shop", folder), told::add, interruption);
        assertThat(store.tasks().get("shop").state()).isEqualTo(new TaskState.Draft());
        work().delete(new Work.TaskRequest("shop", folder), told::add, interruption);
        refused(ErrorCode.TASK_NOT_FOUND, () -> tasks.status(folder, "shop", told::add));
    }

    private void precheck() {
        store.tasks().savePrecheck("shop",
                List.of(CheckItem.failed("source.server", ErrorCode.SOURCE_UNREACHABLE, "no answer", "start it")));
        store.progress().put("shop", Facts.PRECHECKED, Long.toString(System.currentTimeMillis()));
    }

    private void transition(TaskState.Event event) {
        store.tasks().transition("shop", Tasks.ANY_VERSION, event, EnumSet.allOf(Stage.class));
    }

    private CompletableFuture<ExitCode> run(boolean pauseOnExit) {
        return start(work(), pauseOnExit);
    }

    private CompletableFuture<ExitCode> start(RemoteWork work, boolean pauseOnExit) {
        return CompletableFuture.supplyAsync(() -> work.run(new RunRequest(file, folder, false, pauseOnExit), told::add, interruption));
    }

    private RemoteWork work() {
        return new RemoteWork(client(List.of(server.url())));
    }

    private RemoteTasks tasks(Optional<String> token) {
        return new RemoteTasks(new ApiClient(List.of(server.url()), token));
    }

    private static ApiClient client(List<URI> urls) {
        return new ApiClient(urls, Optional.of("sesame"));
    }

    private List<String> states() {
        return told.stream().filter(Event.StateChanged.class::isInstance).map(event -> ((Event.StateChanged) event).state()).toList();
    }

    private boolean noted(String part) {
        return told.stream().anyMatch(event -> event instanceof Event.Note note && note.message().contains(part));
    }

    private void awaitState(String state) {
        await(() -> states().contains(state));
    }

    private void await(BooleanSupplier happened) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        while (!happened.getAsBoolean()) {
            assertThat(System.nanoTime()).as("told so far: " + told).isLessThan(end);
            Thread.onSpinWait();
        }
    }

    private static void refused(ErrorCode code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DtsException.class, e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
    }
}
