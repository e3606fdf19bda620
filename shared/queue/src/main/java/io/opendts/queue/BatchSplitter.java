package io.opendts.queue;

import io.opendts.model.Batch;
import io.opendts.model.Change;
import io.opendts.model.Column;
import io.opendts.model.ColumnKind;
import io.opendts.model.Relation;
import io.opendts.model.Row;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Splits the changes of a task over partitions, so that several workers can apply them: what concerns one key stays in order, in
 * one partition. Every partition gets each batch, if only with its end, under the same number and positions, so that all of them
 * advance. A transaction begins and ends in every partition that has a part of it.
 *
 * <p>Rows go by their key where equal keys have equal bytes. Tables whose rows touch each other otherwise go as a whole: those
 * with other unique keys, or with keys that a collation compares. In partition 0 is what must keep the order of the source between
 * tables (cascading foreign keys), and what has no key: while such a table is copied anew its changes are left out, and it is the worker of
 * partition 0 that copies. A change of the schema, TRUNCATE too, goes to every partition: there all of them
 * meet. One thread; of one pass over the log: open transactions are remembered.
 */
public final class BatchSplitter {

    private final int partitions;
    private final Map<Integer, int[]> keys = new HashMap<>();
    private final boolean[] begun;
    private Change.Begin transaction;

    public BatchSplitter(int partitions) {
        this.partitions = partitions;
        this.begun = new boolean[partitions];
    }

    /** One batch for each partition, by its number. */
    public List<Batch> split(Batch batch) {
        if (partitions == 1) {
            return List.of(batch);
        }
        List<List<Change>> parts = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            parts.add(new ArrayList<>());
        }
        batch.changes().forEach(change -> add(change, parts));
        return parts.stream().map(changes -> new Batch(batch.task(), batch.epoch(), batch.sequence(), batch.from(), batch.upTo(),
                batch.whole(), changes)).toList();
    }

    private void add(Change change, List<List<Change>> parts) {
        switch (change) {
            case Change.Begin begin -> transaction = begin;
            case Change.End end -> {
                for (int i = 0; i < partitions; i++) {
                    if (begun[i]) {
                        parts.get(i).add(end);
                        begun[i] = false;
                    }
                }
            }
            case Change.Insert(Relation relation, Row after) -> to(partition(relation, after), change, parts);
            case Change.Delete(Relation relation, Row before) -> to(partition(relation, before), change, parts);
            case Change.Update(Relation relation, Row before, Row after) -> {
                int from = partition(relation, before);
                int to = partition(relation, after);
                if (from == to) {
                    to(from, change, parts);
                } else {
                    to(from, new Change.Delete(relation, before), parts);
                    to(to, new Change.Insert(relation, after), parts);
                }
            }
            case Change.Truncate _, Change.Ddl _ -> {
                for (int i = 0; i < partitions; i++) {
                    to(i, change, parts);
                }
            }
        }
    }

    private void to(int partition, Change change, List<List<Change>> parts) {
        List<Change> part = parts.get(partition);
        if (!begun[partition] && transaction != null) {
            begun[partition] = true;
            part.add(transaction);
        }
        part.add(change);
    }

    private int partition(Relation relation, Row row) {
        int[] key = keyOf(relation);
        return key.length == 0 ? whole(relation) : Math.floorMod(row.project(key).hashCode(), partitions);
    }

    private int[] keyOf(Relation relation) {
        return keys.computeIfAbsent(relation.id(), _ -> key(relation));
    }

    /** Empty where the rows of a table must stay together. */
    private static int[] key(Relation relation) {
        boolean apart = !relation.ordered() && relation.uniques().isEmpty()
                && relation.identity().stream().allMatch(position -> byBytes(relation.columns().get(position)));
        return apart ? relation.identity().stream().mapToInt(Integer::intValue).toArray() : new int[0];
    }

    private static boolean byBytes(Column column) {
        return switch (column.kind()) {
            case INTEGER, DECIMAL, BIT, BYTES, DATE, TIME, DATETIME, TIMESTAMP, YEAR, UUID -> true;
            case FLOAT, DOUBLE, TEXT, ENUM, SET, JSON, GEOMETRY, VECTOR, INET -> false;
        };
    }

    private int whole(Relation relation) {
        return relation.ordered() || relation.keyless() ? 0 : Math.floorMod(relation.source().toString().hashCode(), partitions);
    }
}
