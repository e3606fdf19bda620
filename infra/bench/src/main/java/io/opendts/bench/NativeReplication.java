package io.opendts.bench;

import io.opendts.testkit.DatabaseServer;
import io.opendts.testkit.ServerVersion;
import io.opendts.testkit.Sql;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The target's own replication, from START to the moment when the server itself says that it has applied the source's last GTID. */
record NativeReplication(Servers servers, int workers) implements Contestant {

    private static final int WAIT_LIMIT_SECONDS = 3600;
    /** Replication that cannot go on tries again for ever: its errors are looked at in between. */
    private static final int WAIT_SLICE_SECONDS = 5;

    @Override
    public String name() {
        return "native replication, " + workers + (workers == 1 ? " worker" : " workers");
    }

    @Override
    public String how() {
        return "by GTID, " + (servers.options().server().isMySql()
                ? "LOGICAL_CLOCK, commit order preserved, dependencies by WRITESET where the source has it"
                : "optimistic in-order parallel mode")
                + ", relay log and own log written; time from START to the end of the server's own wait for the source's last GTID";
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    /** Of a source and of a level target: where replication starts from. */
    static String position(DatabaseServer source) {
        try (Sql sql = source.sql()) {
            return source.version().isMySql() ? sql.value("select @@global.gtid_executed").replace("\n", "")
                    : sql.value("select @@global.gtid_binlog_pos");
        }
    }

    /** Where the source writes next: {@code FILE:POSITION}. */
    static String logPosition(DatabaseServer source) {
        try (Sql sql = source.sql()) {
            List<String> status = sql.rows(source.version() == ServerVersion.MYSQL_9_7 ? "show binary log status" : "show master status")
                    .getFirst();
            return status.get(0) + ":" + status.get(1);
        }
    }

    static void forgetLog(DatabaseServer server) {
        try (Sql sql = server.sql()) {
            sql.execute(server.version() == ServerVersion.MYSQL_9_7 ? "reset binary logs and gtids" : "reset master");
        }
    }

    /** Tells a clone of the source up to where it has the source's transactions. */
    static void setPosition(DatabaseServer target, String position) {
        forgetLog(target);
        try (Sql sql = target.sql()) {
            sql.execute("set global " + (target.version().isMySql() ? "gtid_purged" : "gtid_slave_pos") + "='" + position + "'");
        }
    }

    @Override
    public void prepare() throws InterruptedException {
        prepare(CatchUp.LEVEL);
    }

    /** Configured on a target made from that template, not started. */
    void prepare(String template) throws InterruptedException {
        servers.resetTarget(template);
        try (Sql sql = servers.target().sql()) {
            configure().forEach(sql::execute);
        }
    }

    private List<String> configure() {
        DatabaseServer source = servers.source();
        String where = "='" + source.host() + "', %1$s_PORT=" + source.port() + ", %1$s_USER='" + Servers.USER + "', %1$s_PASSWORD='"
                + Servers.PASSWORD + "', ";
        int parallel = workers == 1 ? 0 : workers;
        return switch (servers.target().version()) {
            case MARIADB_10_11, MARIADB_11_4 -> List.of("set global slave_parallel_threads=" + parallel,
                    "set global slave_parallel_mode=optimistic",
                    ("CHANGE MASTER TO MASTER_HOST" + where + "MASTER_SSL=0, MASTER_SSL_VERIFY_SERVER_CERT=0, MASTER_USE_GTID=slave_pos")
                            .formatted("MASTER"));
            case MYSQL_5_7, MYSQL_8_0 -> List.of("set global slave_parallel_type=LOGICAL_CLOCK",
                    "set global slave_preserve_commit_order=ON",
                    "set global slave_parallel_workers=" + parallel,
                    ("CHANGE MASTER TO MASTER_HOST" + where + "MASTER_AUTO_POSITION=1").formatted("MASTER"));
            case MYSQL_9_7 -> List.of("set global replica_parallel_workers=" + workers,
                    ("CHANGE REPLICATION SOURCE TO SOURCE_HOST" + where + "SOURCE_SSL=0, SOURCE_AUTO_POSITION=1, GET_SOURCE_PUBLIC_KEY=1")
                            .formatted("SOURCE"));
        };
    }

    @Override
    public Sample measure() throws InterruptedException {
        String goal = position(servers.source());
        return servers.measured(() -> {
            try (Sql sql = servers.target().sql()) {
                long started = System.nanoTime();
                sql.execute(renamed("START REPLICA"));
                await(sql, goal);
                return new Sample((System.nanoTime() - started) / 1e9, 0, 0, 0, 0, Map.of());
            }
        });
    }

    /** Goes on until the target is put back to a template. */
    void start() {
        try (Sql sql = servers.target().sql()) {
            sql.execute(renamed("START REPLICA"));
        }
    }

    /** Returns at the moment when the server has applied the goal. */
    private void await(Sql sql, String goal) {
        String wait = "select " + (servers.target().version().isMySql() ? "wait_for_executed_gtid_set" : "master_gtid_wait")
                + "('" + goal + "', " + WAIT_SLICE_SECONDS + ")";
        for (int seconds = 0; seconds < WAIT_LIMIT_SECONDS; seconds += WAIT_SLICE_SECONDS) {
            if ("0".equals(sql.value(wait))) {
                return;
            }
            String error = error(sql);
            if (!error.isEmpty()) {
                throw new ContestantFailed("replication stands still: " + error);
            }
        }
        throw new ContestantFailed("the target did not reach " + goal + " within " + WAIT_LIMIT_SECONDS + " s");
    }

    /** @throws ContestantFailed when it has met an error */
    void requireRunning() {
        try (Sql sql = servers.target().sql()) {
            String error = error(sql);
            if (!error.isEmpty()) {
                throw new ContestantFailed("replication stands still: " + error);
            }
        }
    }

    private String error(Sql sql) {
        try (Statement statement = sql.connection().createStatement();
                ResultSet status = statement.executeQuery(renamed("SHOW REPLICA STATUS"))) {
            return status.next() ? (status.getString("Last_IO_Error") + " " + status.getString("Last_SQL_Error")).strip()
                    : "it is not configured";
        } catch (SQLException e) {
            throw new ContestantFailed("cannot read the target's replication status: " + e.getMessage());
        }
    }

    /** Servers before MySQL 8.0.22 and MariaDB 10.5 know only the old words, newer MySQL only the new ones. */
    private String renamed(String statement) {
        return servers.target().version() == ServerVersion.MYSQL_9_7 ? statement : statement.replace("REPLICA", "SLAVE");
    }
}
