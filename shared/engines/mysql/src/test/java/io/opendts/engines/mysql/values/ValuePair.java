package io.opendts.engines.mysql.values;

import io.opendts.engines.mysql.apply.Bed;
import io.opendts.engines.mysql.apply.MySqlApplier;
import io.opendts.engines.mysql.schema.SchemaMaker;
import io.opendts.engines.mysql.schema.TableScript;
import io.opendts.engines.mysql.schema.SchemaReview;
import io.opendts.engines.mysql.schema.WireSession;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.model.Change;
import io.opendts.model.Checkpoint;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Row;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.Applier.Step;
import io.opendts.spi.CheckScope.ExistingTables;
import io.opendts.spi.ConflictException;
import io.opendts.spi.SchemaPlan;
import io.opendts.spi.Selector;
import io.opendts.testkit.ServerVersion;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Everything that a source holds, carried to one target by every way there is. Answers what is different there. */
final class ValuePair {

    private static final Pattern COLUMN = Pattern.compile("\\bc(\\d+)\\b");

    private final ValueSource source;
    private final ServerVersion target;
    private final List<ValueTable> carried;
    private final List<String> differences = new ArrayList<>();

    ValuePair(ValueSource source, ServerVersion target) {
        this.source = source;
        this.target = target;
        this.carried = source.tables.stream().filter(t -> t.targets().has(target)).toList();
    }

    List<String> differences() {
        byCopy("load", _ -> true);
        Bed root = new Bed(target, "values");
        root.run("SET GLOBAL local_infile=0");
        try {
            byCopy("insert", t -> t.way() == ValueTable.Way.NUMBERED);
        } finally {
            root.run("SET GLOBAL local_infile=1");
        }
        byLog();
        source.tables.stream().filter(t -> !t.targets().has(target)).forEach(this::mustBeRefused);
        return differences;
    }

    /** By the schema step, which names the column before the task starts, or else by the load, with a code. */
    private void mustBeRefused(ValueTable table) {
        Bed bed = new Bed(target, "values-refused");
        SchemaPlan plan = new SchemaPlan(source.catalog, new Renamed(database("refused"), List.of(table.name())), ExistingTables.ERROR,
                SchemaPlan.Triggers.SKIP);
        try (MySqlConnection connection = bed.open()) {
            List<String> named = SchemaReview.of(plan, WireSession.making(connection, _ -> { })).problems().stream()
                    .map(TableScript.Problem::object).toList();
            boolean all = named.stream().anyMatch(n -> n.endsWith("." + table.name()))
                    || table.columns().stream().allMatch(c -> named.stream().anyMatch(n -> n.endsWith(table.name() + "." + c)));
            if (!all && !refusedByLoad(table)) {
                differences.add(heading("schema") + " " + table.name() + ": is not refused, problems are named for " + named);
            }
        }
    }

    private boolean refusedByLoad(ValueTable table) {
        try {
            Bed bed = made("refused", List.of(table));
            source.bed.copy(source.described.get(table.name()), bed, database("refused"), 1_000);
            return false;
        } catch (DtsException e) {
            return e.code() == ErrorCode.ROW_REFUSED;
        }
    }

    private Bed made(String way, List<ValueTable> wanted) {
        Bed bed = new Bed(target, "values-" + source.server + "-" + way);
        bed.progress.forget();
        bed.progress.ensureProgress();
        String database = database(way);
        bed.run("DROP DATABASE IF EXISTS " + database);
        List<String> names = wanted.stream().map(ValueTable::name).toList();
        SchemaPlan plan = new SchemaPlan(source.catalog, new Renamed(database, names), ExistingTables.ERROR, SchemaPlan.Triggers.SKIP);
        new SchemaMaker(() -> WireSession.making(bed.open(), MySqlConnection::close)).define(plan, SchemaPlan.Step.BEFORE_LOAD, _ -> { });
        return bed;
    }

    private String database(String way) {
        return "val_" + source.server.name().toLowerCase(java.util.Locale.ROOT) + "_" + way;
    }

    private void byCopy(String way, Predicate<ValueTable> wanted) {
        List<ValueTable> tables = carried.stream().filter(wanted).toList();
        Bed bed = made(way, tables);
        for (ValueTable table : tables) {
            attempt(table, way, () -> source.bed.copy(source.described.get(table.name()), bed, database(way),
                    table.way() == ValueTable.Way.BY_VALUE ? 7 : 1_000));
            compare(table, bed, way, 0);
        }
    }

