package io.opendts.functions.apply;

import io.opendts.model.Batch;
import io.opendts.model.Change;
import io.opendts.model.Checkpoint;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Route.Operation;
import io.opendts.model.TableId;
import io.opendts.spi.Applier;
import io.opendts.spi.Applier.Step;
import io.opendts.spi.ConflictException;
import io.opendts.spi.LogOrder;
import io.opendts.spi.Target;
import io.opendts.task.TaskContext.Conflicts;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * Applies batches of changes to a target. What it remembers is only a session and the checkpoint that this session read from
 * the target: a batch that is already there is skipped, one that does not follow is refused, so batches may come twice, and
 * a killed process is replaced by any other. One thread.
 */
public final class ApplyFunction implements AutoCloseable {

    /**
     * @param copyEnd     where the log stood when the last chunk of the full copy had been read: until there the target may
     *                    hold rows from any moment of the copy, and changes replace what they find; empty without a full copy
     * @param copied      what of the log is in the full copy
     * @param schema      what becomes of changes of the schema, TRUNCATE too
     * @param resyncs     tables that are copied anew
     * @param partitions  of the task's changes, of which this is one
     * @param operations  that are carried of a table of the source
     */
    public record Settings(Optional<Position> copyEnd, CopiedChanges copied, Conflicts conflicts, SchemaChanges schema,
            Resyncs resyncs, Partitions partitions, Function<TableId, Set<Operation>> operations) {}

    /**
     * What one call has made durable.
     *
     * @param committedAtMillis when the last transaction was committed on the source; 0 if there was none
     */
    public record Applied(Checkpoint checkpoint, long transactions, long rows, long conflicts, long committedAtMillis) {

        private Applied and(Applied later) {
            return new Applied(later.checkpoint, transactions + later.transactions, rows + later.rows, conflicts + later.conflicts,
                    Math.max(committedAtMillis, later.committedAtMillis));
        }
    }

    private final Target target;
    private final LogOrder order;
    private final Settings settings;
    private final CarriedOperations operations;
    private Applier applier;
    private Checkpoint checkpoint;
    private Change.Begin openTransaction;
    private long openTransactionSequence = -1;
    private long openRows;

    public ApplyFunction(Target target, LogOrder order, Settings settings, Checkpoint checkpoint) {
        this.target = target;
        this.order = order;
        this.settings = settings;
        this.operations = new CarriedOperations(settings.operations(), transaction -> reachedCopyEnd(transaction.at()));
        this.checkpoint = checkpoint;
    }

    /**
     * Copies a piece of a table that is copied anew, where there is one and nothing is written that is not committed.
     *
     * @return whether it did: there may be more to copy at once
     */
    public boolean resync() {
        return openTransactionSequence < 0 && reachedCopyEnd(checkpoint.position())
                && settings.resyncs().step(checkpoint, this::session);
    }

    /** Makes objects that hold no rows and have waited for tables, where nothing is written that is not committed. */
    public void remake() {
        if (openTransactionSequence < 0) {
            try {
                settings.schema().step(checkpoint, this::session);
            } catch (RuntimeException failure) {
                forgetSession();
                throw failure;
            }
        }
    }

    /**
     * Applies the batches as one transaction of the target, with the checkpoint in it. A batch that is not whole is written and
     * stays uncommitted until a later call brings the end of its transaction. It stops in front of a change of the schema for which other
     * partitions are to be waited for: {@link #next} tells with which batch it goes on.
     *
     * @throws DtsException QUEUE_GAP when a batch is missing; CONFLICT by policy; the target's codes
     */
    public Applied apply(List<Batch> batches) {
        List<Batch> fresh = batches.stream().filter(b -> b.sequence() > writtenThrough()).toList();
        if (fresh.isEmpty()) {
            return nothing();
        }
        checkContinuity(fresh);
        Applied applied = nothing();
        int at = 0;
        while (at < fresh.size()) {
            int change = nextSchemaChange(fresh, at);
            if (change > at) {
                applied = applied.and(applyRows(fresh.subList(at, change)));
            }
            if (change < fresh.size() && !pass(fresh.get(change))) {
                return applied;
            }
            at = change + 1;
        }
        return applied;
    }

    private Applied nothing() {
        return new Applied(checkpoint, 0, 0, 0, 0);
    }

    /** The next batch that ends with one; the number of batches where none does. */
    private int nextSchemaChange(List<Batch> batches, int from) {
        int at = from;
        while (at < batches.size() && !endsWithSchemaChange(batches.get(at))) {
            at++;
        }
        return at;
    }

