package io.opendts.state.database;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.vertx.core.VertxException;
import io.vertx.core.impl.NoStackTraceThrowable;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.DatabaseException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/** What a failed unit of work means. Numbers: the servers' error references (MySQL, PostgreSQL appendix A). */
final class Failures {

    /** Duplicate key, lock wait timeout, deadlock, snapshot too old (MariaDB): another process was faster. */
    private static final Set<Integer> MYSQL_PASSES = Set.of(1062, 1205, 1213, 1020);
    /** unique_violation, serialization_failure, deadlock_detected, lock_not_available. */
    private static final Set<String> POSTGRESQL_PASSES = Set.of("23505", "40001", "40P01", "55P03");

    /** Too many connections, shutdown in progress, lost, killed, no host. */
    private static final Set<Integer> MYSQL_AWAY = Set.of(1040, 1053, 1077, 1079, 1152, 1158, 1159, 1160, 1161, 1184,
            1927, 2006, 2013, 4031);
    private static final Set<Integer> MYSQL_NO_TABLE = Set.of(1146, 1054);
    private static final Set<String> POSTGRESQL_NO_TABLE = Set.of("42P01", "42703");
    private static final Set<String> POSTGRESQL_AWAY = Set.of("57P01", "57P02", "57P03", "57P05", "53300", "25P03");
    private static final Set<String> POSTGRESQL_LOGIN = Set.of("28000", "28P01", "3D000", "42501");
    private static final Set<Integer> MYSQL_LOGIN = Set.of(1044, 1045, 1049, 1698);

    static final String DAMAGED_REMEDY = "restore the database from a backup, or delete the task and create it again: "
            + "the position of a running synchronization is also kept on its target";

    private static final String TABLES_REMEDY =
            "let a control process start first, or dts cluster up: they create and upgrade the tables";

    private final DatabaseSettings settings;

    Failures(DatabaseSettings settings) {
        this.settings = settings;
    }

    /** What the server has answered; PostgreSQL has no numbers (0), only states. */
    private record Answer(int number, String state, String message) {

        boolean is(Set<Integer> mysql, Set<String> postgresql) {
            return number != 0 ? mysql.contains(number) : postgresql.contains(state);
        }
    }

    /** Whether the same unit of work, done again from the start, can end well. */
    static boolean passes(Throwable problem) {
        return answer(problem).filter(a -> a.is(MYSQL_PASSES, POSTGRESQL_PASSES)).isPresent();
    }

    /** As the error that a caller of the store meets; the store's own errors and mistakes of the program stay as they are. */
    RuntimeException told(RuntimeException problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof DtsException told) {
                return told;
            }
        }
        Optional<Answer> answer = answer(problem);
        if (answer.isPresent()) {
            return told(answer.get(), problem);
        }
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            // The last one is what Vert.x fails a step with whose connection was closed while it waited for its turn.
            if (cause instanceof IOException || cause instanceof VertxException || cause instanceof TimeoutException
                    || cause instanceof InterruptedException || cause instanceof NoStackTraceThrowable) {
                return away(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage(), problem);
            }
        }
        return problem;
    }

    private DtsException told(Answer answer, RuntimeException problem) {
        if (isAway(answer) || answer.is(MYSQL_PASSES, POSTGRESQL_PASSES)) {
            return away(answer.message(), problem);
        }
        if (answer.is(MYSQL_NO_TABLE, POSTGRESQL_NO_TABLE)) {
            return unavailable("has no tables of OpenDTS: " + answer.message(), TABLES_REMEDY, problem);
        }
        if (answer.is(MYSQL_LOGIN, POSTGRESQL_LOGIN)) {
            return unavailable("refuses the login of " + settings.username() + ": " + answer.message(),
                    "see dts.state.username and dts.state.password, and create the database and the user's rights on it", problem);
        }
        return unavailable("refuses a statement: " + answer.message(), "see the message, and the server's log", problem);
    }

    DtsException older(int there) {
        return unavailable("has tables of version " + there + ", this program wants " + Schema.version(), TABLES_REMEDY, null);
    }

    static DtsException damaged(String what, Throwable cause) {
        return new DtsException(ErrorCode.STATE_DAMAGED, "the state store " + what, DAMAGED_REMEDY, cause);
    }

    private DtsException unavailable(String what, String remedy, Throwable cause) {
        return new DtsException(ErrorCode.STATE_UNAVAILABLE, "the state store " + settings.url() + " " + what, remedy, cause);
    }

    private DtsException away(String why, RuntimeException problem) {
        return new DtsException(ErrorCode.STATE_STORE_UNREACHABLE, "the state store " + settings.url() + " does not answer: " + why,
                "start it, or correct dts.state.url; processes wait for it and go on by themselves", problem);
    }

    private static boolean isAway(Answer answer) {
        return answer.is(MYSQL_AWAY, POSTGRESQL_AWAY) || answer.number() == 0 && answer.state().startsWith("08");
    }

    /** Hibernate hands on number and state as an SQLException of its own; before it, the driver's exception is there. */
    private static Optional<Answer> answer(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabaseException e) {
                return Optional.of(new Answer(e instanceof PgException ? 0 : e.getErrorCode(), String.valueOf(e.getSqlState()),
                        e.getMessage()));
            }
            if (cause instanceof SQLException e && e.getSQLState() != null) {
                return Optional.of(new Answer(e.getErrorCode(), e.getSQLState(), e.getMessage()));
            }
        }
        return Optional.empty();
    }
}