    private void byLog() {
        Bed bed = made("log", carried);
        long sequence = 1;
        int id = 1;
        for (ValueTable table : carried) {
            Relation relation = Bed.relation(id++, source.described.get(table.name()), database("log"));
            List<Change> changes = source.changes.get(table.name());
            long at = sequence++;
            attempt(table, "log", () -> apply(bed, steps(relation, changes, true), at));
            compare(table, bed, "log", ValueTable.STEP);
            if (!relation.keyless()) {
                long again = sequence++;
                attempt(table, "log again", () -> apply(bed, steps(relation, changes, false), again));
                compare(table, bed, "log again", ValueTable.STEP);
            }
        }
    }

    private static void apply(Bed bed, List<Step> steps, long sequence) {
        try (MySqlApplier applier = bed.applier(true)) {
            applier.write(steps);
            applier.commit(new Checkpoint(new Position("p:" + sequence), 1, sequence));
        }
    }

    /** Neighbours of one kind go together, as they do in a task. */
    static List<Step> steps(Relation relation, List<Change> changes, boolean strict) {
        List<Step> steps = new ArrayList<>();
        List<Row> together = new ArrayList<>();
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            boolean last = i + 1 == changes.size() || changes.get(i + 1).getClass() != change.getClass();
            switch (change) {
                case Change.Insert(Relation _, Row row) -> {
                    together.add(row);
                    if (last) {
                        steps.add(new Step.InsertRows(relation, List.copyOf(together), strict));
                    }
                }
                case Change.Delete(Relation _, Row row) when relation.keyless() -> steps.add(new Step.DeleteOne(relation, row, strict));
                case Change.Delete(Relation _, Row row) -> {
                    together.add(row);
                    if (last) {
                        steps.add(new Step.DeleteRows(relation, List.copyOf(together), strict));
                    }
                }
                case Change.Update(Relation _, Row before, Row after) when relation.keyless() || moves(relation, before, after) ->
                        steps.add(new Step.UpdateOne(relation, before, after, strict));
                case Change.Update(Relation _, Row _, Row after) -> {
                    together.add(after);
                    if (last) {
                        steps.add(new Step.UpdateRows(relation, List.copyOf(together), strict));
                    }
                }
                case Change.Begin _, Change.End _, Change.Truncate _, Change.Ddl _ -> throw new IllegalArgumentException(change.toString());
            }
            if (last) {
                together.clear();
            }
        }
        return steps;
    }

    private static boolean moves(Relation relation, Row before, Row after) {
        int[] key = relation.identity().stream().mapToInt(Integer::intValue).toArray();
        return !before.project(key).equals(after.project(key));
    }

    private void attempt(ValueTable table, String way, Runnable work) {
        try {
            work.run();
        } catch (DtsException | ConflictException e) {
            Matcher column = COLUMN.matcher(e.getMessage());
            String which = column.find() ? " (" + table.cases().get(Integer.parseInt(column.group(1))).definition() + ")" : "";
            differences.add(heading(way) + " " + table.name() + ": " + e.getMessage() + which);
        }
    }

    private String heading(String way) {
        return source.server + " -> " + target + " by " + way;
    }

    private void compare(ValueTable table, Bed bed, String way, long fromId) {
        Table described = source.described.get(table.name());
        try (MySqlConnection there = source.bed.open(); MySqlConnection here = bed.open()) {
            Cells.difference(table, heading(way), Cells.read(there, ValueSource.DATABASE, described, fromId),
                    Cells.read(here, database(way.startsWith("log") ? "log" : way), described, fromId)).ifPresent(differences::add);
        }
    }

    /** Some tables, in another database. */
    private record Renamed(String database, List<String> names) implements Selector {

        @Override
        public Optional<String> database(String source) {
            return source.equals(ValueSource.DATABASE) ? Optional.of(database) : Optional.empty();
        }

        @Override
        public Optional<Route> table(TableId id) {
            Route same = Route.same(id);
            return !names.contains(id.name()) ? Optional.empty() : Optional.of(new Route(id, new TableId(database, id.name()),
                    same.excluded(), same.renames(), same.filter(), same.operations()));
        }

        @Override
        public boolean objects(String name) {
            return false;
        }
    }
}
