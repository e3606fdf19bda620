package io.opendts.state.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Secret;
import io.opendts.testkit.ServerVersion;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The database goes away and comes back. */
class OutageTest {

    static Stream<StoreServer> servers() {
        return Stream.of(StoreServer.mysql(ServerVersion.MARIADB_10_11),
                StoreServer.mysql(ServerVersion.MYSQL_8_0), StoreServer.postgres());
    }

    @ParameterizedTest
    @MethodSource("servers")
    void whatWasAnsweredIsThereAfterACrashInTheMiddleOfWork(StoreServer server) throws Exception {
        server.empty();
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        AtomicBoolean over = new AtomicBoolean();
        try (DatabaseStateStore store = DatabaseStateStore.open(server.settings())) {
            CompletableFuture<Void> work = CompletableFuture.runAsync(() -> {
                while (!over.get()) {
                    try {
                        store.progress().put("shop", "n", Integer.toString(answered.get() + 1));
                        answered.incrementAndGet();
                    } catch (DtsException e) {
                        assertThat(e.code()).isEqualTo(ErrorCode.STATE_STORE_UNREACHABLE);
                        refused.incrementAndGet();
                    }
                }
            });
            await(work, () -> answered.get() > 50);
            server.kill9();
            await(work, () -> refused.get() > 0);
            server.restart();
            int before = answered.get();
            await(work, () -> answered.get() > before + 50);
            over.set(true);
            work.get(30, TimeUnit.SECONDS);
            assertThat(store.progress().get("shop", "n")).contains(Integer.toString(answered.get()));
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void aServerThatHangsIsGivenUpWithinTenSecondsAndUsedAgainWhenItGoesOn(StoreServer server) throws Exception {
        server.empty();
        try (DatabaseStateStore store = DatabaseStateStore.open(server.settings())) {
            store.progress().put("shop", "n", "1");
            signal(server, "STOP");
            try {
                // PostgreSQL's sessions are processes of their own, which a signal to the first one leaves running: a new one hangs.
                long began = System.nanoTime();
                assertUnreachable(() -> {
                    if (server instanceof StoreServer.Postgres) {
                        DatabaseStateStore.open(server.settings()).close();
                    } else {
                        store.progress().put("shop", "n", "2");
                    }
                });
                assertThat(System.nanoTime() - began).isLessThan(TimeUnit.SECONDS.toNanos(12));
            } finally {
                signal(server, "CONT");
            }
            store.progress().put("shop", "n", "3");
            assertThat(store.progress().get("shop", "n")).contains("3");
        }
    }

    @ParameterizedTest
    @MethodSource("servers")
    void whatIsWrongIsSaid(StoreServer server) {
        DatabaseSettings right = server.settings();
        assertUnreachable(() -> DatabaseStateStore.open(server.settings(1, StoreServer.DATABASE)));
        DatabaseSettings wrong = new DatabaseSettings(right.url(), right.username(), new Secret("wr0ng"), 1);
        assertUnavailable("login", () -> DatabaseStateStore.open(wrong));
        server.recreate();
        assertUnavailable("no tables", () -> DatabaseStateStore.open(right));
        DatabaseStateStore.migrate(right);
        try (var sql = server.sql()) {
            sql.execute("insert into schema_version values (99)");
        }
        assertThatThrownBy(() -> DatabaseStateStore.open(right)).isInstanceOfSatisfying(DtsException.class,
                e -> assertThat(e.code()).isEqualTo(ErrorCode.STATE_NEWER));
        server.recreate();
        assertThatThrownBy(() -> new DatabaseSettings("mysql://me:s3cret@host/db", "me", new Secret(""), 1))
                .isInstanceOf(DtsException.class).hasMessageNotContaining("s3cret");
    }

    private static void assertUnreachable(ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DtsException.class,
                e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(ErrorCode.STATE_STORE_UNREACHABLE));
    }

    private static void assertUnavailable(String word, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(DtsException.class, e -> {
            assertThat(e.code()).isEqualTo(ErrorCode.STATE_UNAVAILABLE);
            assertThat(e.getMessage()).contains(word).doesNotContain("wr0ng");
        });
    }

    private static void signal(StoreServer server, String name) throws Exception {
        assertThat(new ProcessBuilder("kill", "-" + name, Long.toString(server.pid())).start().waitFor(5, TimeUnit.SECONDS)).isTrue();
    }

    private static void await(CompletableFuture<Void> work, java.util.function.BooleanSupplier condition) {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
        while (!condition.getAsBoolean()) {
            assertThat(work).as("the work has ended").isNotDone();
            assertThat(System.nanoTime()).as("time limit of 60 s").isLessThan(limit);
            java.util.concurrent.locks.LockSupport.parkNanos(10_000_000);
        }
    }
}
