package io.opendts.functions.control.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.api.Ending;
import io.opendts.api.EventJson;
import io.opendts.api.Until;
import io.opendts.model.CheckItem;
import io.opendts.model.Checkpoint;
import io.opendts.model.Chunk;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import io.opendts.model.Stage;
import io.opendts.model.TableId;
import io.opendts.model.TaskState.Event;
import io.opendts.state.Chunks;
import io.opendts.state.Chunks.Copied;
import io.opendts.state.Tasks;
import io.opendts.state.Verifications.Compared;
import io.opendts.state.Verifications.Example;
import io.opendts.task.DisplayedFacts;
import io.opendts.task.Facts;
import io.opendts.task.Standing;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FollowerTest {

    private static final long LIMIT_S = 30;
    private static final TableId ORDERS = new TableId("shop", "orders");
    private static final Chunk CHUNK = new Chunk(ORDERS, 0, Chunk.Kind.WHOLE, "", "");

    @TempDir
    private Path folder;

    private ServiceRig rig;
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final List<String> bookmarks = new CopyOnWriteArrayList<>();
    private volatile boolean idle;

    @BeforeEach
    void open() throws IOException {
        rig = new ServiceRig(folder);
        rig.service.create(ServiceRig.BODY);
    }

    @AfterEach
    void close() {
        rig.close();
    }

    @Test
    void a_whole_run_is_told_in_order_however_quick_it_was() throws Exception {
        String from = rig.service.start("shop").from();
        runToIncremental();
        DisplayedFacts.record(rig.store.progress(), "shop", standing(99, 1));
        CompletableFuture<Ending> ending = follow(Until.CAUGHT_UP, from);
        await("\"transactions\":1");
        assertThat(ending).isNotDone();
        DisplayedFacts.record(rig.store.progress(), "shop", standing(100, 2));
        assertThat(ending.get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(Ending.DONE);
        assertThat(String.join("\n", told)).containsSubsequence("prechecking", "source.version", "\"schema\"", "\"full\"", "\"migrating\"",
                "\"event\":\"plan\"", "shop.orders", "\"transactions\":1", "\"event\":\"caught-up\",\"position\":\"100\"",
                "\"event\":\"summary\",\"state\":\"migrating\"", "\"full\":{\"ms\":");
    }

    @Test
    void what_the_schema_steps_had_to_say_is_told_in_its_place_and_once() throws Exception {
        String from = rig.service.start("shop").from();
        new Facts(rig.store.progress(), "shop").notes("BEFORE_LOAD", List.of("table shop.orders", "view shop.v\nnames the old database"));
        runToIncremental();
        new Facts(rig.store.progress(), "shop").notes("AFTER_LOAD", List.of("index orders.by_day"));
        Thread first = Thread.ofVirtual().start(() -> followed(Until.END, from));
        await("\"migrating\"");
        first.interrupt();
        assertThat(first.join(Duration.ofSeconds(LIMIT_S))).isTrue();
        assertThat(String.join("\n", told)).containsSubsequence("\"schema\"", "table shop.orders", "view shop.v names the old database",
                "\"full\"", "index orders.by_day", "\"migrating\"");
        told.clear();
        new Facts(rig.store.progress(), "shop").notes("CUT_OVER", List.of("enabled event shop.nightly"));
        transition(new Event.StopAsked());
        new Facts(rig.store.progress(), "shop").once("schema.done.CUT_OVER", 1);
        assertThat(follow(Until.END, bookmarks.getLast()).get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(Ending.DONE);
        assertThat(String.join("\n", told)).contains("enabled event").doesNotContain("table shop.orders", "by_day");
    }

    @Test
    void who_comes_back_is_told_the_rest_and_nothing_twice() throws Exception {
        String from = rig.service.start("shop").from();
        runToIncremental();
        Thread first = Thread.ofVirtual().start(() -> followed(Until.END, from));
        await("\"migrating\"");
        await("\"event\":\"plan\"");
        first.interrupt();
        assertThat(first.join(Duration.ofSeconds(LIMIT_S))).isTrue();
        told.clear();
        transition(new Event.StopAsked());
        new Facts(rig.store.progress(), "shop").once("schema.done.CUT_OVER", 1);
        assertThat(follow(Until.END, bookmarks.getLast()).get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(Ending.DONE);
        assertThat(String.join("\n", told)).doesNotContain("precheck").doesNotContain("\"schema\",\"at\"").contains("stopped");
    }

    @Test
    void a_running_task_begins_with_its_state() throws Exception {
        rig.service.start("shop");
        CompletableFuture<Ending> ending = follow(Until.END, null);
        await("prechecking");
        transition(new Event.Failure("DTS-2002", "wrong password", "mend it"));
        assertThat(ending.get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(Ending.FAILED);
        assertThat(String.join("\n", told)).containsSubsequence("prechecking", "\"failed\"", "DTS-2002", "\"event\":\"summary\"");
    }

    @Test
    void a_failed_precheck_ends_a_run() throws Exception {
        String from = rig.service.start("shop").from();
        precheck(CheckItem.failed("source.log", ErrorCode.SOURCE_LOG_OFF, "off", "switch it on"));
        transition(new Event.PrecheckDone(false));
        assertThat(follow(Until.END, from).get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(Ending.PRECHECK_FAILED);
        assertThat(String.join("\n", told)).containsSubsequence("prechecking", "DTS-2103", "precheck-failed").doesNotContain("summary");
    }

    @Test
    void a_precheck_alone_is_only_its_items() throws Exception {
        precheck(CheckItem.passed("old", ErrorCode.SOURCE_VERSION, ""));
        String from = rig.service.precheck("shop").from();
        CompletableFuture<Ending> ending = follow(Until.PRECHECKED, from);
        rig.store.requests().failed("shop", "shop:precheck", "DTS-2001", "no route", 0);
        await("trying again after DTS-2001: no route");
        rig.store.tasks().savePrecheck("shop", List.of(CheckItem.passed("new", ErrorCode.SOURCE_VERSION, "8.0")));
        rig.store.progress().put("shop", Facts.PRECHECKED, Long.toString(System.currentTimeMillis() + 1));
        assertThat(ending.get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(Ending.DONE);
        assertThat(told).hasSize(2).last().asString().contains("\"item\":\"new\"");
    }

    @Test
    void a_comparison_is_told_when_it_is_complete() throws Exception {
        String from = rig.service.verify("shop").from();
        String run = rig.store.verifications().current("shop").orElseThrow().run();
        CompletableFuture<Ending> ending = follow(Until.VERIFIED, from);
        rig.store.verifications().plan("shop", run, ORDERS, List.of(CHUNK));
        rig.store.verifications().planned("shop", run);
        assertThat(told).isEmpty();
        rig.store.verifications().done("shop", run, new Compared(CHUNK, 10, 3,
                List.of(new Example("MISSING", "(1)"), new Example("SURPLUS", "(2)"))), Optional.empty());
        assertThat(ending.get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(Ending.DIFFERENCES);
        assertThat(told).containsExactly(
                "{\"event\":\"difference\",\"table\":\"shop.orders\",\"key\":\"(1)\",\"kind\":\"missing\"}",
                "{\"event\":\"difference\",\"table\":\"shop.orders\",\"key\":\"(2)\",\"kind\":\"extra\"}",
                "{\"event\":\"note\",\"message\":\"1 more differences are not listed\"}",
                "{\"event\":\"verified\",\"result\":\"different\",\"tables\":1,\"rows\":10,\"differences\":3}");
    }

    @Test
    void a_comparison_that_cannot_go_on_says_why() throws Exception {
        CompletableFuture<Ending> ending = follow(Until.VERIFIED, rig.service.verify("shop").from());
        String run = rig.store.verifications().current("shop").orElseThrow().run();
        new Facts(rig.store.progress(), "shop").comparisonFailed(run, new DtsException(ErrorCode.SOURCE_ACCESS_DENIED, "a\nb", "c"));
        assertThat(ending.get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(Ending.FAILED);
        assertThat(told).containsExactly(
                "{\"event\":\"error\",\"code\":\"DTS-2002\",\"message\":\"a b\",\"remedy\":\"c\",\"retryable\":false}");
    }

    @Test
    void a_stream_has_lines_bookmarks_and_an_end() throws Exception {
        rig.service.start("shop");
        rig.service.pause("shop");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (Follower follower = rig.service.follow("shop", Until.END, null)) {
            new EventStream(out).send(follower);
        }
        assertThat(out.toString(StandardCharsets.UTF_8)).matches("(?s)"
                + ":\n\nid: [^\n]+\ndata: \\{\"event\":\"state\",[^\n]+\"paused\"[^\n]+\n\n"
                + "data: \\{\"event\":\"note\"[^\n]+\n\ndata: \\{\"event\":\"summary\"[^\n]+\n\nevent: end\ndata: done\n\n");
    }

    @Test
    void history_is_all_that_is_kept() throws Exception {
        rig.service.start("shop");
        transition(new Event.Failure("DTS-2002", "wrong password", "mend it"));
        assertThat(follow(Until.NOW, null).get(LIMIT_S, TimeUnit.SECONDS)).isEqualTo(Ending.DONE);
        assertThat(told).hasSize(3);
    }

    @Test
    void a_bookmark_survives_its_text_and_nonsense_is_refused() {
        Bookmark bookmark = new Bookmark(12, 1_700_000_000_000L, true, false, 2, "a:1-7,b:9/+ü");
        assertThat(Bookmark.parse(bookmark.text())).isEqualTo(bookmark);
        for (String text : List.of("", "1.2.3", "x.1.000.", "1.1.020.", "1.1.009.", "1.1.000.%")) {
            assertThatThrownBy(() -> Bookmark.parse(text)).isInstanceOf(DtsException.class);
        }
    }

    static Standing standing(long position, long transactions) {
        return new Standing(new Checkpoint(new Position(Long.toString(position)), 1, transactions), transactions, 5, 0, 2);
    }

    private void runToIncremental() {
        precheck(CheckItem.passed("source.version", ErrorCode.SOURCE_VERSION, "8.0"));
        transition(new Event.PrecheckDone(true));
        Facts facts = new Facts(rig.store.progress(), "shop");
        facts.once("schema.began", 1);
        transition(new Event.StageDone(Stage.SCHEMA));
        facts.once("schema.done", 2);
        facts.once("full.began", 2);
        rig.store.chunks().plan("shop", new Chunks.Plan(ORDERS, 1, 0, 10, List.of(CHUNK)));
        facts.once(Facts.COPY_PLANNED, 2);
        rig.store.chunks().done("shop", new Copied(CHUNK, 10, 100, Optional.empty()), Optional.empty());
        facts.copyEnd(new Position("50"));
        transition(new Event.StageDone(Stage.FULL));
        facts.once("full.done", 3);
        facts.once("incremental.began", 4);
    }

    @Test
    void whose_client_is_gone_is_followed_no_more() throws Exception {
        Follower follower = rig.service.follow("shop", Until.ENDLESS, null);
        CompletableFuture<Ending> ending = follow(follower);
        await("draft");
        follower.leave();
        assertThatThrownBy(() -> ending.get(LIMIT_S, TimeUnit.SECONDS)).hasCauseInstanceOf(UncheckedIOException.class);
    }

    private void precheck(CheckItem item) {
        rig.store.tasks().savePrecheck("shop", List.of(item));
        rig.store.progress().put("shop", Facts.PRECHECKED, Long.toString(System.currentTimeMillis()));
    }

    private void transition(Event event) {
        rig.store.tasks().transition("shop", Tasks.ANY_VERSION, event, EnumSet.allOf(Stage.class));
    }

    private CompletableFuture<Ending> follow(Until until, String from) {
        return follow(rig.service.follow("shop", until, from));
    }

    private CompletableFuture<Ending> follow(Follower follower) {
        CompletableFuture<Ending> ending = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try (follower) {
                ending.complete(follower.follow(listener()));
            } catch (Exception failure) {
                ending.completeExceptionally(failure);
            }
        });
        return ending;
    }

    private void followed(Until until, String from) {
        try (Follower follower = rig.service.follow("shop", until, from)) {
            follower.follow(listener());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private Follower.Listener listener() {
        return new Follower.Listener() {
            @Override
            public void event(io.opendts.model.event.Event event, String bookmark) {
                told.add(EventJson.of(event).toString());
                bookmarks.add(bookmark);
            }

            @Override
            public void idle() {
                idle = true;
            }
        };
    }

    private void await(String part) throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_S);
        while (told.stream().noneMatch(line -> line.contains(part))) {
            assertThat(System.nanoTime()).as("waiting for " + part + " in " + told + (idle ? ", idle" : "")).isLessThan(end);
            Thread.onSpinWait();
        }
    }
}
