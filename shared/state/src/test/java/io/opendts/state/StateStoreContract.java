package io.opendts.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.model.CheckItem;
import io.opendts.model.Chunk;
import io.opendts.model.Column;
import io.opendts.model.ColumnKind;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Key;
import io.opendts.model.Position;
import io.opendts.model.Route;
import io.opendts.model.ShadowMark;
import io.opendts.model.Stage;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.model.TaskState;
import io.opendts.model.TaskState.Event;
import io.opendts.state.Relations.LookUp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every state store promises; the stores of other modules run it too. */
public abstract class StateStoreContract {

    private static final Set<Stage> STAGES = EnumSet.allOf(Stage.class);
    private static final TableId ORDERS = new TableId("shop", "orders");

    protected final AtomicLong nowMillis = new AtomicLong(1_000_000);
    protected final InstantSource clock = () -> Instant.ofEpochMilli(nowMillis.get());
    private StateStore store;

    /** The store of one test, opened anew at each call as by another process. */
    protected abstract StateStore open();

    @BeforeEach
    protected void start() {
        store = open();
    }

    @AfterEach
    protected void stop() {
        store.close();
    }

    @Test
    void aTaskGoesThroughItsStatesAndEachChangeIsAnEvent() {
        assertThat(store.tasks().create("shop", "synchronization", "{}", "h1").state()).isEqualTo(new TaskState.Draft());
        store.tasks().transition("shop", 0, new Event.Started(), STAGES);
        Transition running = store.tasks().transition("shop", 1, new Event.PrecheckDone(true), STAGES);
        assertThat(running.to()).isEqualTo(new TaskState.Running(Stage.SCHEMA));
        store.tasks().transition("shop", Tasks.ANY_VERSION, new Event.Failure("DTS-3017", "100% | of\nit", "try |"), STAGES);
        try (StateStore other = open()) {
            assertThat(other.tasks().get("shop").state()).isEqualTo(
                    new TaskState.Failed(new TaskState.Running(Stage.SCHEMA), "DTS-3017", "100% | of\nit", "try |"));
            assertThat(other.tasks().events("shop", 0, 10)).extracting(TaskEvent::to).hasSize(3).contains(running.to());
        }
    }

    @Test
    void aDecisionOnAnOldVersionIsRefused() {
        store.tasks().create("shop", "synchronization", "{}", "h1");
        store.tasks().transition("shop", 0, new Event.Started(), STAGES);
        assertCode(ErrorCode.TASK_CHANGED, () -> store.tasks().transition("shop", 0, new Event.StopAsked(), STAGES));
        assertThat(store.tasks().transition("shop", 1, new Event.Started(), STAGES).changed()).isFalse();
    }

    @Test
    void aNameBelongsToOneTaskFile() {
        TaskRecord first = store.tasks().create("shop", "synchronization", "{}", "h1");
        nowMillis.addAndGet(5);
        assertThat(store.tasks().create("shop", "synchronization", "{}", "h1")).isEqualTo(first);
        assertCode(ErrorCode.TASK_CHANGED, () -> store.tasks().create("shop", "synchronization", "{1}", "h2"));
        assertThat(store.tasks().replaceSpec("shop", "{1}", "h2").spec()).isEqualTo("{1}");
        assertCode(ErrorCode.TASK_NOT_FOUND, () -> store.tasks().get("crm"));
    }

    @Test
    void aWishOfAnotherProcessIsAnsweredOnce() {
        store.tasks().create("shop", "synchronization", "{}", "h1");
        store.tasks().transition("shop", 0, new Event.Started(), STAGES);
        try (StateStore other = open()) {
            other.tasks().ask("shop", new Event.PauseAsked());
        }
        Asked asked = store.tasks().asked("shop").getFirst();
        assertThat(store.tasks().answer(asked, STAGES).to()).isEqualTo(new TaskState.Paused(new TaskState.Prechecking()));
        store.tasks().transition("shop", Tasks.ANY_VERSION, new Event.ResumeAsked(), STAGES);
        assertThat(store.tasks().answer(asked, STAGES).changed()).isFalse();
        assertThat(store.tasks().asked("shop")).isEmpty();
    }

    @Test
    void oldEventsGiveWay() {
        store.tasks().create("shop", "synchronization", "{}", "h1");
        store.tasks().transition("shop", 0, new Event.Started(), STAGES);
        for (int i = 0; i < Tasks.EVENTS_KEPT_PER_TASK; i++) {
            store.tasks().transition("shop", Tasks.ANY_VERSION, i % 2 == 0 ? new Event.PauseAsked() : new Event.ResumeAsked(), STAGES);
        }
        assertThat(store.tasks().events("shop", 0, 5_000)).hasSize(Tasks.EVENTS_KEPT_PER_TASK);
    }

