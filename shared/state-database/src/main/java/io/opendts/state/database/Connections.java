package io.opendts.state.database;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.mysqlclient.MySQLBuilder;
import io.vertx.mysqlclient.MySQLConnectOptions;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnectOptions;
import io.vertx.sqlclient.SqlConnection;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Connections to the database, with limits on everything that can wait: connecting, a free connection, a lock, a peer that is
 * gone without a word. All sessions read what is committed: with MySQL's default, locks on gaps between rows would make processes
 * that only insert different rows wait for each other.
 */
final class Connections {

    private static final System.Logger LOG = System.getLogger(Connections.class.getName());
    private static final int CONNECT_LIMIT_MILLIS = 5_000;
    private static final int WAIT_LIMIT_SECONDS = 8;
    private static final int LOCK_LIMIT_SECONDS = 5;
    /** Also frees a connection to a server that has vanished or hangs: nothing here takes as long. */
    private static final int SILENCE_LIMIT_SECONDS = 60;
    private static final int WAITING_MAX = 10_000;

    private Connections() {}

    /** Of its own, so that neither files nor threads beyond one or two are made, and the process can end at any time. */
    static Vertx vertx() {
        return Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(1).setInternalBlockingPoolSize(2)
                .setUseDaemonThread(true)
                .setFileSystemOptions(new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false)));
    }

    static Pool pool(Vertx vertx, DatabaseSettings settings) {
        PoolOptions options = new PoolOptions().setMaxSize(settings.connectionsMax()).setMaxWaitQueueSize(WAITING_MAX)
                .setConnectionTimeout(WAIT_LIMIT_SECONDS).setConnectionTimeoutUnit(TimeUnit.SECONDS)
                .setIdleTimeout(SILENCE_LIMIT_SECONDS / 2).setIdleTimeoutUnit(TimeUnit.SECONDS);
        return switch (settings.product()) {
            case MYSQL -> MySQLBuilder.pool().with(options).using(vertx).connectingTo(common(new MySQLConnectOptions()
                    .setCharset("utf8mb4").setCollation("utf8mb4_bin"), settings)).withConnectHandler(Connections::prepare).build();
            case POSTGRESQL -> PgBuilder.pool().with(options).using(vertx).connectingTo(common(new PgConnectOptions()
                    .setProperties(properties()), settings)).build();
        };
    }

    private static SqlConnectOptions common(SqlConnectOptions options, DatabaseSettings settings) {
        options.setHost(settings.host()).setPort(settings.port()).setDatabase(settings.database())
                .setUser(settings.username()).setPassword(settings.password().reveal())
                .setCachePreparedStatements(true);
        options.setConnectTimeout(CONNECT_LIMIT_MILLIS).setTcpKeepAlive(true).setTcpNoDelay(true)
                .setIdleTimeout(SILENCE_LIMIT_SECONDS).setIdleTimeoutUnit(TimeUnit.SECONDS);
        return options;
    }

    /** MySQL's client has no settings for a session, so the first statements of each connection make them, one by one. */
    private static void prepare(SqlConnection connection) {
        connection.query("set session transaction isolation level read committed").execute()
                .compose(_ -> connection.query("set session autocommit = 1, completion_type = 0, sql_safe_updates = 0, "
                        + "sql_select_limit = 18446744073709551615, innodb_lock_wait_timeout = " + LOCK_LIMIT_SECONDS).execute())
                .onFailure(refused -> LOG.log(System.Logger.Level.WARNING, "the state store refuses the settings of a session: "
                        + refused.getMessage()))
                .onComplete(_ -> connection.close());
    }

    private static Map<String, String> properties() {
        return Map.of("application_name", "opendts", "client_min_messages", "warning", "lock_timeout", LOCK_LIMIT_SECONDS + "s",
                "idle_in_transaction_session_timeout", SILENCE_LIMIT_SECONDS + "s",
                "default_transaction_isolation", "read committed", "search_path", "public");
    }
}
