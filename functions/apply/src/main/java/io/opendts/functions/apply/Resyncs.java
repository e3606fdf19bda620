package io.opendts.functions.apply;

import io.opendts.model.Change;
import io.opendts.model.Checkpoint;
import io.opendts.model.Chunk;
import io.opendts.model.Column;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Route.Operation;
import io.opendts.model.TableId;
import io.opendts.spi.Applier;
import io.opendts.spi.Applier.Step;
import io.opendts.spi.CheckScope.ExistingTables;
import io.opendts.spi.ChunkRead;
import io.opendts.spi.OutOfStepException;
import io.opendts.spi.Relations.Known;
import io.opendts.spi.Target.Load;
import io.opendts.task.LatestRelations;
import io.opendts.task.Resync;
import io.opendts.task.Resync.Stage;
import io.opendts.task.StoppedTable;
import io.opendts.task.TaskContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The tables that are copied anew while changes are applied, a chunk at a time between two transactions of the target. One thread.
 *
 * <p>Why that is exact: a chunk is read behind the checkpoint at which apply has stopped, so it holds every change in front of it;
 * those behind it that it holds as well replace what they find, until the position that the log had when the last chunk was read. A
 * chunk is only taken of a table that is as the statements make it that have been followed so far: what is copied is never ahead of
 * a statement, and each statement meets rows as the source had them there. A table without a key is read at one exact position.
 */
final class Resyncs implements CopiedAnew {

    private static final System.Logger LOG = System.getLogger(Resyncs.class.getName());

    /** Others ask for tables too, see {@code dts resync}. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Until a statement that has not been followed yet comes along. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    /** Chunks are recorded by number, and a table may be copied anew more than once: no number is used again. */
    private static final String NEXT_NUMBER = "resync.next-number";
    private static final int NUMBERS_PER_WALK = 1_000_000;
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final TaskContext task;
    private final Map<TableId, Resync> open = new HashMap<>();
    private Optional<LatestRelations> layouts = Optional.empty();
    /** The log is not followed for them: they stay as they are. */
    private Set<TableId> stopped = Set.of();
    private long looked;
    private long pausedUntil;
    private long outOfStepSince;

    Resyncs(TaskContext task) {
        this.task = task;
        look();
    }

    private void look() {
        looked = System.nanoTime();
        Resync.of(task.store().progress(), task.name()).forEach(one -> open.putIfAbsent(one.table(), one));
        stopped = StoppedTable.of(task.store().progress(), task.name()).stream().map(StoppedTable::table).collect(Collectors.toSet());
    }

    private void put(TableId table, Stage stage) {
        Resync now = open.get(table).at(stage);
        now.put(task.store().progress(), task.name());
        open.put(table, now);
    }

    private void remove(TableId table) {
        Resync last = open.remove(table);
        if (last != null) {
            last.remove(task.store().progress(), task.name());
        }
    }

    @Override
    public boolean hold(TableId table, Change.Begin transaction) {
        Resync one = open.get(table);
        return one != null && switch (one.stage()) {
            case Stage.Waiting() -> true;
            case Stage.Exact(Position at) -> transaction != null && task.logOrder().covers(at, transaction);
            case Stage.Copying _, Stage.Ahead _ -> false;
        };
    }

    @Override
    public boolean ahead(TableId table) {
        Resync one = open.get(table);
        return one != null && (one.stage() instanceof Stage.Copying || one.stage() instanceof Stage.Ahead);
    }

