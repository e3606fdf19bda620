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
import io.opendts.spi.CheckScope.ExistingTables;
import io.opendts.spi.ChunkRead;
import io.opendts.spi.Relations.Known;
import io.opendts.task.LatestRelations;
import io.opendts.task.Resync;
import io.opendts.task.Resync.Stage;
import io.opendts.task.StoppedTable;
import io.opendts.task.TaskContext;
import java.util.Collection;
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
 * a statement, and each statement meets rows as the source had them there. A table without a key is read at one exact position, and so are
 * those that cascading foreign keys tie together, all at one: from there on every cascade runs on the rows that it had on the source.
 *
 * <p>Of several partitions the first copies. A copy begins behind a change of the schema, or a look-up, at which all have met: from
 * there on the rows of the others replace what they find, and none is left out. A chunk is read behind the checkpoints of all.
 */
final class Resyncs implements CopiedAnew {

    private static final System.Logger LOG = System.getLogger(Resyncs.class.getName());

    /** Others ask for tables too, see {@code dts resync}. */
    private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Until a statement that has not been followed yet comes along. */
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
    private static final long TELL_NANOS = TimeUnit.SECONDS.toNanos(60);

    private final TaskContext task;
    private final Partitions partitions;
    private final AnewCopies copies;
    private final Map<TableId, Resync> open = new HashMap<>();
    private Optional<LatestRelations> layouts = Optional.empty();
    /** The log is not followed for them: they stay as they are. */
    private Set<TableId> stopped = Set.of();
    private long looked;
    private long pausedUntil;
    private long outOfStepSince;

    Resyncs(TaskContext task, Partitions partitions) {
        this.task = task;
        this.partitions = partitions;
        this.copies = new AnewCopies(task, partitions.number());
        look();
    }

    private void look() {
        looked = System.nanoTime();
        if (!partitions.first()) {
            open.clear();
        }
        Resync.of(task.store().progress(), task.name()).forEach(one -> open.putIfAbsent(one.table(), one));
        stopped = StoppedTable.of(task.store().progress(), task.name()).stream().map(StoppedTable::table).collect(Collectors.toSet());
    }

    private void put(Collection<Resync> now) {
        Resync.put(task.store().progress(), task.name(), now);
        now.forEach(one -> open.put(one.table(), one));
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
        return partitions.first() && one != null && switch (one.stage()) {
            case Stage.Waiting() -> true;
            case Stage.Exact(Position at) -> transaction != null && task.logOrder().covers(at, transaction);
            case Stage.Asked(), Stage.Told(), Stage.Copying _, Stage.Ahead _ -> false;
        };
    }

    @Override
    public boolean ahead(TableId table) {
        Resync one = open.get(table);
        return one != null && switch (one.stage()) {
            case Stage.Copying _, Stage.Ahead _ -> true;
            case Stage.Waiting(), Stage.Exact _ -> !partitions.first();
            // somebody may have asked because rows of it are wrong
            case Stage.Asked(), Stage.Told() -> true;
        };
    }

    /**
     * Called in front of a change of the schema, again where it is made again after a crash. A table of which rows were copied before it,
     * from a moment behind it, is copied anew; one that is being copied goes on where its key stays.
     *
     * @param at     where the change stands
     * @param mark   by which it is known when it comes again: of a look-up between two transactions the second may hold a statement
     * @param batch  the number of its batch
     * @param copied whether the full copy has rows of a table that may be from behind the statement
     */
    void reshape(List<Change.Reshaped> tables, Position at, Position mark, long batch, Predicate<TableId> copied,
            Supplier<Applier> session) {
        layouts = Optional.empty();
        Map<TableId, Resync> behind = new HashMap<>();
        for (Change.Reshaped one : tables) {
            if (one.anew()) {
                Resync now = Resync.waiting(one.after().orElseThrow().source()).behind(mark, batch);
                behind.put(now.table(), now);
            } else if (one.before().isPresent() && one.after().isPresent()) {
                reshaped(one, mark, copied).ifPresent(now -> {
                    if (now.stage() instanceof Stage.Waiting) {
                        copies.empty(List.of(one.before().get()), session.get());
                    }
                    behind.put(now.table(), now.behind(mark, batch));
                });
            }
        }
        Map<TableId, Relation> tied = tied(behind, tables, at);
        if (!tied.isEmpty()) {
            copies.empty(tied.values(), session.get());
            tied.keySet().forEach(table -> behind.put(table, Resync.waiting(table).behind(mark, batch)));
        }
        if (!behind.isEmpty()) {
            put(behind.values());
        }
        tables.stream().flatMap(one -> one.before().stream()).map(Relation::source)
                .filter(table -> open.containsKey(table) && !open.get(table).isBehind(mark)).toList().forEach(this::remove);
    }