    private static boolean endsWithSchemaChange(Batch batch) {
        Change last = batch.changes().isEmpty() ? null : batch.changes().getLast();
        return last instanceof Change.Ddl || last instanceof Change.Truncate;
    }

    /**
     * What is in front of it has been committed; the batch that begins with the end of its transaction stores the checkpoint.
     *
     * @return false where others are still to be waited for
     */
    private boolean pass(Batch batch) {
        boolean alone = batch.changes().size() == 2 && !batch.whole() && openTransactionSequence < 0;
        if (!alone || !(batch.changes().getFirst() instanceof Change.Begin transaction)) {
            throw new DtsException(ErrorCode.QUEUE_DAMAGED, "batch " + batch.sequence() + " of task " + batch.task()
                    + " has a change of the schema among others", "`dts reset " + batch.task() + "` and copy again");
        }
        if (!settings.partitions().meet(batch.sequence())) {
            return false;
        }
        if (settings.partitions().first()) {
            make(batch, transaction);
        } else {
            settings.resyncs().met();
            passed(transaction, batch);
        }
        return true;
    }

    private void make(Batch batch, Change.Begin transaction) {
        switch (batch.changes().getLast()) {
            case Change.Ddl ddl -> follow(ddl, transaction, batch);
            case Change.Truncate(Relation relation) -> truncate(relation, transaction, batch);
            case Change.Begin _, Change.End _, Change.Insert _, Change.Update _, Change.Delete _ -> applyRows(List.of(batch));
        }
    }

    /** A change of the schema commits by itself. */
    private void follow(Change.Ddl ddl, Change.Begin transaction, Batch batch) {
        try {
            settings.schema().follow(ddl, transaction, batch.sequence(), reachedCopyEnd(batch.from()), this::session);
        } catch (RuntimeException failure) {
            forgetSession();
            throw failure;
        }
        passed(transaction, batch);
    }

    /** Emptying a table does not: it is written as rows are. */
    private void truncate(Relation relation, Change.Begin transaction, Batch batch) {
        if (settings.schema().carriesTruncate(relation.source(), transaction)) {
            applyRows(List.of(batch));
        } else {
            passed(transaction, batch);
        }
    }

    private void passed(Change.Begin transaction, Batch batch) {
        openTransaction = transaction;
        openTransactionSequence = batch.sequence();
    }

    private Applied applyRows(List<Batch> fresh) {
        int complete = completeThrough(fresh);
        if (complete == 0 || complete == fresh.size()) {
            return applyTogether(fresh);
        }
        Applied first = applyTogether(fresh.subList(0, complete));
        applyTogether(fresh.subList(complete, fresh.size()));
        return first;
    }

    /** What is complete is committed before the pieces of a large transaction are begun. */
    private static int completeThrough(List<Batch> batches) {
        int complete = batches.size();
        while (complete > 0 && !batches.get(complete - 1).whole()) {
            complete--;
        }
        return complete;
    }

    private Applied applyTogether(List<Batch> fresh) {
        try {
            return write(fresh);
        } catch (ConflictException conflict) {
            return settle(fresh, conflict);
        } catch (RuntimeException failure) {
            forgetSession();
            throw failure;
        }
    }

    private Applied write(List<Batch> batches) {
        boolean strict = strictFrom(batches.getFirst().from());
        ApplyPlanner planner = new ApplyPlanner(strict, operations, openTransaction, settings.copied());
        batches.forEach(b -> b.changes().forEach(planner::add));
        session().write(planner.steps());
        return finish(batches.getLast(), planner.transaction(), planner.transactions(), planner.rows(), 0);
    }

    private Applied finish(Batch last, Change.Begin transaction, long transactions, long rows, long conflicts) {
        openTransaction = transaction;
        if (!last.whole()) {
            openTransactionSequence = last.sequence();
            openRows += rows;
            return nothing();
        }
        Checkpoint reached = new Checkpoint(last.upTo(), last.epoch(), last.sequence());
        session().commit(reached);
        checkpoint = reached;
        long durableRows = openRows + rows;
        openRows = 0;
        openTransactionSequence = -1;
        return new Applied(checkpoint, transactions, durableRows, conflicts, transaction == null ? 0 : transaction.committedAtMillis());
    }

