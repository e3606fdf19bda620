package io.opendts.engines.mysql.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.params.provider.EnumSource.Mode.MATCH_ANY;

import io.opendts.engines.mysql.TestServers;
import io.opendts.engines.mysql.apply.Bed;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.QueryResult;
import io.opendts.model.Change;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Row;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.LookUps.Look;
import io.opendts.spi.Relations;
import io.opendts.testkit.ServerVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The ways in which servers write their log, one by one: the changes, carried out in memory, must end at the rows that the
 * table has; what cannot be carried out must be an error with a code.
 */
class LogEventsTest {

    private static final long LIMIT_NANOS = 60_000_000_000L;

    /** What a log is read with and what it gave. */
    private static final class Read implements Relations {
        private final Bed bed;
        private final ServerVersion server;
        private final Position start;
        private final List<Position> ends = new ArrayList<>();
        private final List<Change> changes = new ArrayList<>();
        private Table table;

        Read(ServerVersion server, String... schema) {
            this.server = server;
            this.bed = new Bed(server, "log-events");
            bed.run("DROP DATABASE IF EXISTS le", "CREATE DATABASE le CHARACTER SET utf8mb4");
            bed.run(schema);
            table = bed.table("le", "t");
            start = end();
        }

        Position end() {
            try (MySqlConnection connection = bed.open()) {
                return TestServers.logEnd(connection);
            }
        }

        @Override
        public Optional<Known> of(TableId id) {
            return id.equals(table.id())
                    ? Optional.of(new Known(table, Route.same(id), Relation.of(1, table, Route.same(id), false))) : Optional.empty();
        }

        @Override
        public boolean followsSchema(TableId table) {
            return table.database().equals("le");
        }

        @Override
        public List<String> databases() {
            return List.of("le");
        }

        Read until(Position from) {
            Position goal = end();
            MySqlLogOrder order = new MySqlLogOrder();
            long limit = System.nanoTime() + LIMIT_NANOS;
            changes.clear();
            try (MySqlLogReader reader = MySqlLogReader.open(TestServers.root(server), from, this, new Today())) {
                while (!order.reached(reader.position(), goal)) {
                    assertThat(System.nanoTime()).as("the log's end does not come: %s, not %s", reader.position(), goal).isLessThan(limit);
                    reader.next().ifPresent(this::keep);
                }
                while (!changes.isEmpty() && !(changes.getLast() instanceof Change.End)) {
                    reader.next().ifPresent(this::keep);
                }
            }
            return this;
        }

        /** The catalog as it is now, asked for nothing but the columns' numbers. */
        private final class Today implements SourceCatalog {

            @Override
            public Look look(TableId table) {
                throw new AssertionError(table);
            }

            @Override
            public List<Numbered> numbered(TableId table) {
                return column("SELECT CONCAT(ORDINAL_POSITION, ' ', COLUMN_NAME) FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = '"
                        + table.database() + "' AND TABLE_NAME = '" + table.name() + "' ORDER BY ORDINAL_POSITION").stream()
                        .map(text -> text.split(" ", 2)).map(part -> new Numbered(part[1], Integer.parseInt(part[0]))).toList();
            }
        }

        private List<String> column(String query) {
            try (MySqlConnection connection = bed.open()) {
                List<String> texts = new ArrayList<>();
                QueryResult result = connection.query(query);
                for (int i = 0; i < result.size(); i++) {
                    texts.add(result.text(i, 0));
                }
                return texts;
            }
        }

        private void keep(Change change) {
            changes.add(change);
            if (change instanceof Change.End(Position position)) {
                ends.add(position);
            }
        }

        List<Row> carriedOut() {
            List<Row> rows = new ArrayList<>();
            for (Change change : changes) {
                switch (change) {
                    case Change.Insert(Relation _, Row row) -> rows.add(row);
                    case Change.Delete(Relation _, Row row) -> assertThat(rows.remove(row)).as("deleted row is there").isTrue();
                    case Change.Update(Relation _, Row before, Row after) -> {
                        int at = rows.indexOf(before);
                        assertThat(at).as("updated row is there").isNotNegative();
                        rows.set(at, after);
                    }
                    case Change.Begin _, Change.End _, Change.Truncate _, Change.Ddl _ -> { }
                }
            }
            return rows;
        }

