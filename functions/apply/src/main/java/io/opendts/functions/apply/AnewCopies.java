package io.opendts.functions.apply;

import io.opendts.model.Checkpoint;
import io.opendts.model.Chunk;
import io.opendts.model.DtsException;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.spi.Applier;
import io.opendts.spi.Applier.Step;
import io.opendts.spi.ChunkRead;
import io.opendts.spi.OutOfStepException;
import io.opendts.spi.Relations.Known;
import io.opendts.spi.RowSink;
import io.opendts.spi.Target.LoadBehind;
import io.opendts.task.OneMoment;
import io.opendts.task.TaskContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * Copies pieces of tables beside the log, each in one transaction of the target in which all partitions' checkpoints stand still. What is
 * read is behind all of these, and of the tables as they are known; otherwise nothing is copied. One thread.
 */
final class AnewCopies {

    /** Chunks are recorded by number, and a table may be copied anew more than once: no number is used again. */
    private static final String NEXT_NUMBER = "resync.next-number";
    private static final int NUMBERS_PER_WALK = 1_000_000;

    private final TaskContext task;
    private final int partitions;

    AnewCopies(TaskContext task, int partitions) {
        this.task = task;
        this.partitions = partitions;
    }

    /** Nothing of the session's may be written and not committed. */
    void empty(Collection<Relation> tables, Applier session) {
        session.write(tables.stream().<Step>map(Step.TruncateTable::new).toList());
        session.commit(session.checkpoint().orElseThrow());
    }

    /** The first one of a table that is copied chunk by chunk, or all of it. */
    Chunk first(Known known) {
        Chunk walk = task.source().walk(known.table(), known.route());
        return new Chunk(walk.table(), number(walk.kind() == Chunk.Kind.WALK ? NUMBERS_PER_WALK : 1), walk.kind(), "", "");
    }

    private int number(int used) {
        int number = task.store().progress().get(task.name(), NEXT_NUMBER).map(Integer::parseInt).orElse(NUMBERS_PER_WALK);
        task.store().progress().put(task.name(), NEXT_NUMBER, Integer.toString(Math.addExact(number, used)));
        return number;
    }

    /** Empty where the source's table is ahead of what has been followed. */
    Optional<ChunkRead> chunk(Known known, Chunk chunk, Checkpoint standing) {
        try {
            LoadBehind load = new LoadBehind(chunk, known.relation(), behind -> sink -> task.source().readUnchanged(chunk, known.table(),
                    known.route(), known.relation(), task.rowsPerChunk(), behind, sink));
            return Optional.of(task.target().load(List.of(load), standing, partitions).getFirst());
        } catch (OutOfStepException later) {
            return Optional.empty();
        }
    }

    /** Copies all of the tables as they are at one position. Empty where the source has some of them otherwise than it is known. */
    Optional<Position> atOneMoment(List<Known> all, Checkpoint standing) {
        try (OneMoment moment = new OneMoment(task.source(), all.stream().map(Known::table).toList())) {
            List<LoadBehind> loads = new ArrayList<>();
            for (Known one : all) {
                Chunk chunk = new Chunk(one.table().id(), number(1), Chunk.Kind.TOGETHER, "", "");
                loads.add(new LoadBehind(chunk, one.relation(), behind -> sink -> read(moment, one, chunk, behind, sink)));
            }
            return task.target().load(loads, standing, partitions).getFirst().exactAt();
        } catch (OutOfStepException later) {
            return Optional.empty();
        }
    }

    /** While the moment's session is open nobody can alter a table that it has read. */
    private ChunkRead read(OneMoment moment, Known one, Chunk chunk, Position behind, RowSink sink) {
        ChunkRead read;
        try {
            read = moment.read(chunk, one.table(), one.route(), one.relation(), sink);
        } catch (DtsException failure) {
            insist(one, task.source().unchanged(one.table()));
            throw failure;
        }
        insist(one, task.logOrder().reached(moment.at(), behind) && task.source().unchanged(one.table()));
        return read;
    }

    private static void insist(Known one, boolean inStep) {
        if (!inStep) {
            throw new OutOfStepException(one.table().id());
        }
    }
}
