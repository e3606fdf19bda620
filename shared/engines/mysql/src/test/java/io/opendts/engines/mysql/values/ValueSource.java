package io.opendts.engines.mysql.values;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.engines.mysql.TestServers;
import io.opendts.engines.mysql.apply.Bed;
import io.opendts.engines.mysql.log.MySqlLogOrder;
import io.opendts.engines.mysql.log.MySqlLogReader;
import io.opendts.engines.mysql.log.NoLook;
import io.opendts.engines.mysql.schema.CatalogReader;
import io.opendts.engines.mysql.schema.WireSession;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.model.Catalog;
import io.opendts.model.Change;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Row;
import io.opendts.model.RowReader;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.Relations;
import io.opendts.spi.Selector;
import io.opendts.testkit.ServerVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A source that holds all values it can hold, and what the product reads of it: catalog and log. */
final class ValueSource {

    static final String DATABASE = "val";
    private static final int DIFFERENCES_MAX = 40;
    private static final long LIMIT_NANOS = 120_000_000_000L;

    final ServerVersion server;
    final Bed bed;
    final List<ValueTable> tables;
    final Catalog catalog;
    final Map<String, Table> described = new HashMap<>();
    /** By table; only rows that came after the copy's. */
    final Map<String, List<Change>> changes = new HashMap<>();
    private final Map<String, Integer> named = new HashMap<>();
    private final List<String> refused = new ArrayList<>();

    ValueSource(ServerVersion server, List<ValueCase> cases) {
        this.server = server;
        this.bed = new Bed(server, "values");
        this.tables = ValueTable.pack(cases.stream().filter(c -> c.sources().has(server)).toList());
        bed.run(Zones.statements().toArray(String[]::new));
        bed.run("DROP DATABASE IF EXISTS " + DATABASE, "CREATE DATABASE " + DATABASE + " CHARACTER SET utf8mb4");
        for (ValueTable table : tables) {
            fill(table);
        }
        assertThat(refused).as("%s refuses\n%s", server, String.join("\n", refused)).isEmpty();
        catalog = new CatalogReader(() -> WireSession.reading(bed.open(), MySqlConnection::close))
                .describe(Selector.databases(d -> d.equals(DATABASE) ? Optional.of(d) : Optional.empty()));
        catalog.tables().forEach(t -> described.put(t.id().name(), t));
        Position start = end();
        change();
        readLog(start, end());
    }

    private void fill(ValueTable table) {
        try (MySqlConnection connection = bed.open()) {
            connection.execute("USE " + DATABASE);
            connection.execute("SET SESSION " + table.cases().getFirst().session());
            run(connection, table.create());
            connection.execute("BEGIN");
            List<String> inserts = table.inserts();
            for (int row = 0; row < inserts.size(); row++) {
                try {
                    connection.execute(inserts.get(row));
                } catch (MySqlServerError e) {
                    refused.add(table.name() + " row " + row + ": " + e.getMessage());
                    tryOneByOne(connection, table, row);
                }
            }
            connection.execute("COMMIT");
        }
    }

    /** Which values of a row it is that this server does not take: they belong out of its catalogue. */
    private void tryOneByOne(MySqlConnection connection, ValueTable table, int row) {
        for (int i = 0; i < table.cases().size() && table.way() == ValueTable.Way.NUMBERED; i++) {
            ValueCase one = table.cases().get(i);
            try {
                if (row < one.values().size()) {
                    connection.execute("REPLACE INTO " + table.name() + "(id,c" + i + ") VALUES (-1," + one.value(row) + ")");
                }
            } catch (MySqlServerError e) {
                refused.add(one.definition() + " = " + one.value(row) + ": " + e.getMessage());
            }
        }
    }

    private void change() {
        try (MySqlConnection connection = bed.open()) {
            connection.execute("USE " + DATABASE);
            connection.execute("SET SESSION sql_mode='ALLOW_INVALID_DATES,NO_AUTO_VALUE_ON_ZERO'");
            for (ValueTable table : tables) {
                connection.execute("BEGIN");
                table.changes().forEach(change -> run(connection, change));
                connection.execute("COMMIT");
            }
        }
    }

    private void run(MySqlConnection connection, String sql) {
        try {
            connection.execute(sql);
        } catch (MySqlServerError e) {
            throw new AssertionError(server + " refuses a case: " + e.getMessage() + "\n" + (sql.length() > 5_000 ? sql.substring(0, 5_000)
                    : sql), e);
        }
    }