        void mustEndAtTheTable() {
            for (Position from : List.of(start, fileOnly(start))) {
                List<Row> rows = until(from).carriedOut();
                assertThat(rows).as("from %s", from).isNotEmpty().containsExactlyInAnyOrderElementsOf(bed.rows(table, 10_000));
            }
        }

        DtsException failure() {
            return catchThrowableOfType(DtsException.class, () -> until(start));
        }
    }

    private static Position fileOnly(Position start) {
        MySqlPosition both = MySqlPosition.parse(start);
        return new MySqlPosition(both.file(), both.offset(), GtidSet.NONE).position();
    }

    @ParameterizedTest
    @EnumSource(mode = MATCH_ANY, names = {"MYSQL_8_0", "MYSQL_9_7"})
    void differencesOfJsonAreAppliedToTheDocument(ServerVersion server) {
        Read log = new Read(server, "CREATE TABLE le.t(id INT PRIMARY KEY, a JSON, n INT, b JSON)");
        String doc = "JSON_OBJECT('name',REPEAT('x',200),'list',JSON_ARRAY(1,2,3,JSON_OBJECT('k','v')),'q\"uo te',1.0,'bb',TRUE)";
        log.bed.run("SET SESSION binlog_row_value_options='PARTIAL_JSON'",
                "INSERT INTO le.t VALUES (1," + doc + ",1," + doc + "),(2," + doc + ",2,NULL),(3,NULL,3," + doc + ")",
                "UPDATE le.t SET n=n+1",
                "UPDATE le.t SET a=JSON_SET(a,'$.name','short'), b=JSON_REMOVE(b,'$.list[1]')",
                "UPDATE le.t SET a=JSON_REPLACE(a,'$.list[3].k',JSON_ARRAY('n',NULL,-7)), n=9",
                "UPDATE le.t SET b=JSON_SET(b,'$.list[0]',2.50,'$.\"q\\\\\"uo te\"',4000000000)",
                "UPDATE le.t SET b=JSON_REMOVE(b,'$.bb') WHERE id=3", "DELETE FROM le.t WHERE id=2");
        log.mustEndAtTheTable();
    }

    @ParameterizedTest
    @EnumSource(mode = MATCH_ANY, names = {"MYSQL_9_7"})
    void compressedTransactionsAndTaggedGtidsAreRead(ServerVersion server) {
        Read log = new Read(server, "CREATE TABLE le.t(id INT PRIMARY KEY, v TEXT)", "CREATE TABLE le.other(id INT PRIMARY KEY, v TEXT)");
        log.bed.run("SET SESSION binlog_transaction_compression=ON", "INSERT INTO le.t VALUES (1,REPEAT('a',5000)),(2,REPEAT('b',5000))",
                "START TRANSACTION", "UPDATE le.t SET v=REPEAT('c',9000)", "INSERT INTO le.other VALUES (1,REPEAT('a',5000))",
                "INSERT INTO le.t VALUES (3,'z')", "COMMIT", "INSERT INTO le.other VALUES (2,REPEAT('a',5000))",
                "SET gtid_next='AUTOMATIC:opendts_tag'", "INSERT INTO le.t VALUES (4,'tagged')", "SET gtid_next='AUTOMATIC'",
                "INSERT INTO le.t VALUES (5,'last')");
        log.mustEndAtTheTable();
        assertThat(log.changes).filteredOn(Change.Begin.class::isInstance)
                .anyMatch(begin -> ((Change.Begin) begin).id().contains(":opendts_tag:"));
    }

    @ParameterizedTest
    @EnumSource(mode = MATCH_ANY, names = {"MARIADB_.*"})
    void compressedEventsAreRead(ServerVersion server) {
        Read log = new Read(server, "CREATE TABLE le.t(id INT PRIMARY KEY, v TEXT)");
        log.bed.run("SET GLOBAL log_bin_compress=ON");
        try {
            log.bed.run("INSERT INTO le.t VALUES (1,REPEAT('a',5000)),(2,REPEAT('b',5000))", "UPDATE le.t SET v=REPEAT('c',900)",
                    "CREATE TABLE le.x(i INT COMMENT '" + "c".repeat(600) + "')", "DELETE FROM le.t WHERE id=1");
        } finally {
            log.bed.run("SET GLOBAL log_bin_compress=OFF");
        }
        log.mustEndAtTheTable();
        assertThat(log.changes).anyMatch(c -> c instanceof Change.Ddl ddl && ddl.statement().contains("CREATE TABLE le.x"));
    }

