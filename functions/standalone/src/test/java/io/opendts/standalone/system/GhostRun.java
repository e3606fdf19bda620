package io.opendts.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.engines.mysql.MySqlEngine;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.model.Change;
import io.opendts.model.Endpoint;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Row;
import io.opendts.model.RowReader;
import io.opendts.model.Secret;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.LogReader;
import io.opendts.spi.Relations;
import io.opendts.spi.Selector;
import io.opendts.spi.Session;
import io.opendts.spi.Source;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Changes a table as gh-ost does, by the tables and statements that its documentation and its general log show: a changelog and a ghost
 * table, rows copied by INSERT IGNORE, changes taken from the log and written by REPLACE and DELETE, then the swap. Its key is {@code id}.
 */
final class GhostRun implements AutoCloseable {

    private static final MySqlEngine ENGINE = new MySqlEngine();
    private static final int ROWS_PER_CHUNK = 500;
    private static final long WAIT_SECONDS = 60;

    private final TestServer server;
    private final String database;
    private final String table;
    private final MySqlConnection applier;
    private final Source source;
    private LogReader log;
    private List<String> columns;

    GhostRun(TestServer server, String database, String table) {
        this.server = server;
        Endpoint endpoint = new Endpoint("mysql", List.of(new Endpoint.HostPort(server.server().host(), server.port())),
                server.server().user(), new Secret(server.server().password()), Endpoint.Tls.PREFERRED, Map.of());
        this.source = ENGINE.source(endpoint, Session.of("gh-ost")).orElseThrow();
        this.database = database;
        this.table = table;
        this.applier = server.open();
        applier.execute("USE " + TestServer.quoted(database));
    }

    private String named(String suffix) {
        return "`" + database + "`.`_" + table + "_" + suffix + "`";
    }

    private String itself() {
        return "`" + database + "`.`" + table + "`";
    }

    /** The tables it works with, and the change of the one that nobody uses yet. */
    void prepare(String alteration) {
        applier.execute("drop /* gh-ost */ table if exists " + named("gho"));
        applier.execute("drop /* gh-ost */ table if exists " + named("del"));
        applier.execute("drop /* gh-ost */ table if exists " + named("ghc"));
        applier.execute("create /* gh-ost */ table " + named("ghc") + " ( id bigint unsigned auto_increment,"
                + " last_update timestamp not null DEFAULT CURRENT_TIMESTAMP ON UPDATE CURRENT_TIMESTAMP,"
                + " hint varchar(64) charset ascii not null, value varchar(4096) charset ascii not null,"
                + " primary key(id), unique key hint_uidx(hint) ) auto_increment=256 comment='gh-ost changelog'");
        applier.execute("create /* gh-ost */ table " + named("gho") + " like " + itself());
        note("state", "GhostTableMigrated");
        Table described = source.describe(Selector.databases(name -> name.equals(database) ? Optional.of(name) : Optional.empty()))
                .tables().stream().filter(one -> one.id().name().equals(table)).findFirst().orElseThrow();
        columns = described.columns().stream().map(column -> "`" + column.name() + "`").toList();
        log = source.log(source.position(), new OneTable(described));
        applier.execute("alter /* gh-ost */ table " + named("gho") + " " + alteration);
    }

    private void note(String hint, String value) {
        applier.execute("insert /* gh-ost */ into " + named("ghc") + " (id, hint, value) values (NULLIF(0, 0), '" + hint + "', '" + value
                + "') on duplicate key update last_update=NOW(), value=VALUES(value)");
    }

    /** One of the two at a time, as it does. */
    void copyRows() {
        long last = number("select max(id) from " + itself());
        String all = String.join(", ", columns);
        for (long from = number("select min(id) - 1 from " + itself()); from < last; from += ROWS_PER_CHUNK) {
            applier.execute("insert /* gh-ost " + itself() + " */ ignore into " + named("gho") + " (" + all + ") (select " + all + " from "
                    + itself() + " force index (`PRIMARY`) where id > " + from + " and id <= " + (from + ROWS_PER_CHUNK)
                    + " lock in share mode)");
            applyUpTo(source.position());
            note("heartbeat", Long.toString(from));
        }
    }

    private long number(String query) {
        return Long.parseLong(TestServer.rows(applier, query).getFirst().getFirst());
    }

