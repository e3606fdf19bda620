package io.opendts.engines.mysql.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.engines.mysql.TestServers;
import io.opendts.engines.mysql.apply.Bed;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.model.Change;
import io.opendts.model.Chunk;
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
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The filtered copy of a table, and behind it the filtered log, come to the filtered table: each change fits what is there. */
class FilteredLogTest {

    private static final long LIMIT_NANOS = 60_000_000_000L;
    private static final List<String> FILTERS = List.of("n > 4", "id % 2 = 0", "name LIKE 'ä%' OR name IS NULL",
            "name = 'b' OR name = 'straße'",
            "NOT (n BETWEEN 2 AND 5 XOR name > 'b')", "at >= '2026-01-05' AND name <> 'A'");
    private static final List<String> NAMES = List.of("'a'", "'Ä'", "'äx'", "'b'", "'B '", "'straße'", "'STRASSE'", "NULL", "'中'");

    private record Filtered(Table table, Route route, Relation relation) implements Relations {
        @Override
        public Optional<Known> of(TableId id) {
            return id.equals(table.id()) ? Optional.of(new Known(table, route, relation)) : Optional.empty();
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
    void theCopyAndTheLogBehindItComeToTheFilteredTable(ServerVersion server) {
        Bed bed = new Bed(server, "log-filtered");
        bed.run("DROP DATABASE IF EXISTS lf", "CREATE DATABASE lf CHARACTER SET utf8mb4",
                "CREATE TABLE lf.t(id INT PRIMARY KEY, v TEXT, n INT, name VARCHAR(20) COLLATE utf8mb4_unicode_ci, at DATETIME)",
                "INSERT INTO lf.t VALUES (1,'',1,'a','2026-01-01'),(2,'',5,'Ä','2026-01-05'),"
                        + "(3,'',6,NULL,NULL),(4,'',NULL,'b','2026-01-09')");
        Table table = bed.table("lf", "t");
        List<List<Row>> copies = FILTERS.stream().map(f -> copy(bed, filtered(table, f))).toList();
        Position start = end(bed);
        bed.run(history().toArray(String[]::new));
        bed.run("CREATE TABLE lf.done(i INT)");
        for (int i = 0; i < FILTERS.size(); i++) {
            Filtered filtered = filtered(table, FILTERS.get(i));
            List<Row> rows = carriedOut(copies.get(i), changes(server, start, filtered));
            assertThat(rows).as(FILTERS.get(i)).isNotEmpty().containsExactlyInAnyOrderElementsOf(copy(bed, filtered));
        }
    }

    /** The columns that the filters look at stay behind, all but one. */
    private static Filtered filtered(Table table, String filter) {
        Route same = Route.same(table.id());
        Route route = new Route(table.id(), table.id(), Set.of("name", "at"), Map.of(), Optional.of(filter), same.operations());
        return new Filtered(table, route, Relation.of(1, table, route, false));
    }

    private static List<String> history() {
        Random random = new Random(7);
        List<String> statements = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            String id = "" + random.nextInt(40);
            String name = NAMES.get(random.nextInt(NAMES.size()));
            String day = random.nextInt(5) == 0 ? "NULL" : "'2026-01-0" + (1 + random.nextInt(9)) + "'";
            statements.add(switch (random.nextInt(6)) {
                case 0 -> "UPDATE IGNORE lf.t SET id=" + id + " WHERE id=" + random.nextInt(40);
                case 1 -> "UPDATE lf.t SET name=" + name + ", n=n+1 WHERE id>" + id;
                case 2 -> "UPDATE lf.t SET at=" + day + ", n=" + random.nextInt(9) + " WHERE id%3=" + random.nextInt(3);
                case 3 -> "DELETE FROM lf.t WHERE id=" + id;
                default -> "REPLACE INTO lf.t VALUES (" + id + ",'v" + i + "'," + (random.nextInt(5) == 0 ? "NULL" : random.nextInt(9))
                        + ","
                        + name + "," + day + ")";
            });
        }
        return statements;
    }

    private static List<Row> copy(Bed bed, Filtered filtered) {
        List<Row> rows = new ArrayList<>();
        for (Chunk chunk : bed.planner().split(filtered.table(), filtered.route(), 10_000)) {
            bed.reader().read(chunk, filtered.table(), filtered.route(), filtered.relation(), 10_000,
                    (buffer, offset, length) -> rows.add(Row.copyOf(buffer, offset, length)));
        }
        return rows;
    }

    private static List<Row> carriedOut(List<Row> copied, List<Change> changes) {
        List<Row> rows = new ArrayList<>(copied);
        for (Change change : changes) {
            switch (change) {
                case Change.Insert(Relation _, Row row) -> assertThat(rows.add(row)).isTrue();
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

    private static Position end(Bed bed) {
        try (MySqlConnection connection = bed.open()) {
            return TestServers.logEnd(connection);
        }
    }

    private static List<Change> changes(ServerVersion server, Position from, Relations relations) {
        List<Change> changes = new ArrayList<>();
        long limit = System.nanoTime() + LIMIT_NANOS;
        try (MySqlLogReader reader = MySqlLogReader.open(TestServers.root(server), from, relations, new NoLook())) {
            while (true) {
                assertThat(System.nanoTime()).as("the log's end does not come").isLessThan(limit);
                Optional<Change> next = reader.next();
                next.ifPresent(changes::add);
                if (next.orElse(null) instanceof Change.Ddl ddl && ddl.statement().contains("lf.done")) {
                    return changes;
                }
            }
        }
    }
}