    /**
     * Called in front of a change of the schema, again where it is made again after a crash. A table of which rows were copied before it,
     * from a moment behind it, is copied anew; one that is being copied goes on where its key stays.
     *
     * @param at     where the statement stands
     * @param copied whether the full copy has rows of a table that may be from behind the statement
     */
    void reshape(List<Change.Reshaped> tables, Position at, Predicate<TableId> copied, Supplier<Applier> session) {
        layouts = Optional.empty();
        Map<TableId, Resync> behind = new HashMap<>();
        for (Change.Reshaped one : tables) {
            if (one.anew()) {
                Resync now = new Resync(one.after().orElseThrow().source(), new Stage.Waiting(), Optional.of(at));
                behind.put(now.table(), now);
            } else if (one.before().isPresent() && one.after().isPresent()) {
                reshaped(one, at, copied).ifPresent(now -> {
                    if (now.stage() instanceof Stage.Waiting) {
                        empty(one.before().get(), session.get());
                    }
                    behind.put(now.table(), now);
                });
            }
        }
        if (!behind.isEmpty()) {
            Resync.put(task.store().progress(), task.name(), behind.values());
            open.putAll(behind);
        }
        tables.stream().flatMap(one -> one.before().stream()).map(Relation::source)
                .filter(table -> open.containsKey(table) && !open.get(table).isBehind(at)).toList().forEach(this::remove);
    }

    /** What becomes of the table under its name behind the statement; empty where it is not copied anew, or all is done. */
    private Optional<Resync> reshaped(Change.Reshaped one, Position at, Predicate<TableId> copied) {
        TableId from = one.before().orElseThrow().source();
        TableId to = one.after().orElseThrow().source();
        Optional<Resync> done = Optional.ofNullable(open.get(to)).filter(table -> table.isBehind(at));
        Optional<Resync> known = Optional.ofNullable(open.get(from)).filter(table -> !table.isBehind(at));
        if (done.isPresent() || known.isEmpty() && !copied.test(from)) {
            return Optional.empty();
        }
        return Optional.of(new Resync(to, stage(known, one), Optional.of(at)));
    }

    private static Stage stage(Optional<Resync> known, Change.Reshaped table) {
        Stage stage = known.map(Resync::stage).orElse(new Stage.Waiting());
        Relation after = table.after().orElseThrow();
        return switch (stage) {
            case Stage.Waiting() -> stage;
            case Stage.Copying(Chunk next) -> keepsKey(table) ? new Stage.Copying(new Chunk(after.source(), next.number(), next.kind(),
                    next.lower(), next.upper())) : new Stage.Waiting();
            case Stage.Ahead _, Stage.Exact _ -> stage;
        };
    }

    private static boolean keepsKey(Change.Reshaped table) {
        return identity(table.before().orElseThrow()).equals(identity(table.after().orElseThrow()));
    }

    private static List<Column> identity(Relation relation) {
        return relation.identity().stream().map(relation.columns()::get).toList();
    }

    /**
     * A statement is left out as the user has said: the tables are what it made of them all the same, and rows that are in a copy alone
     * are copied.
     */
    void passOver(List<Change.Reshaped> tables) {
        layouts = Optional.empty();
        tables.stream().filter(Change.Reshaped::anew).flatMap(table -> table.after().stream()).map(Relation::source).forEach(table -> {
            open.put(table, Resync.waiting(table));
            open.get(table).put(task.store().progress(), task.name());
        });
    }

    private void empty(Relation relation, Applier session) {
        session.write(List.of(new Step.TruncateTable(relation)));
        session.commit(session.checkpoint().orElseThrow());
    }

    /**
     * Copies a chunk where one can be copied now; nothing of the session's may be written and not committed.
     *
     * @return whether it has done something: there may be more to do at once
     */
    boolean step(Checkpoint standing, Supplier<Applier> session) {
        long now = System.nanoTime();
        if (now - looked > LOOK_NANOS) {
            look();
        }
        if (open.isEmpty() || now < pausedUntil) {
            return false;
        }
        for (Resync one : List.copyOf(open.values())) {
            if (!stopped.contains(one.table()) && step(one, standing, session)) {
                outOfStepSince = 0;
                return true;
            }
        }
        pausedUntil = System.nanoTime() + PAUSE_NANOS;
        return false;
    }

    /** To be tried again; the longer it takes the more a user wants to know of it. */
    private boolean outOfStep(TableId table) {
        long now = System.nanoTime();
        if (outOfStepSince == 0) {
            outOfStepSince = now;
        } else if (now - outOfStepSince > TELL_NANOS) {
            outOfStepSince = now;
            LOG.log(System.Logger.Level.WARNING, "task {0} waits to copy table {1} anew: the source has it otherwise than the log has"
                    + " told so far", task.name(), table);
        }
        return false;
    }