    /**
     * What else is copied anew, since a change ties it to such tables or has done so before: all from one moment. By the names behind the
     * change, in the layouts in front of it.
     */
    private Map<TableId, Relation> tied(Map<TableId, Resync> behind, List<Change.Reshaped> change, Position at) {
        Map<TableId, Resync> all = new HashMap<>(open);
        change.stream().flatMap(one -> one.before().stream()).map(Relation::source).forEach(all::remove);
        all.putAll(behind);
        List<TableId> anew = all.values().stream()
                .filter(one -> one.stage() instanceof Stage.Waiting || one.stage() instanceof Stage.Copying).map(Resync::table).toList();
        if (anew.isEmpty()) {
            return Map.of();
        }
        Map<TableId, Relation> tied = new HashMap<>();
        LatestRelations then = LatestRelations.behind(task, at, change);
        for (Known known : anew.stream().flatMap(table -> then.together(table).stream()).toList()) {
            TableId table = known.table().id();
            if (!all.containsKey(table) || !(all.get(table).stage() instanceof Stage.Waiting)) {
                tied.put(table, inFront(known, change));
            }
        }
        return tied;
    }

    private static Relation inFront(Known known, List<Change.Reshaped> change) {
        return change.stream().filter(one -> one.after().filter(after -> after.source().equals(known.table().id())).isPresent())
                .flatMap(one -> one.before().stream()).findFirst().orElse(known.relation());
    }

    /** What becomes of the table under its name behind the statement; empty where it is not copied anew, or all is done. */
    private Optional<Resync> reshaped(Change.Reshaped one, Position mark, Predicate<TableId> copied) {
        TableId from = one.before().orElseThrow().source();
        TableId to = one.after().orElseThrow().source();
        Optional<Resync> done = Optional.ofNullable(open.get(to)).filter(table -> table.isBehind(mark));
        Optional<Resync> known = Optional.ofNullable(open.get(from)).filter(table -> !table.isBehind(mark));
        if (done.isPresent() || known.isEmpty() && !copied.test(from)) {
            return Optional.empty();
        }
        boolean asked = known.filter(table -> !(isRequest(table) && copied.test(from))).isPresent();
        return Optional.of(Resync.waiting(to).at(stage(asked ? known : Optional.empty(), one)));
    }

    /** The table is as it was. */
    private static boolean isRequest(Resync one) {
        return one.stage() instanceof Stage.Asked || one.stage() instanceof Stage.Told;
    }

