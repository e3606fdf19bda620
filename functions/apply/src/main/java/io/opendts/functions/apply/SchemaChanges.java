package io.opendts.functions.apply;

import io.opendts.model.Change;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Relation;
import io.opendts.spi.SchemaChange;
import io.opendts.spi.SchemaChange.Side;
import io.opendts.spi.SchemaChange.TableChange;
import io.opendts.state.Relations.Registered;
import io.opendts.task.Facts;
import io.opendts.task.TaskContext;
import io.opendts.task.TaskContext.DdlPolicy;
import java.util.Optional;

/** What becomes of a change of the source's schema: batches tell the layouts of its tables, the state store has the tables. */
final class SchemaChanges {

    private static final int SHOWN_CHARS = 80;

    private final TaskContext task;

    SchemaChanges(TaskContext task) {
        this.task = task;
    }

    /**
     * @param sequence of the batch that holds the change
     * @param behind   whether it lies behind the full copy
     * @throws DtsException LOG_DDL for a change that is not followed
     */
    SchemaChange toFollow(Change.Ddl ddl, long sequence, boolean behind) {
        if (task.ddl() != DdlPolicy.APPLY || ddl.tables().isEmpty()) {
            throw notFollowed(ddl.database(), ddl.statement());
        }
        if (!behind) {
            throw new DtsException(ErrorCode.LOG_DDL, "the source's schema was changed during the full copy, in database '"
                    + ddl.database() + "': " + shown(ddl.statement()),
                    "`dts reset " + task.name() + "` and copy again: changes of the schema are followed once the copy is complete");
        }
        return new SchemaChange(sequence, ddl.clock(), ddl.statement(),
                Facts.of(task).sourceVersion(), task.selector(),
                ddl.tables().stream().map(table -> new TableChange(table.before().map(this::side), table.after().map(this::side),
                        table.kept())).toList());
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