    @ParameterizedTest
    @EnumSource
    void rotationsChecksumsAndTransactionsOfMoreThanAPacketAreRead(ServerVersion server) {
        Read log = new Read(server, "CREATE TABLE le.t(id INT PRIMARY KEY, v LONGBLOB)");
        String wanted = log.bed.one("SELECT @@GLOBAL.binlog_checksum");
        log.bed.run("INSERT INTO le.t VALUES (1,REPEAT('a',20000000))", "FLUSH BINARY LOGS", "INSERT INTO le.t VALUES (2,'x')");
        log.bed.run("SET GLOBAL binlog_checksum=" + (wanted.equals("NONE") ? "CRC32" : "NONE"));
        try {
            log.bed.run("INSERT INTO le.t VALUES (3,REPEAT('b',17000000))", "DELETE FROM le.t WHERE id=1");
        } finally {
            log.bed.run("SET GLOBAL binlog_checksum=" + wanted);
        }
        log.bed.run("START TRANSACTION", "INSERT INTO le.t SELECT id+10,v FROM le.t",
                "UPDATE le.t SET id=id+20 ORDER BY id DESC", "COMMIT");
        log.mustEndAtTheTable();
    }

    @ParameterizedTest
    @EnumSource
    void readingGoesOnBehindEveryEnd(ServerVersion server) {
        Read log = new Read(server, "CREATE TABLE le.t(id INT PRIMARY KEY, v INT)", "CREATE TABLE le.other(id INT PRIMARY KEY)");
        for (int i = 0; i < 5; i++) {
            log.bed.run("INSERT INTO le.t VALUES (" + i + ",0)", "INSERT INTO le.other VALUES (" + i + ")", "FLUSH BINARY LOGS");
        }
        log.until(log.start);
        List<Change> whole = List.copyOf(log.changes);
        List<Position> ends = List.copyOf(log.ends);
        assertThat(ends).hasSize(5);
        for (Position end : ends) {
            List<Change> rest = whole.subList(whole.indexOf(new Change.End(end)) + 1, whole.size());
            assertThat(log.until(end).changes).as("behind %s", end).containsExactlyElementsOf(rest);
        }
    }

    @ParameterizedTest
    @EnumSource
    void generatedColumnsAndNonTransactionalTablesAreRead(ServerVersion server) {
        Read log = new Read(server, "CREATE TABLE le.t(g VARCHAR(20) AS (CONCAT('g',id)) VIRTUAL, id INT PRIMARY KEY,"
                + " s INT AS (id*2) STORED, v VARCHAR(10)) ENGINE=MyISAM");
        log.bed.run("INSERT INTO le.t(id,v) VALUES (1,'a'),(2,NULL)", "START TRANSACTION", "UPDATE le.t SET v='b' WHERE id=1", "ROLLBACK",
                "DELETE FROM le.t WHERE id=2");
        log.mustEndAtTheTable();
    }

    @ParameterizedTest
    @EnumSource(mode = MATCH_ANY, names = {"MYSQL_8_0", "MYSQL_9_7"})
    void hiddenColumnsOfFunctionalIndexesAreNoColumns(ServerVersion server) {
        Read log = new Read(server, "CREATE TABLE le.t(id INT PRIMARY KEY, v VARCHAR(10), KEY f((UPPER(v))))");
        log.bed.run("INSERT INTO le.t VALUES (1,'a'),(2,NULL)", "UPDATE le.t SET v='bb'");
        log.mustEndAtTheTable();
    }

    /** MySQL 8.0.15 logs their values, and where they are of the columns' own type only the catalog tells them from columns. */
    @ParameterizedTest
    @EnumSource(mode = MATCH_ANY, names = {"MYSQL_8_0", "MYSQL_9_7"})
    void hiddenColumnsInFrontOfLaterOnesAreNoColumns(ServerVersion server) {
        Read log = new Read(server, "CREATE TABLE le.t(id BIGINT PRIMARY KEY, v BIGINT, KEY f((v+1)))",
                "ALTER TABLE le.t ADD w BIGINT, ADD x VARCHAR(10)", "ALTER TABLE le.t ADD KEY g((w+2)), ADD y BIGINT AFTER id");
        log.bed.run("INSERT INTO le.t VALUES (1,2,3,4,'a'),(5,NULL,6,NULL,'b')", "UPDATE le.t SET x='bb', y=7");
        log.mustEndAtTheTable();
    }

