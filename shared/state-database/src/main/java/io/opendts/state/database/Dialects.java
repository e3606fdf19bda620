package io.opendts.state.database;

import org.hibernate.dialect.DatabaseVersion;
import org.hibernate.dialect.Dialect;
import org.hibernate.dialect.MySQLDialect;
import org.hibernate.dialect.PostgreSQLDialect;
import org.hibernate.dialect.RowLockStrategy;
import org.hibernate.dialect.lock.internal.MySQLLockingSupport;
import org.hibernate.dialect.lock.spi.LockingSupport;

/**
 * The SQL that Hibernate writes. The versions are the oldest ones that are supported, told and not asked for: asking costs a
 * connection before anything else, and SQL of an old version runs on newer servers.
 */
final class Dialects {

    private Dialects() {}

    static Dialect of(DatabaseSettings settings) {
        return switch (settings.product()) {
            case MYSQL -> new MySqlAndMariaDb();
            case POSTGRESQL -> new PostgreSql();
        };
    }

    /** MySQL's, without {@code for update of}, which MariaDB does not know: which of the two it is shows only after connecting. */
    static final class MySqlAndMariaDb extends MySQLDialect {

        private static final LockingSupport WHOLE_ROWS = new MySQLLockingSupport() {
            @Override
            public RowLockStrategy getWriteRowLockStrategy() {
                return RowLockStrategy.NONE;
            }
        };

        MySqlAndMariaDb() {
            super(DatabaseVersion.make(8, 0, 11));
        }

        @Override
        public LockingSupport getLockingSupport() {
            return WHOLE_ROWS;
        }

        @Override
        protected boolean supportsAliasLocks() {
            return false;
        }
    }

    static final class PostgreSql extends PostgreSQLDialect {
        PostgreSql() {
            super(DatabaseVersion.make(13));
        }
    }
}
