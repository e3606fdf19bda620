package io.opendts.engines.mysql.check;

import io.opendts.engines.mysql.ServerFacts;
import io.opendts.engines.mysql.schema.SystemVersioning;
import io.opendts.engines.mysql.wire.Errno;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.model.Cascades;
import io.opendts.model.Catalog;
import io.opendts.model.CheckItem;
import io.opendts.model.ErrorCode;
import io.opendts.model.Stage;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.CheckScope;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What must be true of a source before a task starts. Only reads. Item ids are stable: task files name them. */
public final class SourceCheck {

    private static final int NAMED_MAX = 10;
    private static final Set<String> UNREADABLE_ENGINES = Set.of("FEDERATED", "MRG_MYISAM", "MERGE", "TOKUDB", "SPIDER", "CONNECT");
    private static final Set<String> TRANSACTIONAL_ENGINES = Set.of("INNODB", "ROCKSDB", "NDBCLUSTER", "NDB");
    private static final List<String> OBJECT_PRIVILEGES = List.of("SHOW VIEW", "TRIGGER", "EVENT");
    private static final long RETENTION_WANTED_SECONDS = 24 * 3600;

    private final MySqlConnection server;
    private final ServerFacts facts;
    private final CheckScope scope;
    private final List<CheckItem> items = new ArrayList<>();

    public SourceCheck(MySqlConnection server, ServerFacts facts, CheckScope scope) {
        this.server = server;
        this.facts = facts;
        this.scope = scope;
    }

    public List<CheckItem> items(Catalog catalog) {
        version();
        if (scope.includes(Stage.INCREMENTAL)) {
            log();
            replicaChain();
            retention();
            replicationPrivileges();
        }
        if (scope.includes(Stage.FULL)) {
            readable(catalog);
        }
        if (scope.includes(Stage.SCHEMA)) {
            visible(catalog);
        }
        storageEngines(catalog);
        versioned(catalog);
        counting();
        cascades(catalog);
        keyless(catalog);
        foreignKeys(catalog);
        return List.copyOf(items);
    }

    private void version() {
        if (facts.supported()) {
            items.add(CheckItem.passed("source.version", ErrorCode.SOURCE_VERSION, facts.describe()));
        } else {
            items.add(CheckItem.failed("source.version", ErrorCode.SOURCE_VERSION,
                    "the source is " + facts.describe() + "; supported are MySQL 5.7 and later, MariaDB 10.3 and later",
                    "upgrade the source, or read from a replica of a supported version"));
        }
    }

    private void log() {
        setting("source.binlog.enabled", ErrorCode.SOURCE_LOG_OFF, "log_bin", List.of("1", "ON"), "ON",
                "set log_bin in the server's configuration and restart it");
        setting("source.binlog.format", ErrorCode.SOURCE_LOG_SETTINGS, "binlog_format", List.of("ROW"), "ROW",
                "SET GLOBAL binlog_format = 'ROW'; then close connections that were opened before");
        setting("source.binlog.row-image", ErrorCode.SOURCE_LOG_SETTINGS, "binlog_row_image", List.of("FULL"), "FULL",
                "SET GLOBAL binlog_row_image = 'FULL'; then close connections that were opened before");
        String serverId = facts.variable("server_id").orElse("0");
        if (serverId.equals("0")) {
            items.add(CheckItem.failed("source.server-id", ErrorCode.SOURCE_SERVER_ID, "server_id is 0: the server refuses to send its log",
                    "SET GLOBAL server_id = 1; and set it in the server's configuration"));
        } else {
            items.add(CheckItem.passed("source.server-id", ErrorCode.SOURCE_SERVER_ID, "server_id is " + serverId));
        }
    }

    private void setting(String item, ErrorCode code, String variable, List<String> good, String wanted, String remedy) {
        String found = facts.variable(variable).orElse("not set");
        items.add(good.contains(found.toUpperCase(Locale.ROOT))
                ? CheckItem.passed(item, code, variable + " is " + wanted)
                : CheckItem.failed(item, code, variable + " is " + found + ", wanted " + wanted, remedy));
    }