    @ParameterizedTest
    @EnumSource(mode = MATCH_ANY, names = "MYSQL_8_0")
    void aTableWhoseHiddenColumnsCannotBeToldAnyMoreIsRefused(ServerVersion server) {
        Read log = new Read(server, "CREATE TABLE le.t(id BIGINT PRIMARY KEY, v BIGINT, KEY f((v+1)))");
        log.bed.run("INSERT INTO le.t VALUES (1,2)", "ALTER TABLE le.t ADD w BIGINT");

        assertThat(log.failure().code()).isEqualTo(ErrorCode.LOG_TABLE_CHANGED);
    }

    @ParameterizedTest
    @EnumSource(mode = MATCH_ANY, names = {"MYSQL_8_0", "MYSQL_9_7", "MARIADB_.*"})
    void aColumnThatTheDescriptionLacksIsNoHiddenOne(ServerVersion server) {
        Read log = new Read(server, "CREATE TABLE le.t(id INT PRIMARY KEY, v INT)");
        String wanted = log.bed.one("SELECT @@GLOBAL.binlog_row_metadata");
        log.bed.run("SET GLOBAL binlog_row_metadata='FULL'");
        try {
            log.bed.run("SET SESSION sql_log_bin=0", "ALTER TABLE le.t ADD w INT", "SET SESSION sql_log_bin=1",
                    "INSERT INTO le.t VALUES (1,2,3)");
        } finally {
            log.bed.run("SET GLOBAL binlog_row_metadata='" + wanted + "'");
        }

        assertThat(log.failure().code()).isEqualTo(ErrorCode.LOG_TABLE_CHANGED);
    }

    /** Brackets of a check are no functional index, and beside the hidden columns of one there can be one that is not known. */
    @ParameterizedTest
    @EnumSource(mode = MATCH_ANY, names = {"MYSQL_8_0", "MYSQL_9_7"})
    void anUnloggedColumnIsNoValueOfAFunctionalIndex(ServerVersion server) {
        assertUnloggedColumnIsRefused(server, "CREATE TABLE le.t(id INT PRIMARY KEY, v INT, CHECK ((id + (v * 2)) > -5))");
        assertUnloggedColumnIsRefused(server, "CREATE TABLE le.t(id INT PRIMARY KEY, v INT, KEY f((v + 1)))");
        assertUnloggedColumnIsRefused(server, "CREATE TABLE le.t(id INT PRIMARY KEY, v INT, KEY f(v,(v + 1)))");
    }

    @ParameterizedTest
    @EnumSource(mode = MATCH_ANY, names = "MARIADB_.*")
    void anUnloggedColumnIsNoHashOfAUniqueKey(ServerVersion server) {
        assertUnloggedColumnIsRefused(server, "CREATE TABLE le.t(id INT PRIMARY KEY, v TEXT, UNIQUE KEY u(v))");
        assertUnloggedColumnIsRefused(server, "CREATE TABLE le.t(id INT PRIMARY KEY, v INT, UNIQUE KEY u(v) USING HASH) ENGINE=MEMORY");
        assertUnloggedColumnIsRefused(server, "CREATE TABLE le.t(id INT PRIMARY KEY, v INT, KEY u(v) USING HASH)");
        assertUnloggedColumnIsRefused(server, "CREATE TABLE le.t(id INT PRIMARY KEY, v INT) COMMENT='USING HASH'");
    }

    @ParameterizedTest
    @EnumSource(mode = MATCH_ANY, names = "MARIADB_.*")
    void hashesOfUniqueKeysAreNoColumns(ServerVersion server) {
        for (String keys : List.of("UNIQUE KEY u(v) USING HASH", "UNIQUE KEY u(t), UNIQUE KEY w(v,t)", "KEY u(v) USING HASH")) {
            Read log = new Read(server, "CREATE TABLE le.t(id INT PRIMARY KEY, v INT, t TEXT, " + keys + ")");
            log.bed.run("INSERT INTO le.t VALUES (1,2,'a'),(2,NULL,NULL)", "UPDATE le.t SET t='bb' WHERE id=1");
            log.mustEndAtTheTable();
        }
    }