    /** Every row that only the log has told, made from its changes, against the same row read by the copy. */
    List<String> differencesOfLog() {
        List<String> differences = new ArrayList<>();
        for (ValueTable table : tables) {
            Map<Row, Row> told = new HashMap<>();
            for (Change change : changes.get(table.name())) {
                switch (change) {
                    case Change.Insert(Relation _, Row after) -> told.put(id(after), after);
                    case Change.Update(Relation _, Row before, Row after) -> {
                        same(table, "before image", told.get(id(before)), before).ifPresent(differences::add);
                        told.put(id(after), after);
                    }
                    case Change.Delete(Relation _, Row before) ->
                            same(table, "deleted row", told.remove(id(before)), before).ifPresent(differences::add);
                    case Change.Begin _, Change.End _, Change.Truncate _, Change.Ddl _ -> { }
                }
            }
            List<Row> copied = bed.rows(described.get(table.name()), 1_000).stream().filter(r -> number(r) >= ValueTable.STEP).toList();
            assertThat(told).as("rows of %s in the log of %s", table.name(), server).hasSameSizeAs(copied);
            copied.forEach(row -> same(table, "log", row, told.get(id(row))).ifPresent(differences::add));
        }
        return differences.subList(0, Math.min(DIFFERENCES_MAX, differences.size()));
    }

    private static Row id(Row row) {
        return row.project(new int[] {0});
    }

    private static long number(Row row) {
        return Long.parseLong(new String(value(id(row), 0).orElseThrow(), StandardCharsets.US_ASCII));
    }

    private static Optional<byte[]> value(Row row, int column) {
        RowReader reader = new RowReader();
        reader.reset(row.project(new int[] {column}));
        return reader.next() ? Optional.of(Arrays.copyOfRange(reader.buffer(), reader.offset(), reader.offset() + reader.length()))
                : Optional.empty();
    }

    private Optional<String> same(ValueTable table, String what, Row copied, Row logged) {
        if (copied != null && copied.equals(logged)) {
            return Optional.empty();
        }
        List<String> found = new ArrayList<>();
        for (int i = 0; i < table.cases().size(); i++) {
            String was = print(value(copied, i + 1));
            String is = print(value(logged, i + 1));
            if (!was.equals(is) && named.merge(table.name() + i, 1, Integer::sum) <= Cells.OF_COLUMN_MAX) {
                found.add(table.describe(i, number(logged)) + ": " + was + " by copy, by log " + is);
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(server + ", " + what + "\n  " + String.join("\n  ", found));
    }

    private static String print(Optional<byte[]> value) {
        return value.map(v -> HexFormat.of().formatHex(v, 0, Math.min(v.length, 100)) + " (" + v.length + ") "
                + new String(v, 0, Math.min(v.length, 100), StandardCharsets.UTF_8)).orElse("NULL");
    }

    private Position end() {
        try (MySqlConnection connection = bed.open()) {
            return TestServers.logEnd(connection);
        }
    }

    private void readLog(Position from, Position goal) {
        MySqlLogOrder order = new MySqlLogOrder();
        long limit = System.nanoTime() + LIMIT_NANOS;
        try (MySqlLogReader reader = MySqlLogReader.open(TestServers.root(server), from, new Known(), new NoLook())) {
            while (!order.reached(reader.position(), goal)) {
                assertThat(System.nanoTime()).as("the log's end does not come").isLessThan(limit);
                reader.next().ifPresent(this::keep);
            }
        }
    }

    private void keep(Change change) {
        switch (change) {
            case Change.Insert(Relation relation, _) -> keep(relation, change);
            case Change.Update(Relation relation, _, _) -> keep(relation, change);
            case Change.Delete(Relation relation, _) -> keep(relation, change);
            case Change.Begin _, Change.End _, Change.Truncate _, Change.Ddl _ -> { }
        }
    }

    private void keep(Relation relation, Change change) {
        changes.computeIfAbsent(relation.source().name(), _ -> new ArrayList<>()).add(change);
    }

    /** All tables, under their own names. */
    private final class Known implements Relations {
        private final Map<TableId, Optional<Relations.Known>> known = new HashMap<>();

        @Override
        public Optional<Relations.Known> of(TableId id) {
            return known.computeIfAbsent(id, _ -> !id.database().equals(DATABASE) ? Optional.empty()
                    : Optional.ofNullable(described.get(id.name())).map(table ->
                            new Relations.Known(table, Route.same(id), Relation.of(1, table, Route.same(id), false))));
        }

        @Override
        public boolean followsSchema(TableId table) {
            return table.database().equals(DATABASE);
        }

        @Override
        public List<String> databases() {
            return List.of(DATABASE);
        }
    }
}
