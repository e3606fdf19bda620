package io.opendts.functions.apply;

import io.opendts.model.Change;
import io.opendts.model.Change.Touched;
import io.opendts.model.Checkpoint;
import io.opendts.model.DdlKind;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Route.Operation;
import io.opendts.model.TableId;
import io.opendts.spi.Applier;
import io.opendts.spi.CheckScope.ExistingTables;
import io.opendts.spi.SchemaChange;
import io.opendts.spi.SchemaChange.Side;
import io.opendts.spi.SchemaChange.TableChange;
import io.opendts.state.Relations.Registered;
import io.opendts.task.DdlDecision;
import io.opendts.task.DdlRules.DdlPolicy;
import io.opendts.task.DdlRules.Verdict;
import io.opendts.task.Facts;
import io.opendts.task.TaskContext;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** What becomes of a change of the source's schema: batches tell the layouts of its tables, the state store has the tables. */
final class SchemaChanges {

    private static final System.Logger LOG = System.getLogger(SchemaChanges.class.getName());

    private static final int SHOWN_CHARS = 80;
    private static final String CHOICE = "; or leave this one statement out: ";

    private final TaskContext task;
    private final Resyncs resyncs;
    private final FollowedObjects objects;

    /** @param resyncs told of every change before the target is */
    SchemaChanges(TaskContext task, Resyncs resyncs) {
        this.task = task;
        this.resyncs = resyncs;
        this.objects = new FollowedObjects(task);
    }

    /**
     * @param transaction of the statement
     * @param batch       the number of the batch that has it
     * @param behind      whether it lies behind the full copy
     * @throws DtsException LOG_DDL for a change that is not followed, TARGET_STATEMENT_FAILED for one that the target refuses
     */
    void follow(Change.Ddl ddl, Change.Begin transaction, long batch, boolean behind, Supplier<Applier> session) {
        Position at = transaction.at();
        if (!carries(ddl.database(), ddl.statement(), ddl.touched(), transaction)) {
            resyncs.passOver(ddl.tables());
            return;
        }
        try {
            SchemaChange change = toFollow(ddl, transaction, behind);
            Position mark = ddl.statement().isEmpty() ? new Position(change.id()) : at;
            resyncs.reshape(ddl.tables(), at, mark, batch, table -> !behind && copied(table), session);
            if (!ddl.tables().isEmpty()) {
                objects.giveWay(ddl.tables(), at, session);
                session.get().follow(change);
                objects.tablesChanged();
            }
            objects.follow(ddl.objects(), at, session);
        } catch (DtsException stopped) {
            throw stopped.code() == ErrorCode.LOG_DDL || stopped.code() == ErrorCode.TARGET_STATEMENT_FAILED
                    ? withChoice(task, stopped, transaction)
                    : stopped;
        }
    }

    /** Tries objects again that wait for tables; nothing of the session's may be written and not committed. */
    void step(Checkpoint standing, Supplier<Applier> session) {
        objects.step(standing, session);
    }

    /**
     * Whether TRUNCATE of the table is carried, or left out as somebody has said. What is passed over by policy is known of each table's
     * rows (see {@link CarriedOperations}).
     *
     * @throws DtsException LOG_DDL, LOG_DDL_HELD where the task stops in front of it
     */
    boolean carriesTruncate(TableId table, Change.Begin transaction) {
        boolean followed = task.selector().table(table).filter(route -> route.operations().contains(Operation.DDL)).isPresent();
        List<Touched> parts = List.of(new Touched(DdlKind.TRUNCATE, table));
        return !followed || task.ddl().of(parts).policy() == DdlPolicy.IGNORE
                || carries(table.database(), "TRUNCATE TABLE " + table, parts, transaction);
    }

