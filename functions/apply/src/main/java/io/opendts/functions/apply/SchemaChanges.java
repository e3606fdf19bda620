package io.opendts.functions.apply;

import io.opendts.model.Change;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.TableId;
import io.opendts.spi.Applier;
import io.opendts.spi.CheckScope.ExistingTables;
import io.opendts.spi.SchemaChange;
import io.opendts.spi.SchemaChange.Side;
import io.opendts.spi.SchemaChange.TableChange;
import io.opendts.state.Relations;
import io.opendts.state.Relations.Registered;
import io.opendts.task.DisplayedFacts;
import io.opendts.task.Facts;
import io.opendts.task.TaskContext;
import io.opendts.task.TaskContext.DdlPolicy;
import java.util.Optional;
import java.util.function.Supplier;

/** What becomes of a change of the source's schema: batches tell the layouts of its tables, the state store has the tables. */
final class SchemaChanges {

    private static final System.Logger LOG = System.getLogger(SchemaChanges.class.getName());

    private static final int SHOWN_CHARS = 80;

    private final TaskContext task;
    private final Resyncs resyncs;

    /** @param resyncs told of every change before the target is */
    SchemaChanges(TaskContext task, Resyncs resyncs) {
        this.task = task;
        this.resyncs = resyncs;
    }

    /**
     * @param transaction of the statement
     * @param behind      whether it lies behind the full copy
     * @throws DtsException LOG_DDL for a change that is not followed, TARGET_STATEMENT_FAILED for one that the target refuses
     */
    void follow(Change.Ddl ddl, Change.Begin transaction, boolean behind, Supplier<Applier> session) {
        Position at = transaction.at();
        if (skipped(at)) {
            LOG.log(System.Logger.Level.WARNING, "task {0} leaves out, as it was told, the statement at {1}: {2}", task.name(), at.text(),
                    shown(ddl.statement()));
            resyncs.passOver();
            return;
        }
        try {
            SchemaChange change = toFollow(ddl, transaction, behind);
            resyncs.reshape(ddl.tables(), at, table -> !behind && copied(table), session);
            session.get().follow(change);
        } catch (DtsException stopped) {
            throw stopped.code() == ErrorCode.LOG_DDL || stopped.code() == ErrorCode.TARGET_STATEMENT_FAILED ? withChoice(stopped, at)
                    : stopped;
        }
    }

    /** Asked for with the whole position or without its GTIDs. */
    private boolean skipped(Position at) {
        return task.store().progress().get(task.name(), DisplayedFacts.SKIP_DDL)
                .filter(skip -> at.text().equals(skip) || at.text().startsWith(skip + ";")).isPresent();
    }

    private DtsException withChoice(DtsException stopped, Position at) {
        String place = at.text().contains(";") ? at.text().substring(0, at.text().indexOf(';')) : at.text();
        return new DtsException(stopped.code(), stopped.getMessage() + " (at " + place + ")", stopped.remedy() + "; or leave this one"
                + " statement out: `dts resume " + task.name() + " --skip-ddl " + place + "`", stopped);
    }

    private SchemaChange toFollow(Change.Ddl ddl, Change.Begin transaction, boolean behind) {
        if (task.ddl() != DdlPolicy.APPLY || ddl.tables().isEmpty()) {
            throw notFollowed(ddl.database(), ddl.statement());
        }
        if (!behind && ddl.tables().stream().flatMap(table -> table.before().stream()).anyMatch(this::cannotBeCopiedAnew)) {
            throw new DtsException(ErrorCode.LOG_DDL, "the source's schema was changed during the full copy, in database '"
                    + ddl.database() + "': " + shown(ddl.statement()), "`dts reset " + task.name() + "` and copy again: changes of tables"
                    + " that cascading foreign keys tie to others, or that existed (existingTables: ignore), are followed once the copy is"
                    + " complete");
        }
        String id = transaction.id().isEmpty() ? transaction.at().text() : transaction.id();
        return new SchemaChange(id, ddl.clock(), ddl.statement(), Facts.of(task).sourceVersion(), task.selector(),
                ddl.tables().stream().map(table -> new TableChange(table.before().map(this::side), table.after().map(this::side),
                        table.kept())).toList());
    }

    /** Whether the full copy has to do with it; tables that were made since are in the log from their beginning. */
    private boolean copied(TableId table) {
        return task.store().relations().latest(task.name(), table).isPresent();
    }

    private boolean cannotBeCopiedAnew(Relation relation) {
        return copied(relation.source()) && (task.existingTables() == ExistingTables.IGNORE
                || Relations.cascades(task.store().relations().latest(task.name())).ties(relation.source()));
    }

    private Side side(Relation relation) {
        Optional<Registered> known = task.store().relations().find(task.name(), relation.id());
        return known.map(k -> new Side(k.table(), k.route())).orElseThrow(() -> new DtsException(ErrorCode.STATE_DAMAGED,
                "task " + task.name() + " has no layout " + relation.id() + " of " + relation.source() + " any more",
                "`dts reset " + task.name() + "` and copy again"));
    }

    static DtsException notFollowed(String database, String statement) {
        return new DtsException(ErrorCode.LOG_DDL,
                "the source's schema was changed in database '" + database + "': " + shown(statement),
                "this change cannot be followed: make the same change on the target and set ddl: ignore, "
                        + "or `dts reset` the task and copy again");
    }

    private static String shown(String statement) {
        return statement.length() > SHOWN_CHARS ? statement.substring(0, SHOWN_CHARS) + "..." : statement;
    }
}