    /** A replica that does not log what it applies gives a log with holes. */
    private void replicaChain() {
        boolean replica;
        try {
            replica = server.query(facts.replicaStatusStatement()).size() > 0;
        } catch (MySqlServerError noPrivilege) {
            replica = false;
        }
        String logged = facts.variable("log_replica_updates").or(() -> facts.variable("log_slave_updates")).orElse("ON");
        if (replica && !Set.of("ON", "1").contains(logged.toUpperCase(Locale.ROOT))) {
            items.add(CheckItem.failed("source.binlog.replica-updates", ErrorCode.SOURCE_LOG_SETTINGS,
                    "the source is a replica and log_slave_updates is " + logged + ": its log lacks what it replicates",
                    "set log_slave_updates=ON in the server's configuration and restart it, or read from its primary"));
        } else {
            items.add(CheckItem.passed("source.binlog.replica-updates", ErrorCode.SOURCE_LOG_SETTINGS,
                    replica ? "a replica that logs what it applies" : "not a replica"));
        }
    }

    private void retention() {
        long seconds = facts.logRetentionSeconds();
        if (seconds == 0 || seconds >= RETENTION_WANTED_SECONDS) {
            items.add(CheckItem.passed("source.binlog.retention", ErrorCode.SOURCE_RETENTION,
                    seconds == 0 ? "the log is kept until it is purged by hand" : "the log is kept for " + seconds / 3600 + " h"));
        } else {
            items.add(CheckItem.warning("source.binlog.retention", ErrorCode.SOURCE_RETENTION,
                    "the log is kept for " + seconds + " s only: a task that is stopped for longer cannot go on",
                    facts.mariaDb() || facts.variable("binlog_expire_logs_seconds").isEmpty()
                            ? "SET GLOBAL expire_logs_days = 3;" : "SET GLOBAL binlog_expire_logs_seconds = 259200;"));
        }
    }

    private void replicationPrivileges() {
        Grants grants = new Grants(facts.grants());
        List<String> missing = new ArrayList<>();
        if (!grants.global("REPLICATION SLAVE") && !grants.global("REPLICATION REPLICA")) {
            missing.add("REPLICATION SLAVE");
        }
        if (!grants.global("REPLICATION CLIENT") && !grants.global("BINLOG MONITOR")
                && !grants.global("SUPER")) {
            missing.add("REPLICATION CLIENT");
        }
        if (missing.isEmpty()) {
            items.add(CheckItem.passed("source.privileges.replication", ErrorCode.SOURCE_PRIVILEGES, "the account may read the log"));
        } else {
            items.add(CheckItem.failed("source.privileges.replication", ErrorCode.SOURCE_PRIVILEGES,
                    "account " + facts.account() + " lacks " + String.join(", ", missing) + " for reading the log",
                    "GRANT " + String.join(", ", missing) + " ON *.* TO " + facts.quotedAccount() + ";"));
        }
    }

    private void readable(Catalog catalog) {
        List<TableId> refused = new ArrayList<>();
        for (Table table : catalog.tables()) {
            try {
                server.query("SELECT 1 FROM " + facts.quoted(table.id()) + " LIMIT 0");
            } catch (MySqlServerError error) {
                // somebody who may not read a table is never told whether it is there: this one was dropped or renamed meanwhile
                if (error.errno() != Errno.NO_SUCH_TABLE) {
                    refused.add(table.id());
                }
            }
        }
        if (refused.isEmpty()) {
            items.add(CheckItem.passed("source.privileges.select", ErrorCode.SOURCE_PRIVILEGES,
                    "the account may read all selected tables"));
        } else {
            Set<String> databases = refused.stream().map(TableId::database).collect(Collectors.toCollection(java.util.TreeSet::new));
            items.add(CheckItem.failed("source.privileges.select", ErrorCode.SOURCE_PRIVILEGES,
                    "account " + facts.account() + " cannot read " + named(refused),
                    databases.stream().map(d -> "GRANT SELECT, SHOW VIEW ON " + facts.quoted(d) + ".* TO " + facts.quotedAccount() + ";")
                            .collect(Collectors.joining(" "))));
        }
    }

