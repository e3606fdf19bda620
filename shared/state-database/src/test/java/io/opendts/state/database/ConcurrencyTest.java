package io.opendts.state.database;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.Chunk;
import io.opendts.model.Column;
import io.opendts.model.ColumnKind;
import io.opendts.model.Route;
import io.opendts.model.Stage;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.model.TaskState.Event;
import io.opendts.state.Asked;
import io.opendts.state.Chunks;
import io.opendts.state.Leases;
import io.opendts.state.TaskEvent;
import io.opendts.state.Transition;
import io.opendts.testkit.ServerVersion;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Four stores, as of four processes, with three threads each, all at the same thing at the same time. */
class ConcurrencyTest {

    private static final int STORES = 4;
    private static final int THREADS_PER_STORE = 3;
    private static final int THREADS = STORES * THREADS_PER_STORE;
    private static final Set<Stage> STAGES = EnumSet.allOf(Stage.class);
    private static final TableId ORDERS = new TableId("shop", "orders");

    static Stream<StoreServer> servers() {
        return Stream.of(StoreServer.mysql(ServerVersion.MYSQL_8_0),
                StoreServer.mysql(ServerVersion.MARIADB_10_11), StoreServer.postgres());
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aLeaseIsTakenByOneAndEveryEpochIsGivenOnce(StoreServer server) {
        server.empty();
        List<Leases.Lease> won = race(server, 20, (store, round, thread) -> {
            Optional<Leases.Lease> lease = store.leases().acquire("task:" + round, "holder-" + thread, 60_000);
            return lease.orElse(null);
        });
        assertThat(won).hasSize(20).extracting(Leases.Lease::task).doesNotHaveDuplicates();
        List<Long> epochs = race(server, 20, (store, round, thread) -> {
            Optional<Leases.Lease> lease = store.leases().acquire("again", "holder-" + thread, 60_000);
            lease.ifPresent(store.leases()::release);
            return lease.map(Leases.Lease::epoch).orElse(null);
        });
        assertThat(epochs).isNotEmpty().doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aStateChangesStepByStepAndEachStepIsAnEvent(StoreServer server) {
        server.empty();
        try (DatabaseStateStore store = opened(server)) {
            store.tasks().create("shop", "migration", "{}", "h");
            store.tasks().transition("shop", 0, new Event.Started(), STAGES);
            List<Transition> changes = race(server, 10, (other, round, thread) -> {
                Transition made = other.tasks().transition("shop", -1,
                        thread % 2 == 0 ? new Event.PauseAsked() : new Event.ResumeAsked(), STAGES);
                return made.changed() ? made : null;
            });
            assertThat(changes).extracting(Transition::version).doesNotHaveDuplicates();
            List<TaskEvent> events = store.tasks().events("shop", 0, 1_000);
            assertThat(events).hasSize(changes.size() + 1);
            for (int i = 1; i < events.size(); i++) {
                assertThat(events.get(i).from()).isEqualTo(events.get(i - 1).to());
            }
            assertThat(store.tasks().get("shop").version()).isEqualTo(events.size());
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aWishIsAnsweredOnceAndATaskCreatedOnce(StoreServer server) {
        server.empty();
        try (DatabaseStateStore store = opened(server)) {
            assertThat(race(server, 5, (other, round, thread) ->
                    other.tasks().create("new" + round, "migration", "{}", "h").version())).hasSize(5 * THREADS).containsOnly(0L);
            store.tasks().create("shop", "migration", "{}", "h");
            store.tasks().transition("shop", 0, new Event.Started(), STAGES);
            store.tasks().ask("shop", new Event.PauseAsked());
            Asked asked = store.tasks().asked("shop").getFirst();
            assertThat(race(server, 1, (other, round, thread) ->
                    other.tasks().answer(asked, STAGES).changed() ? thread : null)).hasSize(1);
        }
    }

    /** The sweep and an answer want to ask for the same at the same time: each chunk was copied twice. */
    @ParameterizedTest
    @MethodSource("servers")
    void whatManyWantToSendIsClaimedByOne(StoreServer server) {
        server.empty();
        try (DatabaseStateStore store = opened(server)) {
            store.tasks().create("shop", "migration", "{}", "h");
        }
        List<String> ids = IntStream.range(0, 150).mapToObj(i -> "shop:chunk:" + i).toList();
        List<List<String>> claims = race(server, 5, (store, round, thread) ->
                store.requests().claim("shop", ids.subList(round * 30, 150), 1_000, 9_000));
        assertThat(claims.stream().flatMap(List::stream)).hasSize(150).doesNotHaveDuplicates();
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aTableIsPlannedOnceAndAChunkDoneOnce(StoreServer server) {
        server.empty();
        List<Chunk> chunks = IntStream.range(0, 150).mapToObj(i -> new Chunk(ORDERS, i, Chunk.Kind.RANGE, "" + i, "" + (i + 1))).toList();
        List<Integer> planned = race(server, 1, (store, round, thread) ->
                store.chunks().plan("shop", new Chunks.Plan(ORDERS, 1, 0, 5, chunks)) ? thread : null);
        assertThat(planned).hasSize(1);
        List<Integer> done = race(server, 10, (store, round, thread) -> {
            int own = 0;
            for (int i = round * 15; i < round * 15 + 15; i++) {
                Chunks.Copied copied = new Chunks.Copied(chunks.get((i + thread) % 150), 3, 7, Optional.empty());
                own += store.chunks().done("shop", copied, Optional.empty()) ? 1 : 0;
            }
            return own;
        });
        assertThat(done.stream().mapToInt(i -> i).sum()).isEqualTo(150);
        try (DatabaseStateStore store = opened(server)) {
            assertThat(store.chunks().table("shop", ORDERS)).contains(new Chunks.TableCopy(ORDERS, 150, 150, 450, 1_050, 5));
            assertThat(store.chunks().open("shop", 200)).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aLayoutGetsOneNumberAndNoNumberIsGivenTwice(StoreServer server) {
        server.empty();
        List<Integer> same = race(server, 1, (store, round, thread) ->
                store.relations().register("shop", table("same", "id"), Route.same(new TableId("shop", "same")), false).relation().id());
        assertThat(same).hasSize(THREADS).containsOnly(1);
        List<Integer> first = race(server, 10, (store, round, thread) ->
                store.relations().register("new" + round, table("t" + thread, "id"), Route.same(new TableId("shop", "t")), false)
                        .relation().id());
        assertThat(first).as("numbers begin with 1 for each task").hasSize(10 * THREADS).doesNotContain(0, THREADS + 1);
        List<Integer> numbers = race(server, 5, (store, round, thread) -> {
            String name = "t" + round + "_" + thread;
            return store.relations().register("shop", table(name, "id"), Route.same(new TableId("shop", name)), false).relation().id();
        });
        assertThat(numbers).hasSize(5 * THREADS).doesNotHaveDuplicates().doesNotContain(1);
    }

    @ParameterizedTest
    @MethodSource("servers")
    void factsAndRequestsOfManyAreAllKept(StoreServer server) {
        server.empty();
        race(server, 10, (store, round, thread) -> {
            store.progress().putAll("shop", Map.of("a", "" + thread, "b", "" + thread, "own." + thread, "" + round));
            store.requests().failed("shop", "shop:plan", "DTS-3001", "thread " + thread, 5);
            return thread;
        });
        try (DatabaseStateStore store = opened(server)) {
            assertThat(store.progress().all("shop", "own.")).hasSize(THREADS).containsValue("9");
            assertThat(store.progress().get("shop", "a")).as("written together").isEqualTo(store.progress().get("shop", "b"));
            assertThat(store.requests().find("shop", "shop:plan").orElseThrow().attempts()).isEqualTo(10 * THREADS);
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void manyProcessesMigrateAtOnce(StoreServer server) {
        server.recreate();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            all(IntStream.range(0, 6).mapToObj(i -> pool.submit(() -> {
                DatabaseStateStore.migrate(server.settings());
                return i;
            })).toList());
        }
        try (DatabaseStateStore store = opened(server)) {
            assertThat(store.tasks().list()).isEmpty();
        }
    }

    private interface Move<T> {
        T make(DatabaseStateStore store, int round, int thread) throws Exception;
    }

    /** What every thread answered that was not null; each round begins for all at once. Half of the threads are virtual ones. */
    private static <T> List<T> race(StoreServer server, int rounds, Move<T> move) {
        List<DatabaseStateStore> stores = IntStream.range(0, STORES).mapToObj(i -> opened(server)).toList();
        CyclicBarrier start = new CyclicBarrier(THREADS);
        try (ExecutorService platform = Executors.newCachedThreadPool();
                ExecutorService virtual = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<List<T>>> running = IntStream.range(0, THREADS).mapToObj(thread -> {
                Callable<List<T>> runner = () -> {
                    List<T> answers = new ArrayList<>();
                    for (int round = 0; round < rounds; round++) {
                        start.await(15, TimeUnit.SECONDS);
                        try {
                            Optional.ofNullable(move.make(stores.get(thread % STORES), round, thread)).ifPresent(answers::add);
                        } catch (RuntimeException e) {
                            start.reset();
                            throw e;
                        }
                    }
                    return answers;
                };
                return (thread % 2 == 0 ? platform : virtual).submit(runner);
            }).toList();
            return all(running).stream().flatMap(List::stream).toList();
        } finally {
            stores.forEach(DatabaseStateStore::close);
        }
    }

    private static <T> List<T> all(List<Future<T>> running) {
        return running.stream().map(future -> {
            try {
                return future.get(60, TimeUnit.SECONDS);
            } catch (Exception e) {
                throw new AssertionError("a thread failed: " + root(e), e);
            }
        }).toList();
    }

    private static Throwable root(Throwable problem) {
        return problem.getCause() == null ? problem : root(problem.getCause());
    }

    private static DatabaseStateStore opened(StoreServer server) {
        return DatabaseStateStore.open(server.settings());
    }

    private static Table table(String name, String... columns) {
        return new Table(new TableId("shop", name), Stream.of(columns).map(c -> new Column(c, ColumnKind.TEXT, "varchar(9)", false, false,
                Optional.empty(), Optional.empty(), List.of(), 0, false, false)).toList(), List.of(), List.of(), "InnoDB", "", 0, 0);
    }
}
