package io.opendts.state.database;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.state.database.DatabaseSettings.Product;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * Creates and upgrades the tables, step by step: {@link #STEPS} are only ever added to, and the table schema_version holds how many
 * have been made. A step that was cut off (MySQL commits each of its statements) can be made again from its beginning.
 */
final class Schema {

    /** Under a lock of the server's, which ends with its connection: processes that start at once wait for the first. */
    private static final int LOCK_WAIT_SECONDS = 120;
    private static final long POSTGRESQL_LOCK = 0x6f70656e647473L;

    private static final List<Function<Product, List<String>>> STEPS = List.of(SchemaFirst::statements,
            SchemaSecond::statements);

    private Schema() {}

    static int version() {
        return STEPS.size();
    }

    static void migrate(DatabaseSettings settings) {
        Vertx vertx = Connections.vertx();
        Pool pool = Connections.pool(vertx, settings);
        try {
            SqlConnection connection = await(pool.getConnection());
            try {
                migrate(connection, settings);
            } finally {
                await(connection.close());
            }
        } catch (RuntimeException e) {
            throw new Failures(settings).told(e);
        } finally {
            await(pool.close());
            await(vertx.close());
        }
    }

    private static void migrate(SqlConnection connection, DatabaseSettings settings) {
        Product product = settings.product();
        lock(connection, product);
        try {
            await(connection.query("create table if not exists schema_version (version int not null primary key)").execute());
            int there = there(connection);
            refuseNewer(there, settings);
            for (int step = there; step < STEPS.size(); step++) {
                for (String statement : STEPS.get(step).apply(product)) {
                    await(connection.query(statement).execute());
                }
                await(connection.query("insert into schema_version (version) values (" + (step + 1) + ")").execute());
            }
        } finally {
            await(connection.query(switch (product) {
                case MYSQL -> "select release_lock(concat('dts.', sha2(database(), 224)))";
                case POSTGRESQL -> "select pg_advisory_unlock(" + POSTGRESQL_LOCK + ")";
            }).execute());
        }
    }

    /** Both wait in the server; PostgreSQL's wait is ended by lock_timeout, so it is asked again. */
    private static void lock(SqlConnection connection, Product product) {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LOCK_WAIT_SECONDS);
        while (true) {
            try {
                RowSet<Row> answer = await(connection.query(switch (product) {
                    case MYSQL -> "select get_lock(concat('dts.', sha2(database(), 224)), 4)";
                    case POSTGRESQL -> "select 1 from (select pg_advisory_lock(" + POSTGRESQL_LOCK + ")) l";
                }).execute());
                if (Integer.valueOf(1).equals(answer.iterator().next().getInteger(0))) {
                    return;
                }
            } catch (CompletionException e) {
                if (!Failures.passes(e) || System.nanoTime() > limit) {
                    throw e;
                }
            }
            if (System.nanoTime() > limit) {
                throw new CompletionException(new TimeoutException("another process has been upgrading the tables for "
                        + LOCK_WAIT_SECONDS + " s"));
            }
        }
    }

    static int there(SqlClient client) {
        return await(client.query("select coalesce(max(version), 0) from schema_version").execute()).iterator().next().getInteger(0);
    }

    static void refuseNewer(int there, DatabaseSettings settings) {
        if (there > version()) {
            throw new DtsException(ErrorCode.STATE_NEWER, "the state store " + settings.url()
                    + " was made by a newer OpenDTS (tables of version "
                    + there + ", this program knows " + version() + ")", "use that newer OpenDTS");
        }
    }

    private static <T> T await(Future<T> future) {
        try {
            return future.toCompletionStage().toCompletableFuture().get(Database.STEP_LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new CompletionException(e.getCause());
        } catch (TimeoutException e) {
            throw new CompletionException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CompletionException(e);
        }
    }
}