    @Test
    void thePrecheckIsKeptAsItWas() {
        List<CheckItem> items = List.of(CheckItem.passed("a", ErrorCode.SOURCE_VERSION, "fine"),
                CheckItem.ignorable("b", ErrorCode.SOURCE_RETENTION, "short", "set it"));
        store.tasks().savePrecheck("shop", List.of(CheckItem.passed("old", ErrorCode.SOURCE_VERSION, "")));
        store.tasks().savePrecheck("shop", items);
        assertThat(store.tasks().precheck("shop")).isEqualTo(items);
    }

    @Test
    void aLayoutGetsANewNumberOnlyWhenItChanges() {
        Relations.Registered first = store.relations().register("shop", table("id"), Route.same(ORDERS), false);
        assertThat(store.relations().register("shop", table("id"), Route.same(ORDERS), false)).isEqualTo(first);
        Relations.Registered second = store.relations().register("shop", table("id", "note"), Route.same(ORDERS), false);
        assertThat(second.relation().id()).isGreaterThan(first.relation().id());
        assertThat(store.relations().find("shop", first.relation().id())).contains(first);
        assertThat(store.relations().latest("shop", ORDERS)).contains(second);
        assertThat(store.relations().latest("shop")).containsExactly(second);
        store.tasks().create("shop", "synchronization", "{}", "h1");
        store.tasks().reset("shop");
        assertThat(store.relations().latest("shop")).isEmpty();
        assertThat(store.relations().register("shop", table("id"), Route.same(ORDERS), true).relation().id())
                .as("never used again").isGreaterThan(second.relation().id());
    }

    @Test
    void whatStatementsOfTheLogMakeOfATableIsKeptBesideWhatTheCatalogHad() {
        Relations.Registered first = store.relations().register("shop", table("id"), Route.same(ORDERS), false);
        Position at = new Position("binlog.000001:400");
        Relations.Seen wider = new Relations.Seen(table("id", "note"), Route.same(ORDERS), false);
        Relations.Registered second = store.relations().change("shop", wider, at, false);
        assertThat(second.since()).contains(at);
        assertThat(store.relations().change("shop", wider, at, false)).as("read again").isEqualTo(second);
        Relations.Registered gone = store.relations().change("shop", wider, new Position("binlog.000001:900"), true);

        assertThat(store.relations().changes("shop")).containsExactly(second, gone);
        assertThat(store.relations().find("shop", second.relation().id())).contains(second);
        assertThat(store.relations().latest("shop", ORDERS)).as("for the copy").contains(first);
        assertThat(store.relations().latest("shop")).containsExactly(first);
        assertThat(List.of(first, second, gone)).extracting(one -> one.relation().id()).doesNotHaveDuplicates();
        store.tasks().create("shop", "synchronization", "{}", "h1");
        store.tasks().reset("shop");
        assertThat(store.relations().changes("shop")).isEmpty();
    }

    @Test
    void whatWasLookedUpFirstStays() {
        Position at = new Position("binlog.000001:400");
        LookUp look = new LookUp(Optional.of(new Position("binlog.000002:100")), true, LookUp.Outcome.FOUND);
        Relations.Seen seen = new Relations.Seen(table("id", "note"), Route.same(ORDERS), false);
        Relations.Registered first = store.relations().lookedUp("shop", seen, at, look);
        assertThat(first.lookUp()).contains(look);
        assertThat(store.relations().find("shop", first.relation().id())).contains(first);
        LookUp later = new LookUp(Optional.empty(), true, LookUp.Outcome.STOPPED);
        assertThat(store.relations().lookedUp("shop", new Relations.Seen(table("id"), Route.same(ORDERS), false), at, later))
                .as("another look at the same place").isEqualTo(first);
        Relations.Registered statement = store.relations().lookedUp("shop", seen, at,
                new LookUp(look.until(), false, LookUp.Outcome.FOUND));
        assertThat(statement).as("for a statement that begins there").isNotEqualTo(first);
        assertThat(store.relations().change("shop", seen, at, false)).as("what a statement tells").isNotEqualTo(first);
        assertThat(store.relations().changes("shop")).startsWith(first, statement).hasSize(3);
    }