    /**
     * A conflict somewhere in the group: goes change by change to find it, and does what the policy says. Whatever was written
     * before is rolled back by then. A conflict that does not come back change by change was none: two changes of the group
     * only looked like one to the grouping.
     */
    private Applied settle(List<Batch> batches, ConflictException conflict) {
        if (openTransactionSequence >= 0) {
            forgetSession();
            throw conflictError(conflict.table(), conflict.getMessage());
        }
        List<Change> changes = batches.stream().flatMap(b -> b.changes().stream()).toList();
        List<Change> refused = new ArrayList<>();
        while (true) {
            Optional<Change> found = writeOneByOne(changes, refused);
            if (found.isEmpty()) {
                long transactions = changes.stream().filter(Change.End.class::isInstance).count();
                Change.Begin last = lastBegin(changes);
                return finish(batches.getLast(), last, transactions, changes.size() - 2 * transactions, refused.size());
            }
            switch (settings.conflicts()) {
                case FAIL, OVERWRITE -> throw conflictError(conflict.table(), conflict.getMessage());
                case IGNORE -> refused.add(found.get());
            }
        }
    }

    /** Writes all changes but the refused ones, each by itself; answers the first that conflicts, after a rollback. */
    private Optional<Change> writeOneByOne(List<Change> changes, List<Change> refused) {
        Change.Begin transaction = openTransaction;
        for (Change change : changes) {
            if (refused.stream().anyMatch(r -> r == change)) {
                continue;
            }
            ApplyPlanner planner = new ApplyPlanner(true, operations, transaction, settings.copied());
            planner.add(change);
            transaction = planner.transaction();
            try {
                List<Step> steps = planner.steps();
                if (!steps.isEmpty()) {
                    session().write(steps);
                }
            } catch (ConflictException conflict) {
                forgetSession();
                return Optional.of(change);
            }
        }
        return Optional.empty();
    }

    private static Change.Begin lastBegin(List<Change> changes) {
        for (int i = changes.size() - 1; i >= 0; i--) {
            if (changes.get(i) instanceof Change.Begin begin) {
                return begin;
            }
        }
        return null;
    }

    private static DtsException conflictError(TableId table, String message) {
        return new DtsException(ErrorCode.CONFLICT, "conflict in target table " + table + ": " + message,
                "find out what else writes to this table (`dts verify` lists the differences), mend the rows, and resume;"
                        + " or set conflicts: overwrite or ignore");
    }

    private boolean strictFrom(Position from) {
        return settings.conflicts() != Conflicts.OVERWRITE && reachedCopyEnd(from);
    }

    private boolean reachedCopyEnd(Position at) {
        return settings.copyEnd().map(end -> order.reached(at, end)).orElse(true);
    }

    private void checkContinuity(List<Batch> batches) {
        long expected = writtenThrough() + 1;
        for (Batch batch : batches) {
            if (batch.sequence() != expected || batch.epoch() < checkpoint.epoch()) {
                throw new DtsException(ErrorCode.QUEUE_GAP,
                        "task " + batch.task() + ": batch " + batch.sequence() + " of epoch " + batch.epoch()
                                + " does not follow batch " + (expected - 1) + " of epoch " + checkpoint.epoch() + " on the target",
                        "start the task again: it goes on from the target's checkpoint");
            }
            expected++;
        }
        Batch first = batches.getFirst();
        if (openTransactionSequence < 0 && !first.from().equals(checkpoint.position())) {
            throw new DtsException(ErrorCode.QUEUE_GAP, "task " + first.task() + ": batch " + first.sequence() + " of epoch "
                    + first.epoch() + " begins at " + first.from().text() + ", the target stands at " + checkpoint.position().text()
                    + ": the queue has lost what another apply worker had",
                    "`dts reset " + first.task() + "` and copy again, unless a retry helps");
        }
    }

    private long writtenThrough() {
        return Math.max(checkpoint.sequence(), openTransactionSequence);
    }

    private Applier session() {
        if (applier == null) {
            Applier opened = target.applier();
            if (!opened.checkpoint().equals(Optional.of(checkpoint))) {
                opened.close();
                throw overtaken(opened.checkpoint());
            }
            applier = opened;
        }
        return applier;
    }

    /** Somebody else has applied since this worker looked: what it holds is behind, and the session alone would not notice. */
    private DtsException overtaken(Optional<Checkpoint> found) {
        return new DtsException(ErrorCode.QUEUE_GAP,
                "the target stands at batch " + found.map(c -> Long.toString(c.sequence())).orElse("none") + ", not at batch "
                        + checkpoint.sequence() + " as it did a moment ago: another apply worker was here",
                "it goes on from the target's checkpoint by itself");
    }

    /** After this the next call must start again behind the checkpoint. */
    private void forgetSession() {
        openTransaction = null;
        openTransactionSequence = -1;
        openRows = 0;
        if (applier != null) {
            applier.close();
            applier = null;
        }
    }

    public Checkpoint checkpoint() {
        return checkpoint;
    }

    /** The number of the batch that is wanted next. */
    public long next() {
        return writtenThrough() + 1;
    }

    @Override
    public void close() {
        forgetSession();
        settings.partitions().close();
    }
}
