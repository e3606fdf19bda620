package io.opendts.state.database;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import io.vertx.sqlclient.Pool;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Stream;
import org.hibernate.boot.MetadataSources;
import org.hibernate.boot.registry.StandardServiceRegistry;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.bytecode.internal.none.BytecodeProviderImpl;
import org.hibernate.bytecode.spi.BytecodeProvider;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.engine.jdbc.spi.SqlExceptionHelper;
import org.hibernate.engine.jdbc.spi.SqlStatementLogger;
import org.hibernate.reactive.mutiny.Mutiny;
import org.hibernate.reactive.pool.ReactiveConnectionPool;
import org.hibernate.reactive.pool.impl.SqlClientPool;
import org.hibernate.reactive.provider.ReactiveServiceRegistryBuilder;
import org.hibernate.reactive.vertx.VertxInstance;
import org.hibernate.reactive.vertx.impl.ProvidedVertxInstance;

/**
 * Units of work on the database, for callers that block. Hibernate Reactive wants a session to stay on one event loop; the caller
 * stays on its own thread, virtual or not, and waits for each step there, so that a unit of work is written as straight code.
 */
final class Database implements AutoCloseable {

    /** Of one step; what can take longer (a lock, a free connection) has a lower limit of its own. */
    static final int STEP_LIMIT_SECONDS = 9;

    /** Kept here, because a logger that nobody holds may lose its level. */
    private static final List<Logger> HIBERNATE_LOGS = Stream.of("org.hibernate.Version", "org.hibernate.orm.jdbc.error",
            "org.hibernate.reactive.pool.impl.SqlClientConnection", "org.hibernate.reactive.provider.impl.ReactiveIntegrator",
            "org.hibernate.engine.jdbc.connections.internal.ConnectionProviderInitiator").map(Logger::getLogger).toList();

    private static final int FAREWELL_LIMIT_SECONDS = 1;
    private static final int ATTEMPTS_MAX = 12;
    private static final long PAUSE_MICROS_MAX = 2_000;

    private final Vertx vertx;
    private final Pool pool;
    private final CompletableFuture<Frame> frame;
    private final Failures failures;

    private record Frame(StandardServiceRegistry registry, Mutiny.SessionFactory factory) {}

    private Database(Vertx vertx, Pool pool, CompletableFuture<Frame> frame, Failures failures) {
        this.vertx = vertx;
        this.pool = pool;
        this.frame = frame;
        this.failures = failures;
    }