    @Test
    void shadowsAreNoneOfTheTasksTables() {
        store.relations().register("shop", table("id"), Route.same(ORDERS), false);
        Position at = new Position("binlog.000001:400");
        ShadowMark mark = new ShadowMark(ORDERS, ShadowMark.Kind.REPLACEMENT, Map.of("id", "id"));
        Relations.Seen seen = new Relations.Seen(table("id"), Route.same(ORDERS), false, Optional.of(mark));
        Relations.Registered shadow = store.relations().change("shop", seen, at, false);
        assertThat(shadow.shadow()).contains(mark);
        assertThat(store.relations().change("shop", seen, at, false)).as("read again").isEqualTo(shadow);
        Relations.Registered own = store.relations().change("shop", new Relations.Seen(table("id"), Route.same(ORDERS), false), at, false);

        assertThat(store.relations().changes("shop")).containsExactly(own);
        assertThat(store.relations().shadows("shop")).containsExactly(shadow);
    }

    @Test
    void manyTablesAtOnceAreRegisteredAndPlannedAsEachByItself() {
        Relations.Registered known = store.relations().register("shop", table("id"), Route.same(ORDERS), false);
        Route itemsRoute = Route.same(new TableId("shop", "items"));
        Table items = new Table(itemsRoute.source(), table("id").columns(), table("id").keys(), List.of(), "InnoDB", "", 0, 0);
        store.relations().register("shop", List.of(new Relations.Seen(items, itemsRoute, true),
                new Relations.Seen(table("id"), Route.same(ORDERS), false)));
        assertThat(store.relations().latest("shop", ORDERS)).contains(known);
        assertThat(store.relations().latest("shop")).extracting(one -> one.table().id()).containsExactly(items.id(), ORDERS);

        Chunk first = new Chunk(ORDERS, 0, Chunk.Kind.WHOLE, "", "");
        Chunk second = new Chunk(items.id(), 0, Chunk.Kind.WHOLE, "", "");
        List<Chunks.Plan> plans = List.of(new Chunks.Plan(ORDERS, 1, 0, 5, List.of(first)),
                new Chunks.Plan(items.id(), 2, 0, 5, List.of(second)));
        store.chunks().plan("shop", plans);
        store.chunks().plan("shop", plans);
        assertThat(store.chunks().open("shop", 10)).containsExactly(new Chunks.Open(second, 2), new Chunks.Open(first, 1));
    }

    @Test
    void theFullCopyGoesOnWhereItWas() {
        Chunk zero = new Chunk(ORDERS, 0, Chunk.Kind.RANGE, "", "100");
        Chunk one = new Chunk(ORDERS, 1, Chunk.Kind.WALK, "100", "");
        Chunk two = new Chunk(ORDERS, 2, Chunk.Kind.WALK, "200", "");
        assertThat(store.chunks().plan("shop", new Chunks.Plan(ORDERS, 7, 0, 300, List.of(zero, one)))).isTrue();
        assertThat(store.chunks().plan("shop", new Chunks.Plan(ORDERS, 7, 0, 300, List.of(zero)))).isFalse();
        Chunks.Copied walked = new Chunks.Copied(one, 100, 5_000, Optional.of(new Position("p")));
        assertThat(store.chunks().done("shop", walked, Optional.of(two))).isTrue();
        assertThat(store.chunks().done("shop", walked, Optional.of(two))).as("delivered twice").isFalse();
        try (StateStore other = open()) {
            assertThat(other.chunks().open("shop", 10)).containsExactly(new Chunks.Open(zero, 7), new Chunks.Open(two, 7));
            assertThat(other.chunks().copied("shop", ORDERS, 0, 10)).containsExactly(walked);
            assertThat(other.chunks().table("shop", ORDERS)).contains(new Chunks.TableCopy(ORDERS, 3, 1, 100, 5_000, 300));
        }
        store.chunks().done("shop", new Chunks.Copied(zero, 1, 1, Optional.empty()), Optional.empty());
        store.chunks().done("shop", new Chunks.Copied(two, 1, 1, Optional.empty()), Optional.empty());
        assertThat(store.chunks().tables("shop")).singleElement().matches(Chunks.TableCopy::complete);
    }

