package io.opendts.engines.mysql.apply;

import io.opendts.engines.mysql.ddl.TargetChange;
import io.opendts.engines.mysql.ddl.TargetStatement;
import io.opendts.engines.mysql.schema.ObjectFollower;
import io.opendts.engines.mysql.schema.SqlNames;
import io.opendts.engines.mysql.schema.SqlSession;
import io.opendts.engines.mysql.schema.TargetFacts;
import io.opendts.engines.mysql.schema.WireSession;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.model.Checkpoint;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.spi.ObjectChange;
import io.opendts.spi.SchemaChange;
import java.util.List;
import java.util.Optional;

/** Changes a target's schema on the session that applies its rows, so that the two stay in order. Same thread as that session. */
final class SchemaFollower {

    private static final System.Logger LOG = System.getLogger(SchemaFollower.class.getName());

    /** Copying a large table keeps the line silent for hours. */
    private static final int ANSWER_MILLIS = 24 * 3600 * 1000;
    /** Whoever reads the table meanwhile is waited for so long at a time, and others behind us too. */
    private static final int LOCK_WAIT_SECONDS = 60;

    private final MySqlConnection connection;
    private final Progress progress;
    private TargetFacts facts;

    SchemaFollower(MySqlConnection connection, Progress progress) {
        this.connection = connection;
        this.progress = progress;
    }

    /** The session then has the claim. No transaction is open. */
    List<ObjectChange.Refused> follow(ObjectChange change, Optional<Checkpoint> stored) {
        claim(stored);
        connection.readTimeoutMillis(ANSWER_MILLIS);
        connection.execute("SET SESSION lock_wait_timeout=" + LOCK_WAIT_SECONDS);
        try {
            List<ObjectChange.Refused> refused = ObjectFollower.follow(WireSession.reading(connection, _ -> { }), change,
                    text -> LOG.log(System.Logger.Level.INFO, "target: {0}", text));
            connection.execute("COMMIT");
            connection.execute("SET SESSION lock_wait_timeout=DEFAULT");
            WriteSession.prepare(connection, WriteSession.STRICT);
            return refused;
        } catch (SqlSession.Refused e) {
            throw new DtsException(ErrorCode.TARGET_STATEMENT_FAILED, "looking at the objects of the target: " + e.getMessage() + " ("
                    + e.number() + ")", "check the privileges of the task's user on the target", e);
        }
    }

    /** The session then has the claim. No transaction is open and foreign keys are not checked. */
    void follow(SchemaChange change, Optional<Checkpoint> stored) {
        claim(stored);
        if (facts == null) {
            facts = TargetFacts.read(WireSession.reading(connection, _ -> { }));
        }
        List<TargetStatement> statements = TargetChange.of(change, facts);
        makeDatabases(change);
        BegunStatements begun = new BegunStatements(connection, progress, change.id());
        begun.forgetEarlier();
        connection.readTimeoutMillis(ANSWER_MILLIS);
        // rows get the defaults that the source gave them at that second, and values that the source took are taken
        long micros = change.clock().unixMicros();
        connection.execute("SET SESSION sql_mode='" + WriteSession.LENIENT + "',lock_wait_timeout=" + LOCK_WAIT_SECONDS
                + ",timestamp=%d.%06d".formatted(micros / 1_000_000, micros % 1_000_000)
                + (change.clock().offset().isEmpty() ? "" : ",time_zone='" + change.clock().offset() + "'")
                + checks("0"));
        for (int number = 0; number < statements.size(); number++) {
            run(begun, number, statements.get(number), change);
        }
        connection.execute("SET SESSION sql_mode='" + WriteSession.STRICT
                + "',lock_wait_timeout=DEFAULT,timestamp=DEFAULT,time_zone='+00:00'"
                + checks("1"));
        connection.readTimeoutMillis(WriteSession.ANSWER_MILLIS);
    }

    /** The source has looked at its rows: MariaDB takes a row there that it refuses when it looks again. */
    private String checks(String value) {
        return connection.mariaDb() ? ",check_constraint_checks=" + value : "";
    }

    /** A database that the source has no more when its statement is followed is one whose tables come all the same, and go later. */
    private void makeDatabases(SchemaChange change) {
        change.tables().stream().filter(table -> table.before().isEmpty()).flatMap(table -> table.after().stream())
                .map(side -> side.route().target().database()).distinct().forEach(database -> {
                    if (connection.query("SELECT 1 FROM information_schema.SCHEMATA WHERE SCHEMA_NAME = "
                            + SqlNames.literal(facts.folded(database))).size() == 0) {
                        connection.execute("CREATE DATABASE IF NOT EXISTS " + SqlNames.quote(database));
                    }
                });
        connection.execute("COMMIT");
    }

    private void claim(Optional<Checkpoint> stored) {
        if (!progress.claim().insist(connection)) {
            throw new DtsException(ErrorCode.TARGET_BUSY, "an older session of this task on the target does not end",
                    "it is tried again");
        }
        stored.ifPresent(this::hold);
    }

    /** Nobody else moves it while this session has the claim. */
    private void hold(Checkpoint checkpoint) {
        if (connection.execute(progress.hold(checkpoint)).affectedRows() != 1) {
            throw Progress.elsewhere(null);
        }
        connection.execute("COMMIT");
    }

    private static void run(BegunStatements begun, int number, TargetStatement statement, SchemaChange change) {
        try {
            begun.run(number, statement);
        } catch (MySqlServerError e) {
            if (TargetErrors.code(e.errno()) == ErrorCode.TARGET_BUSY || TargetErrors.code(e.errno()) == ErrorCode.TARGET_UNREACHABLE) {
                throw e;
            }
            throw new DtsException(ErrorCode.TARGET_STATEMENT_FAILED, "the source ran '" + change.statement()
                    + "', and the target refuses '" + statement.sql() + "': error " + e.errno() + " (" + e.sqlState() + "): "
                    + TargetErrors.withoutValues(e.serverMessage()),
                    "all changes in front of it are on the target and none behind it; mend what the target says and resume the task", e);
        }
    }
}
