package io.opendts.queue;

import io.opendts.model.Batch;
import io.opendts.model.Change;
import io.opendts.model.Column;
import io.opendts.model.ColumnKind;
import io.opendts.model.DdlKind;
import io.opendts.model.ObjectName;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Row;
import io.opendts.model.SchemaObject;
import io.opendts.model.TableId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;

/** Batches to test with. */
public final class Batches {

    public static final Map<Integer, Relation> RELATIONS = Map.of(1, relation(1), 7, relation(7), 300, relation(300));

    private Batches() {}

    public static Relation relation(int id) {
        Column column = new Column("id", ColumnKind.INTEGER, "int", false, false, Optional.empty(), Optional.empty(), List.of(), 0,
                false, false);
        TableId table = new TableId("shop", "t" + id);
        return new Relation(id, table, table, List.of(column), List.of(0), List.of(), false);
    }

    public static Batch one(long epoch, long sequence, boolean whole, int rowBytes) {
        return one("shop", epoch, sequence, whole, rowBytes);
    }

    public static Batch one(String task, long epoch, long sequence, boolean whole, int rowBytes) {
        Position from = new Position("binlog.000001:" + sequence * 100);
        Position upTo = new Position("binlog.000001:" + (sequence + 1) * 100);
        return new Batch(task, epoch, sequence, from, upTo, whole, List.of(
                new Change.Begin("gtid-" + sequence, from, 1_700_000_000_000L + sequence),
                new Change.Insert(RELATIONS.get(1), Row.wrap(new byte[rowBytes])),
                new Change.End(upTo)));
    }

    public static Batch random(Random random) {
        List<Change> changes = new ArrayList<>();
        Integer[] ids = {1, 7, 300};
        for (int n = random.nextInt(40); n > 0; n--) {
            Relation relation = RELATIONS.get(ids[random.nextInt(ids.length)]);
            changes.add(switch (random.nextInt(7)) {
                case 0 -> new Change.Begin(text(random), new Position(text(random)), random.nextLong());
                case 1 -> new Change.End(new Position(text(random)));
                case 2 -> new Change.Insert(relation, row(random));
                case 3 -> new Change.Update(relation, row(random), row(random));
                case 4 -> new Change.Delete(relation, row(random));
                case 5 -> new Change.Truncate(relation);
                default -> {
                    List<Change.Reshaped> tables = reshaped(random, relation);
                    Change.Clock clock = new Change.Clock(text(random), random.nextLong());
                    List<Change.Touched> touched = List.of(new Change.Touched(DdlKind.DROP_COLUMN, new TableId(text(random), text(random))),
                            new Change.Touched(DdlKind.OTHER, new TableId("", ""))).subList(0, random.nextInt(3));
                    yield new Change.Ddl(text(random), text(random), clock, touched, random.nextBoolean(), tables, objects(random));
                }
            });
        }
        return new Batch(text(random), random.nextLong(), random.nextLong(), new Position(text(random)), new Position(text(random)),
                random.nextBoolean(), changes);
    }

    private static List<Change.Reshaped> reshaped(Random random, Relation relation) {
        Change.Reshaped made = new Change.Reshaped(Optional.empty(), Optional.of(relation), Map.of());
        Change.Reshaped changed = new Change.Reshaped(Optional.of(RELATIONS.get(7)), Optional.of(relation),
                Map.of(text(random), text(random), "id", "id"), random.nextBoolean());
        Change.Reshaped dropped = new Change.Reshaped(Optional.of(relation), Optional.empty(), Map.of());
        return List.of(made, changed, dropped).subList(0, random.nextInt(4));
    }

    private static List<ObjectName> objects(Random random) {
        SchemaObject.Kind[] kinds = SchemaObject.Kind.values();
        return Stream.generate(() -> new ObjectName(kinds[random.nextInt(kinds.length)], new TableId(text(random), text(random))))
                .limit(random.nextInt(3)).toList();
    }

    private static Row row(Random random) {
        byte[] bytes = new byte[random.nextInt(10) == 0 ? random.nextInt(100_000) : random.nextInt(300)];
        random.nextBytes(bytes);
        return Row.wrap(bytes);
    }

    /** Often with a common beginning, with characters of one to four bytes of UTF-8. */
    private static String text(Random random) {
        StringBuilder text = new StringBuilder(random.nextBoolean() ? "mysql-bin.\uD83D\uDE00:" : "");
        for (int n = random.nextInt(12); n > 0; n--) {
            text.appendCodePoint(new int[] {'7', 'a', 0xE9, 0x20AC, 0x1F600, 0x1F601}[random.nextInt(6)]);
        }
        return text.toString();
    }
}