    @Test
    void aLevelOfTablesIsOpenWhenTheOnesBeforeItAreCopied() {
        TableId items = new TableId("shop", "items");
        Chunk parent = new Chunk(ORDERS, 0, Chunk.Kind.WALK, "", "");
        Chunk following = new Chunk(ORDERS, 1, Chunk.Kind.WALK, "100", "");
        Chunk child = new Chunk(items, 0, Chunk.Kind.WHOLE, "", "");
        store.chunks().plan("shop", new Chunks.Plan(items, 2, 1, 10, List.of(child)));
        store.chunks().plan("shop", new Chunks.Plan(ORDERS, 1, 0, 10, List.of(parent)));
        assertThat(store.chunks().open("shop", 10)).containsExactly(new Chunks.Open(parent, 1));
        store.chunks().done("shop", new Chunks.Copied(parent, 100, 100, Optional.empty()), Optional.of(following));
        assertThat(store.chunks().open("shop", 10)).as("a walk goes on in its level").containsExactly(new Chunks.Open(following, 1));
        store.chunks().done("shop", new Chunks.Copied(following, 1, 1, Optional.empty()), Optional.empty());
        assertThat(store.chunks().open("shop", 10)).containsExactly(new Chunks.Open(child, 2));
    }

    @Test
    void factsAreFoundByTheBeginningOfTheirNames() {
        store.progress().putAll("shop", Map.of("full.rows", "1", "full.bytes", "2", "copy", "p0"));
        store.progress().put("shop", "full.rows", "3");
        assertThat(store.progress().all("shop", "full.")).containsExactly(Map.entry("full.bytes", "2"), Map.entry("full.rows", "3"));
        store.progress().remove("shop", "copy");
        assertThat(store.progress().get("shop", "copy")).isEmpty();
    }

    /** Two who decide the same at once go on with one decision. */
    @Test
    void ofManyWhoRecordAFactOnceOneIsRightForAll() {
        List<CompletableFuture<String>> asked = IntStream.range(0, 8).mapToObj(n -> CompletableFuture.supplyAsync(
                () -> store.progress().putOnce("shop", "copy.end", "p" + n))).toList();
        Set<String> answered = asked.stream().map(CompletableFuture::join).collect(Collectors.toSet());
        assertThat(answered).hasSize(1).containsExactly(store.progress().get("shop", "copy.end").orElseThrow());
    }

    @Test
    void aLeaseGoesToOneHolderAndEachChangeOfHandsRaisesTheEpoch() {
        Leases.Lease first = store.leases().acquire("shop", "a", 1_000).orElseThrow();
        assertThat(store.leases().acquire("shop", "b", 1_000)).isEmpty();
        assertThat(store.leases().acquire("shop", "a", 1_000)).map(Leases.Lease::epoch).contains(first.epoch());
        nowMillis.addAndGet(1_000);
        Leases.Lease second = store.leases().acquire("shop", "b", 1_000).orElseThrow();
        assertThat(second.epoch()).isEqualTo(first.epoch() + 1);
        assertThat(store.leases().renew(first, 1_000)).isEmpty();
        store.leases().release(first);
        assertThat(store.leases().renew(second, 2_000)).map(Leases.Lease::expiresAtMillis).contains(nowMillis.get() + 2_000);
        store.leases().release(second);
        assertThat(store.leases().acquire("shop", "b", 1_000)).map(Leases.Lease::epoch).contains(second.epoch() + 1);
    }

    @Test
    void resetForgetsWhatWasDoneAndDeleteForgetsTheTask() {
        store.tasks().create("shop", "synchronization", "{}", "h1");
        store.tasks().transition("shop", 0, new Event.Started(), STAGES);
        store.progress().put("shop", "copy", "p0");
        store.chunks().plan("shop", new Chunks.Plan(ORDERS, 7, 0, 1, List.of()));
        assertThat(store.tasks().reset("shop").to()).isEqualTo(new TaskState.Draft());
        assertThat(store.progress().all("shop", "")).isEmpty();
        assertThat(store.chunks().tables("shop")).isEmpty();
        store.tasks().delete("shop");
        store.tasks().delete("shop");
        assertThat(store.tasks().list()).isEmpty();
        assertThat(store.tasks().events("shop", 0, 10)).isEmpty();
    }

