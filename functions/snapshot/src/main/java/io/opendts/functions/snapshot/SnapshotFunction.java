package io.opendts.functions.snapshot;

import io.opendts.model.Cascades;
import io.opendts.model.Chunk;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import io.opendts.model.Stage;
import io.opendts.model.Table;
import io.opendts.model.Table.ForeignKey;
import io.opendts.model.TableId;
import io.opendts.queue.Payload;
import io.opendts.spi.CheckScope.ExistingTables;
import io.opendts.spi.ChunkRead;
import io.opendts.spi.RowFeed;
import io.opendts.spi.Target;
import io.opendts.state.Chunks.Copied;
import io.opendts.state.Chunks.Plan;
import io.opendts.state.Chunks.TableCopy;
import io.opendts.state.Relations;
import io.opendts.state.Relations.Registered;
import io.opendts.task.Facts;
import io.opendts.task.Resync;
import io.opendts.task.TaskContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The full copy: one invocation plans a table or copies a chunk. Safe to call twice, late and side by side: the target knows
 * which chunks it holds.
 */
public final class SnapshotFunction {

    private static final System.Logger LOG = System.getLogger(SnapshotFunction.class.getName());

    /** Told of every chunk once, however often it is copied. */
    @FunctionalInterface
    public interface Counter {

        void copied(String task, long rows, long bytes);
    }

    /** Of several tables: what a kill makes to be planned again, against one write a table. */
    private static final int CHUNKS_PER_WRITE = 200;

    private final Counter counter;

    public SnapshotFunction(Counter counter) {
        this.counter = counter;
    }

    /** A request without a chunk asks for the plan. */
    public Payload.ChunkCompleted handle(TaskContext task, Payload.ChunkRequested request) {
        if (request.chunk() == null) {
            plan(task);
            return new Payload.ChunkCompleted(task.name(), null, 0, 0, 0, null, null);
        }
        Registered known = task.store().relations().find(task.name(), request.relation())
                .filter(found -> found.table().id().equals(request.chunk().table()))
                .orElseThrow(() -> new DtsException(ErrorCode.MESSAGE_REFUSED, "task " + task.name() + " has no layout "
                        + request.relation() + " of table " + request.chunk().table(), "send chunks as they were planned"));
        long began = System.currentTimeMillis();
        ChunkRead read = copy(task, request.chunk(), known);
        return new Payload.ChunkCompleted(task.name(), request.chunk(), read.rows(), read.bytes(), System.currentTimeMillis() - began,
                read.exactAt().map(Position::text).orElse(null), read.next().orElse(null));
    }

    /** Splits every table that has not been split yet. */
    private void plan(TaskContext task) {
        List<Registered> tables = task.store().relations().latest(task.name());
        CascadePoint.Order order = CascadePoint.order(task, tables);
        Set<TableId> planned = task.store().chunks().tables(task.name()).stream().map(TableCopy::table).collect(Collectors.toSet());
        List<Plan> plans = new ArrayList<>();
        int chunks = 0;
        for (Registered known : tables) {
            Table table = known.table();
            if (planned.contains(table.id())) {
                continue;
            }
            Plan plan = new Plan(table.id(), known.relation().id(), order.level(table.id()), table.rowsEstimated(),
                    order.together(table.id()) ? List.of(CascadePoint.chunk(table.id())) : split(task, known));
            plans.add(plan);
            chunks += plan.chunks().size();
            if (chunks >= CHUNKS_PER_WRITE) {
                task.store().chunks().plan(task.name(), plans);
                plans.clear();
                chunks = 0;
            }
        }
        task.store().chunks().plan(task.name(), plans);
        Facts.of(task).once(Facts.COPY_PLANNED, System.currentTimeMillis());
    }

    /** One piece of a table that is another one meanwhile: copying it finds out what is to be done. */
    private static List<Chunk> split(TaskContext task, Registered known) {
        try {
            return task.source().split(known.table(), known.route(), task.rowsPerChunk());
        } catch (DtsException failure) {
            if (altered(task, known).isEmpty()) {
                throw failure;
            }
            return List.of(new Chunk(known.table().id(), 0, Chunk.Kind.WHOLE, "", ""));
        }
    }

    /** Copies a chunk and records it; answers how the read ended, also when an earlier try had done it. */
    private ChunkRead copy(TaskContext task, Chunk chunk, Registered known) {
        try {
            if (chunk.kind() == Chunk.Kind.TOGETHER) {
                return loadLinks(task).get(chunk.table());
            }
            if (known.table().foreignKeys().stream().anyMatch(ForeignKey::cascading)) {
                CascadePoint.pass(task);
            }
            return load(task, chunk, known);
        } catch (DtsException failure) {
            List<TableId> altered = altered(task, known);
            if (altered.isEmpty()) {
                throw failure;
            }
            LOG.log(System.Logger.Level.INFO, "task {0} copies anew behind the full copy, for it was altered meanwhile: {1}", task.name(),
                    altered);
            Resync.put(task.store().progress(), task.name(), altered.stream().map(Resync::waiting).toList());
            List<Chunk> missing = chunk.kind() == Chunk.Kind.TOGETHER ? CascadePoint.links(task) : List.of(chunk);
            ChunkRead nothing = new ChunkRead(0, 0, Optional.empty(), Optional.empty());
            missing.forEach(one -> done(task, one, nothing));
            return nothing;
        }
    }

    private Map<TableId, ChunkRead> loadLinks(TaskContext task) {
        Map<TableId, ChunkRead> reads = CascadePoint.copyLinks(task);
        reads.forEach((table, read) -> done(task, CascadePoint.chunk(table), read));
        return reads;
    }

    /**
     * The table, if statements that the log has still to tell of have made another one of it, or taken it away; of tables that
     * cascades tie together all of them, if one was: they have one moment of the copy.
     */
    private static List<TableId> altered(TaskContext task, Registered known) {
        List<Registered> all = task.store().relations().latest(task.name());
        Cascades cascades = Relations.cascades(all);
        List<Registered> together = cascades.ties(known.table().id())
                ? all.stream().filter(one -> cascades.ties(one.table().id())).toList() : List.of(known);
        boolean followed = task.runs(Stage.INCREMENTAL) && task.existingTables() != ExistingTables.IGNORE && together.stream()
                .allMatch(one -> task.ddl().follows(one.table().id()) && one.route().dataSource().isEmpty());
        return followed && together.stream().anyMatch(one -> !task.source().unchanged(one.table()))
                ? together.stream().map(one -> one.table().id()).toList() : List.of();
    }

    private ChunkRead load(TaskContext task, Chunk chunk, Registered known) {
        RowFeed feed = sink -> task.source().read(chunk, known.table(), known.route(), known.relation(), task.rowsPerChunk(), sink);
        ChunkRead read = task.target().load(List.of(new Target.Load(chunk, known.relation(), feed)), task.existingTables()).getFirst();
        done(task, chunk, read);
        return read;
    }

    private void done(TaskContext task, Chunk chunk, ChunkRead read) {
        if (task.store().chunks().done(task.name(), new Copied(chunk, read.rows(), read.bytes(), read.exactAt()), read.next())) {
            counter.copied(task.name(), read.rows(), read.bytes());
        }
    }
}
