package io.opendts.functions.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.Cascades;
import io.opendts.model.Cascades.Part;
import io.opendts.model.Change;
import io.opendts.model.Change.Delete;
import io.opendts.model.Change.Insert;
import io.opendts.model.Change.Update;
import io.opendts.model.Column;
import io.opendts.model.ColumnKind;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Route.Operation;
import io.opendts.model.Row;
import io.opendts.model.RowBuilder;
import io.opendts.model.TableId;
import io.opendts.spi.Applier.Step;
import io.opendts.spi.LogOrder;
import java.util.HashMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ApplyPlannerTest {

    private static final Position COPY = new Position("f:1");
    private static final Relation KEYED = relation(1, List.of(0), List.of(), false);
    private static final Relation WITH_UNIQUE = relation(2, List.of(0), List.of(List.of(1)), false);
    private static final Relation KEYLESS = relation(3, List.of(), List.of(), true);

    @Test
    void many_changes_of_a_row_become_its_last_state() {
        assertThat(plan(true, new Update(KEYED, row("1", "a"), row("1", "b")), new Update(KEYED, row("1", "b"), row("1", "c"))))
                .containsExactly(new Step.UpdateRows(KEYED, List.of(row("1", "c")), true));
    }

    @Test
    void a_row_that_comes_and_goes_leaves_nothing_to_do() {
        assertThat(plan(true, new Insert(KEYED, row("1", "a")), new Delete(KEYED, row("1", "a")))).isEmpty();
    }

    @Test
    void while_the_copy_may_have_seen_it_a_row_that_comes_and_goes_is_deleted() {
        assertThat(plan(false, new Insert(KEYED, row("1", "a")), new Delete(KEYED, row("1", "a"))))
                .containsExactly(new Step.DeleteRows(KEYED, List.of(row("1", "a")), false));
    }

    @Test
    void a_changed_identity_is_a_delete_and_an_insert() {
        assertThat(plan(true, new Update(KEYED, row("1", "a"), row("2", "a")))).containsExactly(
                new Step.DeleteRows(KEYED, List.of(row("1", "a")), true),
                new Step.InsertRows(KEYED, List.of(row("2", "a")), true));
    }

    @Test
    void rows_that_swap_a_unique_value_are_deleted_before_either_is_inserted() {
        List<Step> steps = plan(true,
                new Update(WITH_UNIQUE, row("1", "x"), row("1", "tmp")),
                new Update(WITH_UNIQUE, row("2", "y"), row("2", "x")),
                new Update(WITH_UNIQUE, row("1", "tmp"), row("1", "y")));
        assertThat(steps).hasSize(2);
        assertThat(((Step.DeleteRows) steps.get(0)).rows()).containsExactlyInAnyOrder(row("1", "x"), row("2", "y"));
        assertThat(((Step.InsertRows) steps.get(1)).rows()).containsExactlyInAnyOrder(row("1", "y"), row("2", "x"));
    }

    @Test
    void rows_without_a_key_keep_their_order_and_are_always_strict() {
        assertThat(plan(false, new Insert(KEYLESS, row("1", "a")), new Insert(KEYLESS, row("1", "a")),
                new Delete(KEYLESS, row("1", "a"))))
                .containsExactly(
                        new Step.InsertRows(KEYLESS, List.of(row("1", "a"), row("1", "a")), true),
                        new Step.DeleteOne(KEYLESS, row("1", "a"), true));
    }

    @Test
    void a_transaction_that_the_copy_of_a_keyless_table_holds_is_left_out_for_that_table_only() {
        ApplyPlanner planner = new ApplyPlanner(true, CarriedOperations.ALL, null,
                copied(Map.of()));
        planner.add(new Change.Begin("copied", new Position("f:1"), 0));
        planner.add(new Insert(KEYLESS, row("1", "a")));
        planner.add(new Insert(KEYED, row("1", "a")));
        planner.add(new Change.End(new Position("f:2")));
        planner.add(new Change.Begin("later", new Position("f:2"), 0));
        planner.add(new Insert(KEYLESS, row("2", "a")));
        assertThat(planner.steps()).containsExactly(
                new Step.InsertRows(KEYLESS, List.of(row("2", "a")), true),
                new Step.InsertRows(KEYED, List.of(row("1", "a")), true));
    }

    @Test
    void operations_that_are_left_out_are_carried_until_the_copy_ends_and_not_from_there_on() {
        CarriedOperations noDeletes = new CarriedOperations(_ -> Set.of(Operation.INSERT, Operation.UPDATE),
                begin -> begin.id().equals("later"));
        ApplyPlanner planner = new ApplyPlanner(true, noDeletes, null, copied(Map.of()));
        planner.add(new Change.Begin("during", new Position("f:1"), 0));
        planner.add(new Delete(KEYED, row("1", "a")));
        planner.add(new Change.Begin("later", new Position("f:2"), 0));
        planner.add(new Delete(KEYED, row("2", "a")));
        planner.add(new Insert(KEYED, row("3", "a")));
        assertThat(planner.steps()).containsExactly(
                new Step.DeleteRows(KEYED, List.of(row("1", "a")), false),
                new Step.InsertRows(KEYED, List.of(row("3", "a")), false));
    }

    @Test
    void an_emptied_table_is_emptied_in_the_order_of_the_log_and_not_when_its_copy_was_read_behind_it() {
        ApplyPlanner planner = new ApplyPlanner(true, CarriedOperations.ALL, null, copied(Map.of()));
        planner.add(new Change.Begin("copied", new Position("f:1"), 0));
        planner.add(new Change.Truncate(KEYLESS));
        planner.add(new Change.Begin("later", new Position("f:2"), 0));
        planner.add(new Insert(KEYED, row("1", "a")));
        planner.add(new Change.Truncate(KEYED));
        planner.add(new Insert(KEYED, row("1", "b")));
        assertThat(planner.steps()).containsExactly(
                new Step.InsertRows(KEYED, List.of(row("1", "a")), true),
                new Step.TruncateTable(KEYED),
                new Step.InsertRows(KEYED, List.of(row("1", "b")), true));
    }

    @Test
    void where_schema_changes_are_left_out_a_table_is_emptied_only_until_the_copy_ends() {
        CarriedOperations rows = new CarriedOperations(_ -> EnumSet.complementOf(EnumSet.of(Operation.DDL)),
                begin -> begin.id().equals("later"));
        ApplyPlanner planner = new ApplyPlanner(false, rows, null, copied(Map.of()));
        planner.add(new Change.Begin("during", new Position("f:1"), 0));
        planner.add(new Change.Truncate(KEYED));
        planner.add(new Change.Begin("later", new Position("f:2"), 0));
        planner.add(new Change.Truncate(WITH_UNIQUE));
        assertThat(planner.steps()).containsExactly(new Step.TruncateTable(KEYED));
    }

    @Test
    void without_inserts_a_changed_row_is_never_made() {
        CarriedOperations noInserts = new CarriedOperations(_ -> Set.of(Operation.UPDATE, Operation.DELETE),
                begin -> begin.id().equals("later"));
        ApplyPlanner planner = new ApplyPlanner(true, noInserts, null, copied(Map.of()));
        planner.add(new Change.Begin("during", new Position("f:1"), 0));
        planner.add(new Update(KEYED, row("1", "a"), row("2", "a")));
        planner.add(new Change.Begin("later", new Position("f:2"), 0));
        planner.add(new Insert(KEYED, row("3", "a")));
        planner.add(new Update(KEYED, row("3", "a"), row("4", "a")));
        planner.add(new Delete(KEYED, row("4", "a")));
        planner.add(new Update(KEYLESS, row("5", "a"), row("5", "b")));
        assertThat(planner.steps()).containsExactly(
                new Step.UpdateOne(KEYED, row("1", "a"), row("2", "a"), false),
                new Step.UpdateFound(KEYED, row("3", "a"), row("4", "a")),
                new Step.DeleteOne(KEYED, row("4", "a"), false),
                new Step.UpdateFound(KEYLESS, row("5", "a"), row("5", "b")));
    }

    /** Whatever the history, the steps turn the state before it into the state after it, unique keys never colliding. */
    @Test
    void the_steps_of_any_history_lead_to_its_end() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            Map<String, String> source = new HashMap<>();
            for (int i = 0; i < 4; i++) {
                source.put("" + i, "u" + i);
            }
            Map<String, String> target = new HashMap<>(source);
            ApplyPlanner planner = new ApplyPlanner(true, CarriedOperations.ALL, null, copied(Map.of()));
            for (int i = 0; i < 12; i++) {
                randomChange(random, source).ifPresent(planner::add);
            }
            planner.steps().forEach(step -> perform(step, target));
            assertThat(target).as("seed %d", seed).isEqualTo(source);
        }
    }

    private static Optional<Change> randomChange(Random random, Map<String, String> source) {
        String key = "" + random.nextInt(6);
        String value = "u" + random.nextInt(8);
        String toKey = random.nextInt(3) == 0 ? "" + random.nextInt(6) : key;
        String old = source.get(key);
        boolean valueFree = source.entrySet().stream().noneMatch(e -> e.getValue().equals(value) && !e.getKey().equals(key));
        if (old == null) {
            return valueFree ? Optional.of(put(source, key, value)) : Optional.empty();
        }
        if (random.nextInt(3) == 0) {
            source.remove(key);
            return Optional.of(new Delete(WITH_UNIQUE, row(key, old)));
        }
        if (!valueFree || (!toKey.equals(key) && source.containsKey(toKey))) {
            return Optional.empty();
        }
        source.remove(key);
        source.put(toKey, value);
        return Optional.of(new Update(WITH_UNIQUE, row(key, old), row(toKey, value)));
    }

    private static Change put(Map<String, String> source, String key, String value) {
        source.put(key, value);
        return new Insert(WITH_UNIQUE, row(key, value));
    }

    private static void perform(Step step, Map<String, String> target) {
        switch (step) {
            case Step.DeleteRows(_, List<Row> rows, _) -> rows.forEach(r -> assertThat(target.remove(text(r, 0))).isNotNull());
            case Step.UpdateRows(_, List<Row> rows, _) -> rows.forEach(r -> {
                assertThat(target).containsKey(text(r, 0));
                target.put(text(r, 0), text(r, 1));
            });
            case Step.InsertRows(_, List<Row> rows, _) -> rows.forEach(r -> {
                assertThat(target).doesNotContainKey(text(r, 0)).doesNotContainValue(text(r, 1));
                target.put(text(r, 0), text(r, 1));
            });
            case Step.UpdateOne _, Step.UpdateFound _, Step.DeleteOne _, Step.TruncateTable _ -> throw new AssertionError(step);
        }
    }

    @Test
    void before_the_cascade_point_children_and_links_are_copied_and_parents_go_without_cascades() {
        Relation child = relation(11, List.of(0), List.of(), true);
        Relation parent = relation(12, List.of(0), List.of(), true);
        ApplyPlanner planner = new ApplyPlanner(false, CarriedOperations.ALL, null,
                copied(Map.of(child.source(), Part.CHILD, parent.source(), Part.PARENT)));
        for (String id : List.of("copied", "later")) {
            planner.add(new Change.Begin(id, new Position("f:1"), 0));
            planner.add(new Delete(child, row(id, "a")));
            planner.add(new Insert(KEYED, row(id, "a")));
            planner.add(new Update(parent, row(id, "a"), row(id, "b")));
            planner.add(new Delete(parent, row(id, "b")));
        }
        assertThat(planner.steps()).containsExactly(
                new Step.DeleteRows(parent, List.of(row("copied", "a")), false),
                new Step.InsertRows(parent, List.of(row("copied", "b")), false),
                new Step.DeleteRows(parent, List.of(row("copied", "b")), false),
                new Step.InsertRows(KEYED, List.of(row("copied", "a")), false),
                new Step.DeleteOne(child, row("later", "a"), false),
                new Step.InsertRows(KEYED, List.of(row("later", "a")), false),
                new Step.UpdateOne(parent, row("later", "a"), row("later", "b"), false),
                new Step.DeleteOne(parent, row("later", "b"), false));
    }

    private static CopiedChanges copied(Map<TableId, Part> parts) {
        return new CopiedChanges(Map.of(KEYLESS.source(), COPY), new Cascades(parts), Optional.of(COPY), new LogOrder() {
            @Override
            public boolean reached(Position position, Position end) {
                throw new AssertionError();
            }

            @Override
            public boolean covers(Position position, Change.Begin transaction) {
                return transaction.id().equals("copied");
            }
        }, CopiedAnew.NONE);
    }

    private static List<Step> plan(boolean strict, Change... changes) {
        ApplyPlanner planner = new ApplyPlanner(strict, CarriedOperations.ALL, null, copied(Map.of()));
        List.of(changes).forEach(planner::add);
        return planner.steps();
    }

    private static String text(Row row, int position) {
        return new String(row.project(new int[] {position}).buffer(), 1, row.project(new int[] {position}).size() - 1);
    }

    private static Row row(String... values) {
        RowBuilder builder = new RowBuilder();
        for (String value : values) {
            builder.addAscii(value);
        }
        return builder.build();
    }

    private static Relation relation(int id, List<Integer> identity, List<List<Integer>> uniques, boolean ordered) {
        TableId table = new TableId("db", "t" + id);
        return new Relation(id, table, table, List.of(column("id"), column("v")), identity, uniques, ordered);
    }

    private static Column column(String name) {
        return new Column(name, ColumnKind.TEXT, "varchar(20)", true, false, Optional.of("utf8mb4"), Optional.empty(), List.of(), 0,
                false, false);
    }
}