    @Test
    void whatIsAskedForIsRememberedUntilItIsAnswered() {
        Requests requests = store.requests();
        assertThat(requests.claim("nobody", List.of("nobody:plan"), 100, 500)).as("of a task that is deleted").isEmpty();
        store.tasks().create("shop", "migration", "{}", "h");
        assertThat(requests.claim("shop", List.of("shop:plan"), 100, 500)).containsExactly("shop:plan");
        assertThat(requests.claim("shop", List.of("shop:a", "shop:plan"), 499, 600)).as("not due yet").containsExactly("shop:a");
        requests.failed("shop", "shop:plan", "DTS-3001", "no route", 700);
        nowMillis.addAndGet(5);
        requests.failed("shop", "shop:plan", "DTS-3005", "busy", 900);
        assertThat(requests.claim("shop", List.of("shop:a", "shop:plan", "shop:b"), 900, 950)).as("due again, and a new one")
                .containsExactlyInAnyOrder("shop:a", "shop:plan", "shop:b");
        requests.done("shop", "shop:a");
        requests.done("shop", "shop:a");
        requests.sent("shop", List.of("shop:a", "shop:plan"), 1_000);
        assertThat(requests.find("shop", "shop:plan"))
                .contains(new Requests.Open("shop", "shop:plan", 1_000, 2, nowMillis.get() - 5, "DTS-3005", "busy"));
        assertThat(requests.open("shop")).extracting(Requests.Open::id).containsExactly("shop:b", "shop:plan");
        requests.renew("shop");
        assertThat(requests.open("shop")).isEmpty();
    }

    @Test
    void aComparisonIsDoneChunkByChunkAndANewRunForgetsTheOld() {
        Chunk zero = new Chunk(ORDERS, 0, Chunk.Kind.RANGE, "", "100");
        Chunk one = new Chunk(ORDERS, 1, Chunk.Kind.WALK, "100", "");
        Chunk two = new Chunk(ORDERS, 2, Chunk.Kind.WALK, "200", "");
        Verifications runs = store.verifications();
        String old = runs.begin("shop");
        String run = runs.begin("shop");
        assertThat(runs.plan("shop", old, ORDERS, List.of(zero))).as("an old run").isFalse();
        assertThat(runs.plan("shop", run, ORDERS, List.of(zero, one))).isTrue();
        assertThat(runs.plan("shop", run, ORDERS, List.of(zero))).as("delivered twice").isFalse();
        runs.planned("shop", run);
        Verifications.Compared differs = new Verifications.Compared(one, 100, 2,
                List.of(new Verifications.Example("MISSING", "('a\\n\n\tb')"), new Verifications.Example("SURPLUS", "(2)")));
        assertThat(runs.done("shop", run, differs, Optional.of(two))).isTrue();
        assertThat(runs.done("shop", run, differs, Optional.of(two))).as("delivered twice").isFalse();
        assertThat(runs.open("shop", run, 10)).containsExactly(zero, two);
        assertThat(runs.differing("shop", run, 10)).containsExactly(differs);
        assertThat(runs.current("shop")).contains(
                new Verifications.Run(run, nowMillis.get(), true, 1, 3, 1, 100, 2));
        assertThat(runs.current("shop").orElseThrow().complete()).isFalse();
        runs.done("shop", run, new Verifications.Compared(zero, 5, 0, List.of()), Optional.empty());
        runs.done("shop", run, new Verifications.Compared(two, 5, 0, List.of()), Optional.empty());
        assertThat(runs.current("shop").orElseThrow().complete()).isTrue();
        assertThat(runs.current("crm")).isEmpty();
    }

    @Test
    void aSealedTaskFileStaysUntilTheTaskIsDeleted() {
        store.tasks().create("shop", "synchronization", "{}", "h1");
        assertThat(store.tasks().sealed("shop")).isEmpty();
        store.tasks().seal("shop", new byte[] {1});
        store.tasks().seal("shop", new byte[] {0, -1, 39});
        store.tasks().reset("shop");
        assertThat(store.tasks().sealed("shop")).hasValueSatisfying(b -> assertThat(b).containsExactly(0, -1, 39));
        store.tasks().delete("shop");
        assertThat(store.tasks().sealed("shop")).isEmpty();
    }

    private static Table table(String... columns) {
        List<Column> list = List.of(columns).stream().map(c -> new Column(c, ColumnKind.TEXT, "varchar(9)", false, false,
                Optional.of("latin1"), Optional.empty(), List.of("a", "b"), 0, false, false)).toList();
        return new Table(ORDERS, list, List.of(new Key("PRIMARY", List.of("id"), true, false, true)),
                List.of(new Table.ForeignKey("fk", List.of("id"), new TableId("shop", "parents"), List.of("id"), true)),
                "InnoDB", "create table", 5, 6);
    }

    protected static void assertCode(ErrorCode code, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DtsException.class, e -> assertThat(e.code()).isEqualTo(code));
    }
}
