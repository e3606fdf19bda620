package io.opendts.task;

import io.opendts.model.Chunk;
import io.opendts.model.Position;
import io.opendts.model.TableId;
import io.opendts.state.Progress;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A table that is copied anew while its task runs, and how far that is. Kept in the state store; the task's apply worker alone, of
 * several partitions the first one's, moves it on.
 *
 * @param shapedAt where the last statement stands that this is behind; empty where none has met it
 * @param batch    the number of the batch with that statement, which may have been made by half: nothing is copied until the checkpoint is
 *                 behind it
 */
public record Resync(TableId table, Stage stage, Optional<Position> shapedAt, long batch) {

    public sealed interface Stage {

        /** Somebody wants it; the table is as it was. Of several partitions the log's reader tells them all: they begin where they met. */
        record Asked() implements Stage {}

        /** It is told in the log where its copy begins; until there it is as it was. */
        record Told() implements Stage {}

        /** Its rows are left out, for the target's table is emptied before it is copied; changes of its definition are followed. */
        record Waiting() implements Stage {}

        /** It is copied from this chunk on. What has been copied may be ahead of the log: changes replace what they find. */
        record Copying(Chunk next) implements Stage {}

        /** All of it is copied, and may be ahead of the log up to this position. */
        record Ahead(Position until) implements Stage {}

        /**
         * Copied exactly as it was at this position, as a table without a key is, and as those are that cascading foreign keys tie to
         * others, all together: changes in front of it are in the copy.
         */
        record Exact(Position at) implements Stage {}
    }

    private static final String PREFIX = "resync.table.";

    static Resync asked(TableId table) {
        return new Resync(table, new Stage.Asked(), Optional.empty(), 0);
    }

    static Resync told(TableId table) {
        return new Resync(table, new Stage.Told(), Optional.empty(), 0);
    }

    /** Not all of it is in the full copy: nothing that the log tells of its rows counts. */
    public static Resync waiting(TableId table) {
        return new Resync(table, new Stage.Waiting(), Optional.empty(), 0);
    }

    /** @param statement where it stands, or the look-up, in the batch of that number */
    public Resync behind(Position statement, long batch) {
        return new Resync(table, stage, Optional.of(statement), batch);
    }

    public Resync at(Stage next) {
        return new Resync(table, next, shapedAt, batch);
    }

    /** The statement is applied again after a crash: what it does to this has been done. */
    public boolean isBehind(Position statement) {
        return shapedAt.filter(statement::equals).isPresent();
    }

    /** Whether no table waits for its copy or for the log, but those that stay as they are until somebody asks. */
    public static boolean settled(Progress progress, String task) {
        List<StoppedTable> stopped = StoppedTable.of(progress, task);
        return stopped.stream().noneMatch(StoppedTable::asked)
                && of(progress, task).stream().allMatch(one -> stopped.stream().anyMatch(other -> other.table().equals(one.table())));
    }

    public static Optional<Resync> of(Progress progress, String task, TableId table) {
        return progress.get(task, name(table)).map(Resync::parsed);
    }

    /** All of a task's. */
    public static List<Resync> of(Progress progress, String task) {
        return progress.all(task, PREFIX).values().stream().map(Resync::parsed).toList();
    }

    public void put(Progress progress, String task) {
        put(progress, task, List.of(this));
    }

    /** All or none. */
    public static void put(Progress progress, String task, Collection<Resync> some) {
        progress.putAll(task, some.stream().collect(Collectors.toMap(one -> name(one.table()), Resync::text)));
    }

    public void remove(Progress progress, String task) {
        progress.remove(task, name(table));
    }

    private static String name(TableId table) {
        return PREFIX + FactWords.name(table.database(), table.name());
    }

    private String text() {
        Stream<String> where = switch (stage) {
            case Stage.Asked() -> Stream.of("asked");
            case Stage.Told() -> Stream.of("told");
            case Stage.Waiting() -> Stream.of("waiting");
            case Stage.Copying(Chunk next) -> Stream.of("copying", Integer.toString(next.number()), next.kind().name(), next.lower());
            case Stage.Ahead(Position until) -> Stream.of("ahead", until.text());
            case Stage.Exact(Position at) -> Stream.of("exact", at.text());
        };
        return FactWords.joined(Stream.concat(Stream.of(table.database(), table.name(), shapedAt.map(Position::text).orElse(""),
                Long.toString(batch)), where));
    }

    private static Resync parsed(String text) {
        List<String> words = FactWords.split(text);
        TableId table = new TableId(words.get(0), words.get(1));
        Stage stage = switch (words.get(4)) {
            case "asked" -> new Stage.Asked();
            case "told" -> new Stage.Told();
            case "waiting" -> new Stage.Waiting();
            case "copying" -> new Stage.Copying(new Chunk(table, Integer.parseInt(words.get(5)), Chunk.Kind.valueOf(words.get(6)),
                    words.get(7), ""));
            case "ahead" -> new Stage.Ahead(new Position(words.get(5)));
            case "exact" -> new Stage.Exact(new Position(words.get(5)));
            default -> throw new IllegalStateException("no stage of a table that is copied anew: " + words.get(4));
        };
        return new Resync(table, stage, Optional.of(words.get(2)).filter(at -> !at.isEmpty()).map(Position::new),
                Long.parseLong(words.get(3)));
    }
}
