package io.opendts.engines.mysql.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.engines.mysql.TestServers;
import io.opendts.engines.mysql.apply.Bed;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.model.Change;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Row;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.Relations;
import io.opendts.testkit.ServerVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the log of a real server says of a row is what the copy reads of it, byte for byte. */
class MySqlLogReaderTest {

    private static final long LIMIT_NANOS = 30_000_000_000L;
    private static final int KEY_CHANGE = 100_000;

    private record OneTable(Table table, Relation relation) implements Relations {

        @Override
        public Optional<Known> of(TableId id) {
            return id.equals(table.id()) ? Optional.of(new Known(table, Route.same(id), relation)) : Optional.empty();
        }

        @Override
        public boolean followsSchema(TableId table) {
            return table.database().equals(this.table.id().database());
        }

        @Override
        public List<String> databases() {
            return List.of(table.id().database());
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyKindOfValueReadsAsInTheCopy(ServerVersion server) {
        Bed bed = new Bed(server, "log-kinds");
        List<AllTypes.Sample> samples = AllTypes.samples(!server.isMySql(), server.major(), server.minor());
        List<String> columns = new ArrayList<>();
        for (int i = 0; i < samples.size(); i++) {
            columns.add("c" + i + " " + samples.get(i).definition());
        }
        bed.run("DROP DATABASE IF EXISTS lr", "CREATE DATABASE lr CHARACTER SET utf8mb4",
                "CREATE TABLE lr.t(id INT PRIMARY KEY," + String.join(",", columns) + ")");
        Position start = end(bed);
        bed.run(inserts(samples).toArray(String[]::new));
        Table table = bed.table("lr", "t");
        List<Row> copied = bed.rows(table, 10_000);
        bed.run("UPDATE lr.t SET id=id+" + KEY_CHANGE, "DELETE FROM lr.t", "CREATE TABLE lr.done(i INT)");

        for (Position from : starts(start)) {
            List<Row> inserted = new ArrayList<>();
            List<Row> before = new ArrayList<>();
            List<Row> after = new ArrayList<>();
            List<Row> deleted = new ArrayList<>();
            for (Change change : changes(server, from, new OneTable(table, Relation.of(1, table, Route.same(table.id()), false)))) {
                switch (change) {
                    case Change.Insert(Relation _, Row row) -> inserted.add(row);
                    case Change.Update(Relation _, Row old, Row now) -> {
                        before.add(old);
                        after.add(now);
                    }
                    case Change.Delete(Relation _, Row row) -> deleted.add(row);
                    case Change.Begin _, Change.End _, Change.Truncate _, Change.Ddl _ -> { }
                }
            }
            assertThat(inserted).as("inserted, read from %s", from).containsExactlyElementsOf(copied);
            assertThat(before).as("updated, read from %s", from).containsExactlyInAnyOrderElementsOf(copied);
            assertThat(deleted).as("deleted, read from %s", from).containsExactlyInAnyOrderElementsOf(after).hasSameSizeAs(copied);
        }
    }

    /** A row a value, all other columns NULL. */
    private static List<String> inserts(List<AllTypes.Sample> samples) {
        List<String> statements = new ArrayList<>();
        for (int column = 0; column < samples.size(); column++) {
            for (String value : samples.get(column).values()) {
                statements.add("INSERT INTO lr.t(id,c" + column + ") VALUES (" + statements.size() + "," + value + ")");
            }
        }
        return statements;
    }

    private static Position end(Bed bed) {
        try (MySqlConnection connection = bed.open()) {
            return TestServers.logEnd(connection);
        }
    }

    /** By GTIDs, and by file alone. */
    private static List<Position> starts(Position start) {
        MySqlPosition both = MySqlPosition.parse(start);
        return List.of(start, new MySqlPosition(both.file(), both.offset(), GtidSet.NONE).position());
    }

    private static List<Change> changes(ServerVersion server, Position from, Relations relations) {
        List<Change> changes = new ArrayList<>();
        long limit = System.nanoTime() + LIMIT_NANOS;
        try (MySqlLogReader reader = MySqlLogReader.open(TestServers.root(server), from, relations, new NoLook())) {
            while (true) {
                assertThat(System.nanoTime()).as("the log's end does not come").isLessThan(limit);
                Optional<Change> next = reader.next();
                next.ifPresent(changes::add);
                if (next.orElse(null) instanceof Change.Ddl ddl && ddl.statement().contains("lr.done")) {
                    return changes;
                }
            }
        }
    }
}