    private boolean carries(String database, String statement, List<Touched> parts, Change.Begin transaction) {
        String at = DdlDecision.place(transaction);
        if (DdlDecision.skipped(task.store().progress(), task.name(), transaction)) {
            LOG.log(System.Logger.Level.WARNING, "task {0} leaves out, as it was told, the statement at {1}: {2}", task.name(), at,
                    shown(statement));
            return false;
        }
        Verdict verdict = task.ddl().of(parts);
        return switch (verdict.policy()) {
            case APPLY -> true;
            case IGNORE -> {
                LOG.log(System.Logger.Level.INFO, "task {0} ignores, by its policy, the statement at {1}: {2}", task.name(), at,
                        shown(statement));
                yield false;
            }
            case HOLD -> {
                if (!DdlDecision.approved(task.store().progress(), task.name(), transaction)) {
                    throw held(statement, verdict.because().orElseThrow(), transaction);
                }
                yield true;
            }
            case FAIL -> throw withChoice(task, notFollowed(database, statement), transaction);
        };
    }

    private DtsException held(String statement, Touched part, Change.Begin transaction) {
        String choice = DdlDecision.choice(transaction);
        boolean ignored = task.ddl().of(part.kind(), part.object()) == DdlPolicy.IGNORE;
        return new DtsException(ErrorCode.LOG_DDL_HELD, "the statement '" + shown(statement) + "' at " + DdlDecision.place(transaction)
                + " waits to be decided about: "
                + (ignored ? part + " is ignored by the task, and another part of it is not" : part + " is held by the task"),
                "all changes in front of it are on the target and none behind it; run it: `dts resume " + task.name() + " --approve-ddl "
                        + choice + "`; or leave it out: `dts resume " + task.name() + " --skip-ddl " + choice + "`");
    }

    static DtsException withChoice(TaskContext task, DtsException stopped, Change.Begin transaction) {
        if (stopped.remedy().contains(CHOICE)) {
            return stopped;
        }
        return new DtsException(stopped.code(), stopped.getMessage() + " (at " + DdlDecision.place(transaction) + ")", stopped.remedy()
                + CHOICE + "`dts resume " + task.name() + " --skip-ddl " + DdlDecision.choice(transaction) + "`", stopped);
    }

    private SchemaChange toFollow(Change.Ddl ddl, Change.Begin transaction, boolean behind) {
        if (!ddl.told()) {
            throw notFollowed(ddl.database(), ddl.statement());
        }
        boolean copied = ddl.tables().stream().flatMap(table -> table.before().stream()).anyMatch(table -> copied(table.source()));
        if (!behind && copied && task.existingTables() == ExistingTables.IGNORE) {
            throw new DtsException(ErrorCode.LOG_DDL, "the source's schema was changed during the full copy, in database '"
                    + ddl.database() + "': " + shown(ddl.statement()), "`dts reset " + task.name() + "` and copy again: with"
                    + " existingTables: ignore, changes of tables that are copied are followed once the copy is complete");
        }
        return new SchemaChange(id(ddl, transaction), ddl.clock(), ddl.statement(), Facts.of(task).sourceVersion(), task.selector(),
                ddl.tables().stream().map(table -> new TableChange(table.before().map(this::side), table.after().map(this::side),
                        table.kept(), table.anew())).toList());
    }

    /** Where a table was looked up between two transactions, the second of them may hold a statement. */
    private static String id(Change.Ddl ddl, Change.Begin transaction) {
        if (ddl.statement().isEmpty()) {
            return "look-up of " + ddl.tables().stream().flatMap(table -> table.after().stream()).map(Relation::source).toList() + " at "
                    + transaction.at().text();
        }
        String id = transaction.id().isEmpty() ? transaction.at().text() : transaction.id();
        return ddl.tables().stream().noneMatch(Change.Reshaped::anew) ? id : id + " with layouts "
                + ddl.tables().stream().flatMap(table -> table.after().stream()).map(Relation::id).toList();
    }

    /** Whether the full copy has to do with it; tables that were made since are in the log from their beginning. */
    private boolean copied(TableId table) {
        return task.store().relations().latest(task.name(), table).isPresent();
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
        if (statement.isEmpty()) {
            return "a table is another one than its log tells";
        }
        return statement.length() > SHOWN_CHARS ? statement.substring(0, SHOWN_CHARS) + "..." : statement;
    }
}