    /** The server hides triggers and events from accounts without these privileges: they would be missing without a word. */
    private void visible(Catalog catalog) {
        Grants grants = new Grants(facts.grants());
        List<String> remedies = catalog.tables().stream().map(t -> t.id().database()).distinct()
                .filter(d -> !grants.missingOn(d, OBJECT_PRIVILEGES).isEmpty())
                .map(d -> "GRANT " + String.join(", ", grants.missingOn(d, OBJECT_PRIVILEGES)) + " ON " + facts.quoted(d) + ".* TO "
                        + facts.quotedAccount() + ";")
                .toList();
        items.add(remedies.isEmpty()
                ? CheckItem.passed("source.privileges.objects", ErrorCode.SOURCE_PRIVILEGES, "the account sees views, triggers and events")
                : CheckItem.warning("source.privileges.objects", ErrorCode.SOURCE_PRIVILEGES,
                        "account " + facts.account() + " lacks " + String.join(", ", OBJECT_PRIVILEGES)
                                + ": the server hides views' texts, triggers and events from it, and they would be left behind",
                        String.join(" ", remedies)));
    }

    private void storageEngines(Catalog catalog) {
        List<TableId> unreadable = tables(catalog, t -> UNREADABLE_ENGINES.contains(t.storageEngine().toUpperCase(Locale.ROOT)));
        List<TableId> plain = tables(catalog, t -> !UNREADABLE_ENGINES.contains(t.storageEngine().toUpperCase(Locale.ROOT))
                && !TRANSACTIONAL_ENGINES.contains(t.storageEngine().toUpperCase(Locale.ROOT)));
        if (!unreadable.isEmpty()) {
            items.add(CheckItem.failed("source.tables.engine", ErrorCode.SOURCE_STORAGE_ENGINE,
                    "the storage engine does not hold its own rows: " + named(unreadable),
                    "leave these tables out, or ALTER TABLE ... ENGINE=InnoDB"));
        } else if (!plain.isEmpty()) {
            items.add(CheckItem.warning("source.tables.engine", ErrorCode.SOURCE_STORAGE_ENGINE,
                    "these are not transactional: a copy under load is exact only for those with a key, and on the target they become"
                            + " InnoDB: " + named(plain),
                    "ALTER TABLE ... ENGINE=InnoDB"));
        } else {
            items.add(CheckItem.passed("source.tables.engine", ErrorCode.SOURCE_STORAGE_ENGINE, "all tables are transactional"));
        }
    }

    private void versioned(Catalog catalog) {
        List<TableId> versioned = tables(catalog, t -> SystemVersioning.of(t).isPresent());
        List<TableId> asText = tables(catalog, t -> SystemVersioning.of(t).filter(SystemVersioning::byTransaction).isPresent());
        if (!asText.isEmpty() && scope.includes(Stage.INCREMENTAL)) {
            items.add(CheckItem.failed("source.tables.versioned", ErrorCode.SOURCE_HISTORY,
                    "MariaDB logs changes of tables with a history by transactions as text, not as rows: " + named(asText),
                    "leave them out, copy them alone with stages: [schema, full], or ALTER TABLE ... DROP SYSTEM VERSIONING"));
        } else if (!versioned.isEmpty()) {
            items.add(CheckItem.warning("source.tables.versioned", ErrorCode.SOURCE_HISTORY,
                    "the past rows of system-versioned tables stay behind: the target keeps its own history from the copy on,"
                            + " where it can keep one: " + named(versioned),
                    "copy the history apart, by SELECT ... FOR SYSTEM_TIME ALL, if it is needed"));
        }
    }

    /** Servers of a ring give every other number only: a target that takes over must do so as well. */
    private void counting() {
        String step = facts.variable("auto_increment_increment").orElse("1");
        String offset = facts.variable("auto_increment_offset").orElse("1");
        if (step.equals("1")) {
            items.add(CheckItem.passed("source.auto-increment", ErrorCode.SOURCE_AUTO_INCREMENT, "AUTO_INCREMENT goes in steps of 1"));
        } else {
            String set = "SET GLOBAL auto_increment_increment = " + step + ", GLOBAL auto_increment_offset = " + offset + ";";
            items.add(CheckItem.warning("source.auto-increment", ErrorCode.SOURCE_AUTO_INCREMENT,
                    "AUTO_INCREMENT goes in steps of " + step + " from " + offset + ": the server decides that, not the table",
                    "on the target: " + set));
        }
    }