    /** Many changes in one transaction, as it does too. */
    private void applyUpTo(Position until) {
        applier.execute("START TRANSACTION");
        while (!ENGINE.logOrder().orElseThrow().reached(log.position(), until)) {
            log.next().ifPresent(change -> {
                switch (change) {
                    case Change.Insert(Relation r, Row after) -> replace(r, after);
                    case Change.Update(Relation r, Row before, Row after) -> {
                        delete(r, before);
                        replace(r, after);
                    }
                    case Change.Delete(Relation r, Row before) -> delete(r, before);
                    case Change.Begin _, Change.End _, Change.Truncate _, Change.Ddl _ -> { }
                }
            });
        }
        applier.execute("COMMIT");
    }

    private void replace(Relation relation, Row row) {
        applier.execute("replace /* gh-ost " + itself() + " */ into " + named("gho") + " (" + String.join(", ", columns) + ") values ("
                + String.join(", ", values(relation, row)) + ")");
    }

    private void delete(Relation relation, Row row) {
        applier.execute("delete /* gh-ost " + itself() + " */ from " + named("gho") + " where id = "
                + values(relation, row).get(relation.identity().getFirst()));
    }

    /** In SQL. */
    private static List<String> values(Relation relation, Row row) {
        List<String> values = new ArrayList<>();
        RowReader reader = new RowReader();
        reader.reset(row);
        for (int i = 0; i < relation.columns().size(); i++) {
            values.add(!reader.next() ? "NULL"
                    : TestServer.literal(new String(row.buffer(), reader.offset(), reader.length(), StandardCharsets.UTF_8)));
        }
        return values;
    }

    /**
     * Atomic: a table in the way keeps the renaming back until all changes are carried over. Nobody else may write meanwhile: when the
     * tables are unlocked, the renaming may not yet wait for the table itself, whoever does writes into the old one, and the tool
     * has lost that (seen on MariaDB on a busy machine).
     */
    void swapAtOnce() throws Exception {
        applier.execute("create /* gh-ost */ table " + named("del")
                + " ( id int auto_increment primary key ) engine=InnoDB comment='ghost-cut-over-sentry'");
        try (MySqlConnection locker = server.open(); MySqlConnection renamer = server.open()) {
            locker.execute("lock /* gh-ost */ tables " + itself() + " write, " + named("del") + " write");
            applyUpTo(source.position());
            String rename = "rename /* gh-ost */ table " + itself() + " to " + named("del") + ", " + named("gho") + " to " + itself();
            CompletableFuture<Void> renamed = CompletableFuture.runAsync(() -> renamer.execute(rename));
            await("select count(*) from information_schema.processlist where state like '%metadata lock%' and info like 'rename%'");
            locker.execute("drop /* gh-ost */ table if exists " + named("del"));
            locker.execute("unlock /* gh-ost */ tables");
            renamed.get(WAIT_SECONDS, TimeUnit.SECONDS);
        }
    }

    /** In two steps: between them there is no such table. */
    void swapInTwoSteps() {
        try (MySqlConnection locker = server.open()) {
            locker.execute("lock /* gh-ost */ tables " + itself() + " write");
            applyUpTo(source.position());
            locker.execute("alter /* gh-ost */ table " + itself() + " rename " + named("del"));
            locker.execute("unlock /* gh-ost */ tables");
            locker.execute("alter /* gh-ost */ table " + named("gho") + " rename " + itself());
        }
    }

    private void await(String count) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(WAIT_SECONDS);
        while (number(count) == 0) {
            assertThat(System.nanoTime()).as("the renaming does not wait").isLessThan(deadline);
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
        }
    }

    void dropLog() {
        applier.execute("drop /* gh-ost */ table if exists " + named("ghc"));
    }

    void dropOld() {
        applier.execute("drop /* gh-ost */ table if exists " + named("del"));
    }

    /** It dies in the middle and leaves what it has made. */
    @Override
    public void close() {
        if (log != null) {
            log.close();
        }
        source.close();
        applier.close();
    }

    /** Its rows alone. */
    private record OneTable(Known known) implements Relations {

        OneTable(Table table) {
            this(new Known(table, Route.same(table.id()), Relation.of(1, table, Route.same(table.id()), false)));
        }

        @Override
        public Optional<Known> of(TableId table) {
            return table.equals(known.table().id()) ? Optional.of(known) : Optional.empty();
        }

        @Override
        public boolean followsSchema(TableId table) {
            return false;
        }

        @Override
        public List<String> databases() {
            return List.of(known.table().id().database());
        }
    }
}