    private boolean step(Resync one, Checkpoint standing, Supplier<Applier> session) {
        return switch (one.stage()) {
            case Stage.Waiting() -> begin(one.table(), standing, session);
            case Stage.Copying(Chunk next) -> copy(one.table(), next, standing);
            case Stage.Ahead(Position until) -> ended(one.table(), until, standing);
            case Stage.Exact(Position at) -> ended(one.table(), at, standing);
        };
    }

    private boolean ended(TableId table, Position at, Checkpoint standing) {
        if (!task.logOrder().reached(standing.position(), at)) {
            return false;
        }
        LOG.log(System.Logger.Level.INFO, "task {0} has copied table {1} anew", task.name(), table);
        remove(table);
        return true;
    }

    private boolean begin(TableId table, Checkpoint standing, Supplier<Applier> session) {
        Optional<Known> known = layout(table, standing);
        if (known.isEmpty()) {
            return giveUp(table, "it is gone");
        }
        if (task.existingTables() == ExistingTables.IGNORE) {
            return giveUp(table, "rows of others may be in it (existingTables: ignore), and it would be emptied");
        }
        if (layouts.orElseThrow().awaited(table, standing.position())) {
            return false;
        }
        if (!task.source().unchanged(known.get().table())) {
            return task.ddl().follows(table) && known.get().route().operations().contains(Operation.DDL) ? outOfStep(table)
                    : giveUp(table, "the source's was altered, and the task does not follow that");
        }
        LOG.log(System.Logger.Level.INFO, "task {0} copies table {1} anew", task.name(), table);
        empty(known.get().relation(), session.get());
        Chunk first = first(known.get());
        if (known.get().relation().keyless()) {
            return copyExactly(known.get(), first, standing);
        }
        put(table, new Stage.Copying(first));
        return true;
    }

    private boolean giveUp(TableId table, String why) {
        LOG.log(System.Logger.Level.WARNING, "task {0} does not copy table {1} anew: {2}", task.name(), table, why);
        remove(table);
        return true;
    }

    private Chunk first(Known known) {
        int number = task.store().progress().get(task.name(), NEXT_NUMBER).map(Integer::parseInt).orElse(NUMBERS_PER_WALK);
        Chunk walk = task.source().walk(known.table(), known.route());
        int numbers = walk.kind() == Chunk.Kind.WALK ? NUMBERS_PER_WALK : 1;
        task.store().progress().put(task.name(), NEXT_NUMBER, Integer.toString(Math.addExact(number, numbers)));
        return new Chunk(walk.table(), number, walk.kind(), "", "");
    }

    private boolean copyExactly(Known known, Chunk chunk, Checkpoint standing) {
        Optional<ChunkRead> read = load(known, chunk, standing);
        read.ifPresent(done -> put(known.table().id(), new Stage.Exact(done.exactAt().orElseThrow())));
        return read.isPresent();
    }

    private boolean copy(TableId table, Chunk next, Checkpoint standing) {
        Optional<Known> known = layout(table, standing);
        if (known.isEmpty()) {
            return giveUp(table, "it is gone");
        }
        Optional<ChunkRead> read = load(known.get(), next, standing);
        read.ifPresent(done -> put(table, done.next().<Stage>map(Stage.Copying::new)
                .orElseGet(() -> new Stage.Ahead(task.source().position()))));
        return read.isPresent();
    }

    /** Empty where the source's table is ahead of what has been followed. */
    private Optional<ChunkRead> load(Known known, Chunk chunk, Checkpoint standing) {
        try {
            return Optional.of(task.target().load(new Load(chunk, known.relation(), sink -> task.source().readUnchanged(chunk,
                    known.table(), known.route(), known.relation(), task.rowsPerChunk(), standing.position(), sink)), standing));
        } catch (OutOfStepException later) {
            outOfStep(known.table().id());
            return Optional.empty();
        }
    }

    private Optional<Known> layout(TableId table, Checkpoint standing) {
        if (layouts.isEmpty()) {
            layouts = Optional.of(LatestRelations.of(task, standing.position()));
        }
        return layouts.get().of(table);
    }
}
