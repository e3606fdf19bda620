package io.opendts.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.Batch;
import io.opendts.model.Change;
import io.opendts.model.Column;
import io.opendts.model.ColumnKind;
import io.opendts.model.DdlKind;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Row;
import io.opendts.model.TableId;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BatchSplitterTest {

    private static final int PARTITIONS = 4;
    private static final Relation BY_KEY = relation(1, ColumnKind.INTEGER, List.of(), false);
    private static final Relation BY_TEXT = relation(2, ColumnKind.TEXT, List.of(), false);
    private static final Relation WITH_UNIQUE = relation(3, ColumnKind.INTEGER, List.of(List.of(1)), false);
    private static final Relation CASCADING = relation(4, ColumnKind.INTEGER, List.of(), true);
    private static final TableId JOURNAL = new TableId("shop", "journal");
    private static final Relation KEYLESS = new Relation(5, JOURNAL, JOURNAL, BY_KEY.columns(), List.of(), List.of(), true);

    private final BatchSplitter splitter = new BatchSplitter(PARTITIONS);
    private long sequence;

    @Test
    void everyPartitionGetsEveryBatchIfOnlyItsEnd() {
        List<Batch> parts = splitter.split(batch(true, begin(), insert(BY_KEY, "1"), end()));
        assertThat(parts).hasSize(PARTITIONS).allMatch(p -> p.sequence() == 1 && p.whole() && p.upTo().text().equals("p1"));
        assertThat(parts.stream().filter(p -> p.changes().isEmpty())).hasSize(PARTITIONS - 1);
        assertThat(parts.stream().filter(p -> !p.changes().isEmpty()).findFirst().orElseThrow().changes()).hasSize(3);
    }

    @Test
    void rowsThatTouchEachOtherStayTogether() {
        for (Relation relation : List.of(BY_TEXT, WITH_UNIQUE, CASCADING)) {
            List<Change> changes = new ArrayList<>(List.of(begin()));
            for (int i = 0; i < 50; i++) {
                changes.add(insert(relation, Integer.toString(i)));
            }
            changes.add(end());
            List<Batch> parts = splitter.split(batch(true, changes.toArray(Change[]::new)));
            assertThat(parts.stream().filter(p -> !p.changes().isEmpty())).as(relation.toString()).hasSize(1);
        }
        for (Relation relation : List.of(CASCADING, KEYLESS)) {
            Batch first = splitter.split(batch(true, begin(), insert(relation, "9"), end())).getFirst();
            assertThat(first.changes()).as(relation.toString()).hasSize(3);
        }
    }

    @Test
    void allPartitionsMeetAtAChangeOfTheSchema() {
        Change.Ddl ddl = new Change.Ddl("d", "ALTER TABLE t ADD x INT", List.of(new Change.Touched(DdlKind.ALTER_TABLE, BY_KEY.source())));
        for (Change change : List.of(ddl, new Change.Truncate(BY_KEY), new Change.Truncate(BY_TEXT))) {
            Change begin = begin();
            assertThat(splitter.split(batch(false, begin, change))).hasSize(PARTITIONS)
                    .allSatisfy(part -> assertThat(part.changes()).containsExactly(begin, change));
            Change end = end();
            assertThat(splitter.split(batch(true, end))).allSatisfy(part -> assertThat(part.changes()).containsExactly(end));
        }
    }

    @Test
    void aTransactionThatComesInPiecesBeginsInEveryPartitionThatHasAPartOfIt() {
        List<Batch> first = splitter.split(batch(false, begin(), insert(BY_KEY, "1")));
        List<Batch> rest = splitter.split(batch(true, insert(BY_KEY, "1"), insert(BY_KEY, "2"), insert(BY_KEY, "3"), insert(BY_KEY, "4"),
                insert(BY_KEY, "5"), end()));
        for (int i = 0; i < PARTITIONS; i++) {
            List<Change> all = new ArrayList<>(first.get(i).changes());
            all.addAll(rest.get(i).changes());
            assertThat(all.stream().filter(Change.Begin.class::isInstance).count()).isEqualTo(all.isEmpty() ? 0 : 1);
            assertThat(all.stream().filter(Change.End.class::isInstance).count()).isEqualTo(all.isEmpty() ? 0 : 1);
            assertThat(all.isEmpty() || all.getFirst() instanceof Change.Begin).isTrue();
        }
    }

    /** Whatever order the partitions are applied in, the rows at the end are those of the source. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void whatIsAppliedPartitionByPartitionIsWhatTheSourceHas(long seed) {
        Random random = new Random(seed);
        Map<String, String> source = new TreeMap<>();
        List<List<Change>> perPartition = new ArrayList<>();
        for (int i = 0; i < PARTITIONS; i++) {
            perPartition.add(new ArrayList<>());
        }
        for (int n = 0; n < 300; n++) {
            Change change = randomChange(random, source);
            List<Batch> parts = splitter.split(batch(true, begin(), change, end()));
            for (int i = 0; i < PARTITIONS; i++) {
                perPartition.get(i).addAll(parts.get(i).changes());
            }
        }
        List<Integer> order = new ArrayList<>(List.of(0, 1, 2, 3));
        java.util.Collections.shuffle(order, random);
        Map<String, String> target = new TreeMap<>();
        order.forEach(i -> perPartition.get(i).forEach(change -> apply(change, target)));
        assertThat(target).isEqualTo(source);
    }

    private static Change randomChange(Random random, Map<String, String> rows) {
        String key = Integer.toString(random.nextInt(20));
        String value = Integer.toString(random.nextInt(1_000));
        String old = rows.get(key);
        if (old == null) {
            rows.put(key, value);
            return new Change.Insert(BY_KEY, row(key, value));
        }
        String other = Integer.toString(random.nextInt(20));
        if (random.nextBoolean() || rows.containsKey(other)) {
            rows.remove(key);
            return new Change.Delete(BY_KEY, row(key, old));
        }
        rows.remove(key);
        rows.put(other, value);
        return new Change.Update(BY_KEY, row(key, old), row(other, value));
    }

    private static void apply(Change change, Map<String, String> rows) {
        switch (change) {
            case Change.Insert(_, Row after) -> assertThat(rows.put(value(after, 0), value(after, 1))).isNull();
            case Change.Update(_, Row before, Row after) -> {
                rows.remove(value(before, 0));
                rows.put(value(after, 0), value(after, 1));
            }
            case Change.Delete(_, Row before) -> assertThat(rows.remove(value(before, 0))).isNotNull();
            case Change.Begin _, Change.End _, Change.Truncate _, Change.Ddl _ -> { }
        }
    }

    private static String value(Row row, int position) {
        return new String(row.project(new int[] {position}).buffer(), StandardCharsets.US_ASCII).substring(1);
    }

    private Batch batch(boolean whole, Change... changes) {
        Position from = new Position("p" + sequence++);
        return new Batch("shop", 1, sequence, from, whole ? new Position("p" + sequence) : from, whole, List.of(changes));
    }

    private static Change begin() {
        return new Change.Begin("", new Position("b"), 0);
    }

    private static Change end() {
        return new Change.End(new Position("e"));
    }

    private static Change insert(Relation relation, String key) {
        return new Change.Insert(relation, row(key, "v"));
    }

    private static Row row(String... values) {
        StringBuilder packed = new StringBuilder();
        for (String value : values) {
            packed.append((char) value.length()).append(Objects.requireNonNull(value));
        }
        return Row.wrap(packed.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static Relation relation(int id, ColumnKind kind, List<List<Integer>> uniques, boolean ordered) {
        List<Column> columns = new ArrayList<>();
        Map<String, ColumnKind> kinds = new HashMap<>(Map.of("id", kind, "v", ColumnKind.INTEGER));
        for (String name : List.of("id", "v")) {
            columns.add(new Column(name, kinds.get(name), "x", false, false, Optional.empty(), Optional.empty(), List.of(), 0,
                    false, false));
        }
        TableId table = new TableId("shop", "t" + id);
        return new Relation(id, table, table, columns, List.of(0), uniques, ordered);
    }
}