    private static void assertUnloggedColumnIsRefused(ServerVersion server, String create) {
        Read log = new Read(server, create);
        log.bed.run("SET SESSION sql_log_bin=0", "ALTER TABLE le.t ADD w DATE", "SET SESSION sql_log_bin=1",
                "INSERT INTO le.t(id,v,w) VALUES (1,2,'2026-12-01')");

        assertThat(log.failure().code()).as(create).isEqualTo(ErrorCode.LOG_TABLE_CHANGED);
    }

    @ParameterizedTest
    @EnumSource
    void rowImagesThatLackColumnsAreRefused(ServerVersion server) {
        Read log = new Read(server, "CREATE TABLE le.t(id INT PRIMARY KEY, v INT, w INT)");
        log.bed.run("SET SESSION binlog_row_image='MINIMAL'", "INSERT INTO le.t VALUES (1,1,1)", "UPDATE le.t SET w=2");

        DtsException failure = log.failure();

        assertThat(failure.code()).isEqualTo(ErrorCode.LOG_ROW_IMAGE_PARTIAL);
        assertThat(failure).hasMessageContaining("le.t").hasMessageContaining("column v");
    }

    @ParameterizedTest
    @EnumSource
    void statementsInPlaceOfRowsAreRefusedWithoutTheirValues(ServerVersion server) {
        Read log = new Read(server, "CREATE TABLE le.t(id INT PRIMARY KEY, v VARCHAR(20))");
        log.bed.run("SET SESSION binlog_format='STATEMENT'", "INSERT INTO le.t VALUES (1,'geheim')");

        DtsException failure = log.failure();

        assertThat(failure.code()).isEqualTo(ErrorCode.LOG_STATEMENT);
        assertThat(failure).hasMessageContaining("INSERT INTO le.t").hasMessageNotContaining("geheim");
    }

    @ParameterizedTest
    @EnumSource
    void preparedTransactionsAreRefusedOnlyWhenTheyTouchTheSelection(ServerVersion server) {
        Read log = new Read(server, "CREATE TABLE le.t(id INT PRIMARY KEY)", "CREATE TABLE le.other(id INT PRIMARY KEY)");
        log.bed.run("XA START 'o'", "INSERT INTO le.other VALUES (1)", "XA END 'o'", "XA PREPARE 'o'", "XA COMMIT 'o'",
                "XA START 'p'", "INSERT INTO le.t VALUES (1)", "XA END 'p'", "XA COMMIT 'p' ONE PHASE");
        log.mustEndAtTheTable();

        log.bed.run("XA START 'q'", "INSERT INTO le.t VALUES (2)", "XA END 'q'", "XA PREPARE 'q'", "XA COMMIT 'q'");

        assertThat(log.failure().code()).isEqualTo(ErrorCode.LOG_STATEMENT);
    }

    @ParameterizedTest
    @EnumSource
    void aLogThatIsGoneIsToldAsPurged(ServerVersion server) {
        Read log = new Read(server, "CREATE TABLE le.t(id INT PRIMARY KEY)");
        MySqlPosition start = MySqlPosition.parse(log.start);
        String prefix = start.file().substring(0, start.file().lastIndexOf('.'));

        DtsException failure = catchThrowableOfType(DtsException.class, () -> log.until(new Position(prefix + ".000000:4")));

        assertThat(failure.code()).isEqualTo(ErrorCode.LOG_PURGED);
        assertThat(failure.remedy()).contains("reset").contains("copy again");
    }

    @ParameterizedTest
    @EnumSource
    void aTableThatIsNotAsDescribedIsRefused(ServerVersion server) {
        Read log = new Read(server, "CREATE TABLE le.t(id INT PRIMARY KEY, v INT)");
        log.bed.run("ALTER TABLE le.t ADD COLUMN w INT", "INSERT INTO le.t VALUES (1,1,1)");

        DtsException failure = log.failure();

        assertThat(failure.code()).isEqualTo(ErrorCode.LOG_TABLE_CHANGED);
        assertThat(failure).hasMessageContaining("le.t");
        assertThat(log.changes).anyMatch(c -> c instanceof Change.Ddl ddl && ddl.statement().contains("ADD COLUMN w"));
    }
}
