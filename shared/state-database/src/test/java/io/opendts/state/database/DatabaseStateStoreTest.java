package io.opendts.state.database;

import io.opendts.state.StateStore;
import io.opendts.state.StateStoreContract;
import io.opendts.testkit.ServerVersion;
import org.junit.jupiter.api.Nested;

/** The contract of state stores, on each database that is supported. */
class DatabaseStateStoreTest {

    abstract static class OnServer extends StateStoreContract {

        private final StoreServer server;

        OnServer(StoreServer server) {
            this.server = server;
            server.empty();
        }

        @Override
        protected StateStore open() {
            return DatabaseStateStore.open(server.settings(), clock);
        }
    }

    @Nested
    class MySql80 extends OnServer {
        MySql80() {
            super(StoreServer.mysql(ServerVersion.MYSQL_8_0));
        }
    }

    @Nested
    class MySql97 extends OnServer {
        MySql97() {
            super(StoreServer.mysql(ServerVersion.MYSQL_9_7));
        }
    }

    @Nested
    class MariaDb1011 extends OnServer {
        MariaDb1011() {
            super(StoreServer.mysql(ServerVersion.MARIADB_10_11));
        }
    }

    @Nested
    class PostgreSql extends OnServer {
        PostgreSql() {
            super(StoreServer.postgres());
        }
    }
}
