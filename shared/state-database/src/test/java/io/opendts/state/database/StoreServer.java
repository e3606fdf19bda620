package io.opendts.state.database;

import io.opendts.model.Secret;
import io.opendts.testkit.DatabaseServer;
import io.opendts.testkit.PostgresServer;
import io.opendts.testkit.ServerOptions;
import io.opendts.testkit.ServerUnavailableException;
import io.opendts.testkit.ServerVersion;
import io.opendts.testkit.Sql;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Assumptions;

/** A server for state stores, started when first asked for; it ends with the JVM. */
sealed interface StoreServer {

    Map<String, StoreServer> STARTED = new ConcurrentHashMap<>();

    String DATABASE = "dts";

    record MySql(DatabaseServer server) implements StoreServer {}

    record Postgres(PostgresServer server) implements StoreServer {}

    static StoreServer mysql(ServerVersion version) {
        ServerOptions options = ServerOptions.defaults().withoutBinlog().withoutSync();
        return started(version.label(), () -> new MySql(DatabaseServer.start(version, options)));
    }

    static StoreServer postgres() {
        return started("PostgreSQL", () -> new Postgres(PostgresServer.start()));
    }

    private static StoreServer started(String name, java.util.function.Supplier<StoreServer> starter) {
        return STARTED.computeIfAbsent(name, _ -> {
            try {
                StoreServer server = starter.get();
                server.recreate();
                return server;
            } catch (ServerUnavailableException e) {
                if ("true".equals(System.getenv("DTS_REQUIRE_SERVERS"))) {
                    throw e;
                }
                System.err.println("NOT TESTED: " + e.getMessage());
                return Assumptions.abort(e.getMessage());
            }
        });
    }

    default DatabaseSettings settings() {
        return settings(port(), DATABASE);
    }

    default DatabaseSettings settings(int port, String database) {
        return switch (this) {
            case MySql(DatabaseServer s) -> new DatabaseSettings("mysql://127.0.0.1:" + port + "/" + database, s.user(),
                    new Secret(s.password()), 4);
            case Postgres(PostgresServer s) -> new DatabaseSettings("postgresql://127.0.0.1:" + port + "/" + database, s.user(),
                    new Secret(s.password()), 4);
        };
    }

    default int port() {
        return switch (this) {
            case MySql(DatabaseServer s) -> s.port();
            case Postgres(PostgresServer s) -> s.port();
        };
    }

    default Sql sql() {
        return switch (this) {
            case MySql(DatabaseServer s) -> s.sql(DATABASE);
            case Postgres(PostgresServer s) -> s.sql(DATABASE);
        };
    }

    /** A database without tables. */
    default void recreate() {
        switch (this) {
            case MySql(DatabaseServer s) -> {
                try (Sql sql = s.sql()) {
                    sql.execute("drop database if exists " + DATABASE, "create database " + DATABASE);
                }
            }
            case Postgres(PostgresServer s) -> {
                try (Sql sql = s.sql(s.database())) {
                    sql.execute("drop database if exists " + DATABASE + " with (force)", "create database " + DATABASE);
                }
            }
        }
    }

    /** The tables as they are after migration. */
    default void empty() {
        DatabaseStateStore.migrate(settings());
        try (Sql sql = sql()) {
            for (Class<?> row : Rows.ALL) {
                sql.execute("delete from " + row.getAnnotation(jakarta.persistence.Table.class).name());
            }
        }
    }

    default long pid() {
        return switch (this) {
            case MySql(DatabaseServer s) -> s.pid();
            case Postgres(PostgresServer s) -> s.pid();
        };
    }

    default void stop() {
        switch (this) {
            case MySql(DatabaseServer s) -> s.stop();
            case Postgres(PostgresServer s) -> s.stop();
        }
    }

    default void kill9() {
        switch (this) {
            case MySql(DatabaseServer s) -> s.kill9();
            case Postgres(PostgresServer s) -> s.kill9();
        }
    }

    default void restart() {
        switch (this) {
            case MySql(DatabaseServer s) -> s.restart();
            case Postgres(PostgresServer s) -> s.restart();
        }
    }
}