    private void keyless(Catalog catalog) {
        List<TableId> keyless = tables(catalog, t -> t.identity().isEmpty());
        if (keyless.isEmpty()) {
            items.add(CheckItem.passed("source.tables.keyless", ErrorCode.SOURCE_KEYLESS_TABLE, "every table has a key"));
            return;
        }
        String lockable = facts.mariaDb() ? "" : missingLocks(keyless);
        if (!lockable.isEmpty()) {
            items.add(CheckItem.failed("source.tables.keyless", ErrorCode.SOURCE_KEYLESS_TABLE,
                    "tables without a key need one moment's lock for an exact copy, and the account may not lock: " + named(keyless),
                    lockable));
        } else {
            items.add(CheckItem.warning("source.tables.keyless", ErrorCode.SOURCE_KEYLESS_TABLE,
                    "without a primary key or a unique key of NOT NULL columns a table is copied in one piece, and its changes are applied"
                            + " row by row, slowly: " + named(keyless),
                    "ALTER TABLE ... ADD PRIMARY KEY"));
        }
    }

    /** The grants that a copy together with the log lacks; empty where it lacks none. */
    private String missingLocks(List<TableId> tables) {
        if (!scope.includes(Stage.FULL) || !scope.includes(Stage.INCREMENTAL)) {
            return "";
        }
        Grants grants = new Grants(facts.grants());
        return tables.stream().map(TableId::database).distinct().filter(d -> !grants.on(d, "LOCK TABLES"))
                .map(d -> "GRANT LOCK TABLES ON " + facts.quoted(d) + ".* TO " + facts.quotedAccount() + ";")
                .collect(Collectors.joining(" "));
    }

    /** Rows that the storage engine changes by a foreign key are in no log: both sides must be the same at one moment of it. */
    private void cascades(Catalog catalog) {
        Cascades cascades = Cascades.among(catalog.tables(), t -> t.identity().isEmpty());
        List<TableId> tied = tables(catalog, t -> cascades.ties(t.id()));
        List<TableId> links = tables(catalog, t -> cascades.part(t.id()) == Cascades.Part.LINK);
        String lockable = missingLocks(tied);
        if (!lockable.isEmpty()) {
            items.add(CheckItem.failed("source.foreign-keys.cascades", ErrorCode.SOURCE_FOREIGN_KEY,
                    "tables of cascading foreign keys need one moment's lock for an exact copy, and the account may not lock: "
                            + named(tied), lockable));
        } else if (!links.isEmpty() && scope.includes(Stage.FULL) && scope.includes(Stage.INCREMENTAL)) {
            items.add(CheckItem.warning("source.foreign-keys.cascades", ErrorCode.SOURCE_FOREIGN_KEY,
                    "cascades change these tables and go on from them, so they are copied in one transaction, each in one piece: "
                            + named(links), "nothing needs to be done; leave them room for a long transaction if they are large"));
        } else {
            items.add(CheckItem.passed("source.foreign-keys.cascades", ErrorCode.SOURCE_FOREIGN_KEY,
                    tied.isEmpty() ? "no foreign key cascades" : "no table hands a cascade on"));
        }
    }

    private void foreignKeys(Catalog catalog) {
        Set<TableId> selected = catalog.tables().stream().map(Table::id).collect(Collectors.toSet());
        List<String> dangling = catalog.tables().stream()
                .flatMap(t -> t.foreignKeys().stream().filter(k -> !selected.contains(k.parent()))
                        .map(k -> t.id() + " refers to " + k.parent()))
                .toList();
        if (dangling.isEmpty()) {
            items.add(CheckItem.passed("source.foreign-keys", ErrorCode.SOURCE_FOREIGN_KEY, "every parent table is selected"));
        } else {
            items.add(CheckItem.ignorable("source.foreign-keys", ErrorCode.SOURCE_FOREIGN_KEY,
                    "parents that are not selected: " + String.join("; ", dangling.subList(0, Math.min(NAMED_MAX, dangling.size()))),
                    "select the parents too, or make sure that the target has them and ignore this item"));
        }
    }

    private static List<TableId> tables(Catalog catalog, java.util.function.Predicate<Table> which) {
        return catalog.tables().stream().filter(which).map(Table::id).toList();
    }

    static String named(List<TableId> tables) {
        String first = tables.stream().limit(NAMED_MAX).map(TableId::toString).collect(Collectors.joining(", "));
        return tables.size() > NAMED_MAX ? first + " and " + (tables.size() - NAMED_MAX) + " more" : first;
    }
}