    private static Stage stage(Optional<Resync> known, Change.Reshaped table) {
        Stage stage = known.map(Resync::stage).orElse(new Stage.Waiting());
        Relation after = table.after().orElseThrow();
        return switch (stage) {
            case Stage.Asked(), Stage.Told(), Stage.Waiting() -> stage;
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
        put(tables.stream().filter(Change.Reshaped::anew).flatMap(table -> table.after().stream())
                .map(after -> Resync.waiting(after.source())).toList());
    }

    /** The first partition has recorded by now what it copies from here on. */
    void met() {
        look();
    }

    /**
     * Copies a chunk where one can be copied now; nothing of the session's may be written and not committed.
     *
     * @return whether it has done something: there may be more to do at once
     */
    boolean step(Checkpoint standing, Supplier<Applier> session) {
        long now = System.nanoTime();
        if (now - looked > LOOK_NANOS && (partitions.first() || !open.isEmpty())) {
            look();
        }
        if (!partitions.first() || open.isEmpty() || now < pausedUntil) {
            return false;
        }
        if (partitions.number() == 1) {
            open.values().stream().filter(one -> one.stage() instanceof Stage.Asked).map(Resync::table).toList()
                    .forEach(table -> take(table, standing));
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

    private boolean step(Resync one, Checkpoint standing, Supplier<Applier> session) {
        if (isBegun(one.table(), standing)) {
            return false;
        }
        return switch (one.stage()) {
            case Stage.Asked(), Stage.Told() -> false;
            case Stage.Waiting() -> begin(one.table(), standing, session.get());
            case Stage.Copying(Chunk next) -> copy(one.table(), next, standing);
            case Stage.Ahead(Position until) -> ended(one.table(), until, standing);
            case Stage.Exact(Position at) -> ended(one.table(), at, standing);
        };
    }

    /** A change of it may be made by half: a process died in it, and it comes again. */
    private boolean isBegun(TableId table, Checkpoint standing) {
        return open.containsKey(table) && open.get(table).batch() > standing.sequence();
    }

    private boolean ended(TableId table, Position at, Checkpoint standing) {
        if (!task.logOrder().reached(standing.position(), at) || !partitions.othersReached(at)) {
            return false;
        }
        LOG.log(System.Logger.Level.INFO, "task {0} has copied table {1} anew", task.name(), table);
        remove(table);
        return true;
    }

    /** Takes on what somebody has asked for, with all tables that go with it, where that can be copied. */
    private void take(TableId table, Checkpoint standing) {
        List<Known> all = together(table, standing);
        if (all.isEmpty()) {
            giveUp(table, "it is gone");
            return;
        }
        if (task.existingTables() == ExistingTables.IGNORE) {
            giveUp(table, "rows of others may be in it (existingTables: ignore), and it would be emptied");
            return;
        }
        Optional<TableId> altered = altered(all.stream().filter(one -> !followed(one)).toList());
        if (altered.isPresent()) {
            giveUp(table, "table " + altered.get() + " of the source was altered, and the task does not follow that");
            return;
        }
        put(all.stream().map(this::waiting).toList());
    }

    private boolean followed(Known one) {
        return task.ddl().follows(one.table().id()) && one.route().operations().contains(Operation.DDL);
    }

    private Resync waiting(Known one) {
        TableId table = one.table().id();
        return open.getOrDefault(table, Resync.waiting(table)).at(new Stage.Waiting());
    }

    private boolean giveUp(TableId table, String why) {
        LOG.log(System.Logger.Level.WARNING, "task {0} does not copy table {1} anew: {2}", task.name(), table, why);
        remove(table);
        return true;
    }

    /** Its rows are left out since it waits: it must be copied. */
    private boolean begin(TableId table, Checkpoint standing, Applier session) {
        List<Known> all = together(table, standing);
        if (all.isEmpty()) {
            return giveUp(table, "it is gone");
        }
        if (!all.stream().allMatch(one -> waiting(one).equals(open.get(one.table().id())))) {
            put(all.stream().map(this::waiting).toList());
            return true;
        }
        if (awaited(all, standing)) {
            return false;
        }
        Optional<TableId> altered = altered(all);
        if (altered.isPresent()) {
            return outOfStep(altered.get());
        }
        LOG.log(System.Logger.Level.INFO, "task {0} copies anew: {1}", task.name(), all.stream().map(one -> one.table().id()).toList());
        copies.empty(all.stream().map(Known::relation).toList(), session);
        if (!layouts.orElseThrow().together(table).isEmpty()) {
            return exactly(table, all, copies.atOneMoment(all, standing));
        }
        if (all.getFirst().relation().keyless()) {
            return exactly(table, all, copies.chunk(all.getFirst(), copies.first(all.getFirst()), standing)
                    .map(read -> read.exactAt().orElseThrow()));
        }
        put(List.of(open.get(table).at(new Stage.Copying(copies.first(all.getFirst())))));
        return true;
    }

    private boolean exactly(TableId table, List<Known> all, Optional<Position> at) {
        at.ifPresent(position -> put(all.stream().map(one -> open.get(one.table().id()).at(new Stage.Exact(position))).toList()));
        return at.isPresent() || outOfStep(table);
    }

    private boolean copy(TableId table, Chunk next, Checkpoint standing) {
        List<Known> all = together(table, standing);
        if (all.isEmpty()) {
            return giveUp(table, "it is gone");
        }
        Optional<ChunkRead> read = copies.chunk(all.getFirst(), next, standing);
        read.ifPresent(done -> put(List.of(open.get(table).at(done.next().<Stage>map(Stage.Copying::new)
                .orElseGet(() -> new Stage.Ahead(task.source().position()))))));
        return read.isPresent() || outOfStep(table);
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

    /** Rows of it are still to come in the log that its reader leaves out; or it is stopped. */
    private boolean awaited(List<Known> all, Checkpoint standing) {
        return all.stream().map(one -> one.table().id()).anyMatch(table -> stopped.contains(table)
                || isBegun(table, standing) || layouts.orElseThrow().awaited(table, standing.position()));
    }

    private Optional<TableId> altered(List<Known> all) {
        return all.stream().filter(one -> !task.source().unchanged(one.table())).map(one -> one.table().id()).findFirst();
    }

    /** The table, and those that cascading foreign keys tie to it; none where the task has it no more. */
    private List<Known> together(TableId table, Checkpoint standing) {
        if (layouts.isEmpty()) {
            layouts = Optional.of(LatestRelations.of(task, standing.position()));
        }
        List<Known> tied = layouts.get().together(table);
        return tied.isEmpty() ? layouts.get().of(table).stream().toList() : tied;
    }
}