    /**
     * Connects, and answers when the tables are known to be this program's. Hibernate's part, which takes three times as long and
     * needs no connection, goes on meanwhile and afterwards: the first unit of work waits for it, a process that has other things
     * to start does not.
     */
    static Database open(DatabaseSettings settings) {
        quiet();
        Vertx vertx = Connections.vertx();
        Pool pool = Connections.pool(vertx, settings);
        CompletableFuture<Frame> frame = new CompletableFuture<>();
        Database database = new Database(vertx, pool, frame, new Failures(settings));
        Thread.ofPlatform().daemon().name("state-store-start").start(() -> {
            try {
                frame.complete(frame(settings, vertx, pool));
            } catch (Throwable e) { // whatever it is, nobody is left waiting
                frame.completeExceptionally(e);
            }
        });
        try {
            database.check(settings);
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** What fails is told by {@link Failures}, with a code; a transaction that another process was in the way of is no warning. */
    private static void quiet() {
        for (Logger logger : HIBERNATE_LOGS) {
            logger.setLevel(Level.OFF);
        }
    }

    private static Frame frame(DatabaseSettings settings, Vertx vertx, Pool pool) {
        StandardServiceRegistry registry = registry(settings, vertx, pool);
        return new Frame(registry, new MetadataSources(registry).addAnnotatedClasses(Rows.ALL).buildMetadata().buildSessionFactory()
                .unwrap(Mutiny.SessionFactory.class));
    }

    private static StandardServiceRegistry registry(DatabaseSettings settings, Vertx vertx, Pool pool) {
        return new ReactiveServiceRegistryBuilder()
                .applySetting(AvailableSettings.DIALECT, Dialects.of(settings))
                .applySetting(AvailableSettings.ALLOW_METADATA_ON_BOOT, false)
                .applySetting(AvailableSettings.JAKARTA_VALIDATION_MODE, "none")
                .applySetting(AvailableSettings.USE_SECOND_LEVEL_CACHE, false)
                .applySetting(AvailableSettings.XML_MAPPING_ENABLED, false)
                .applySetting(AvailableSettings.QUERY_STARTUP_CHECKING, false)
                // Reads and writes the few fields of rows by reflection: code of its own for them takes a cold process longer.
                .addService(BytecodeProvider.class, new BytecodeProviderImpl())
                .addService(VertxInstance.class, new ProvidedVertxInstance(vertx))
                .addService(ReactiveConnectionPool.class, new Shared(pool))
                .build();
    }

    /** One transaction: all or nothing, and again from the start when another process was in the way; {@code work} may run often. */
    <T> T write(Function<Session, T> work) {
        return repeated(work, true);
    }

    /** A single statement that changes something, committed by itself: two round trips less. */
    <T> T alone(Function<Session, T> statement) {
        return repeated(statement, false);
    }

    private <T> T repeated(Function<Session, T> work, boolean transaction) {
        for (int attempt = 1;; attempt++) {
            try {
                return once(work, transaction);
            } catch (RuntimeException e) {
                if (attempt == ATTEMPTS_MAX || !Failures.passes(e)) {
                    throw failures.told(e);
                }
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(
                        ThreadLocalRandom.current().nextLong(PAUSE_MICROS_MAX * attempt) + 1));
            }
        }
    }

    /** Waits as long as it takes: this is work of the own process, which a busy machine makes slow, and no answer of a server. */
    private Frame started() {
        try {
            return frame.get();
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }

    /** Looks only; what it sees may change between two statements. */
    <T> T read(Function<Session, T> work) {
        try {
            return once(work, false);
        } catch (RuntimeException e) {
            throw failures.told(e);
        }
    }

    private <T> T once(Function<Session, T> work, boolean transaction) {
        ContextInternal context = ((ContextInternal) vertx.getOrCreateContext()).duplicate();
        Mutiny.StatelessSession opened = Session.await(context, started().factory()::openStatelessSession);
        Session session = new Session(opened, context);
        CompletableFuture<Void> begun = new CompletableFuture<>();
        CompletableFuture<T> outcome = new CompletableFuture<>();
        CompletableFuture<T> ended = Session.start(context, () -> (transaction
                ? opened.withTransaction(_ -> {
                    begun.complete(null);
                    return Uni.createFrom().completionStage(outcome);
                })
                : Uni.createFrom().completionStage(begun(begun, outcome)))
                .eventually(opened::close));
        ended.whenComplete((_, problem) -> begun.completeExceptionally(problem == null ? new IllegalStateException("over") : problem));
        Session.await(begun);
        try {
            T result = work.apply(session);
            context.runOnContext(_ -> outcome.complete(result));
        } catch (RuntimeException e) {
            context.runOnContext(_ -> outcome.completeExceptionally(e));
            throw e;
        }
        return Session.await(ended);
    }

    private static <T> CompletionStage<T> begun(CompletableFuture<Void> begun, CompletionStage<T> outcome) {
        begun.complete(null);
        return outcome;
    }

    /** One small question, which also is the first connection. */
    private void check(DatabaseSettings settings) {
        try {
            int there = Schema.there(pool);
            Schema.refuseNewer(there, settings);
            if (there < Schema.version()) {
                throw failures.older(there);
            }
        } catch (RuntimeException e) {
            throw failures.told(e);
        }
    }

    @Override
    public void close() {
        try {
            Frame used = started();
            used.factory().close();
            StandardServiceRegistryBuilder.destroy(used.registry());
            // A server that hangs does not answer a farewell either.
            pool.close().toCompletionStage().toCompletableFuture().completeOnTimeout(null, FAREWELL_LIMIT_SECONDS, TimeUnit.SECONDS).get();
            vertx.close().toCompletionStage().toCompletableFuture().completeOnTimeout(null, FAREWELL_LIMIT_SECONDS, TimeUnit.SECONDS).get();
        } catch (Exception e) {
            System.getLogger(Database.class.getName()).log(System.Logger.Level.WARNING, "cannot close the state store in order", e);
        }
    }

    /** The pool as Hibernate wants it; closed by {@link Database#close}. */
    private static final class Shared extends SqlClientPool {

        private static final SqlExceptionHelper CONVERSION = new SqlExceptionHelper(false);
        private static final SqlStatementLogger QUIET = new SqlStatementLogger();

        private final transient Pool pool;

        Shared(Pool pool) {
            this.pool = pool;
        }

        @Override
        protected Pool getPool() {
            return pool;
        }

        @Override
        protected SqlStatementLogger getSqlStatementLogger() {
            return QUIET;
        }

        @Override
        protected SqlExceptionHelper getSqlExceptionHelper() {
            return CONVERSION;
        }

        @Override
        public CompletionStage<Void> getCloseFuture() {
            return CompletableFuture.completedStage(null);
        }
    }
}
