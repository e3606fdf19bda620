package io.opendts.state.database;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.vertx.core.VertxException;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.DatabaseException;
import java.io.IOException;
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
    private static final Set<Integer> MYSQL_AWAY = Set.of(1040, 1053, 1077, 1079, 1152, 1158, 1159, 1160, 1161, 1184, 1927, 2006, 2013, 4031);
    private static final Set<Integer> MYSQL_NO_TABLE = Set.of(1146, 1054);
    private static final Set<String> POSTGRESQL_NO_TABLE = Set.of("42P01", "42703");
    private static final Set<Integer> MYSQL_LOGIN = Set.of(1044, 1045, 1049, 1698);

    static final String DAMAGED_REMEDY = "restore the database from a backup, or delete the task and create it again: "
            + "the position of a running synchronization is also kept on its target";

    private static final String TABLES_REMEDY =
            "let a control process start first, or dts cluster up: they create and upgrade the tables";

    private final DatabaseSettings settings;

    Failures(DatabaseSettings settings) {
        this.settings = settings;
    }

    /** Whether the same unit of work, done again from the start, can end well. */
    static boolean passes(Throwable problem) {
        return answer(problem).filter(a -> a instanceof PgException
                ? POSTGRESQL_PASSES.contains(a.getSqlState()) : MYSQL_PASSES.contains(a.getErrorCode())).isPresent();
    }

    /** As the error that a caller of the store meets; the store's own errors and mistakes of the program stay as they are. */
    RuntimeException told(RuntimeException problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof DtsException told) {
                return told;
            }
        }
        Optional<DatabaseException> answer = answer(problem);
        if (answer.isPresent()) {
            return told(answer.get(), problem);
        }
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof IOException || cause instanceof VertxException || cause instanceof TimeoutException
                    || cause instanceof InterruptedException) {
                return away(cause, problem);
            }
        }
        return problem;
    }

    private DtsException told(DatabaseException answer, RuntimeException problem) {
        if (isAway(answer) || passes(answer)) {
            return away(answer, problem);
        }
        if (isMissing(answer)) {
            return unavailable("has no tables of OpenDTS: " + answer.getMessage(), TABLES_REMEDY, problem);
        }
        if (isLogin(answer)) {
            return unavailable("refuses the login of " + settings.username() + ": " + answer.getMessage(),
                    "see dts.state.username and dts.state.password, and create the database and the user's rights on it", problem);
        }
        return unavailable("refuses a statement: " + answer.getMessage(), "see the message, and the server's log", problem);
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

    private DtsException away(Throwable why, RuntimeException problem) {
        return new DtsException(ErrorCode.STATE_STORE_UNREACHABLE, "the state store " + settings.url() + " does not answer: "
                + (why.getMessage() == null ? why.getClass().getSimpleName() : why.getMessage()),
                "start it, or correct dts.state.url; processes wait for it and go on by themselves", problem);
    }

    private static boolean isAway(DatabaseException answer) {
        String state = String.valueOf(answer.getSqlState());
        return answer instanceof PgException
                ? state.startsWith("08") || state.startsWith("57P") || state.equals("53300") || state.equals("25P03")
                : MYSQL_AWAY.contains(answer.getErrorCode());
    }

    private static boolean isMissing(DatabaseException answer) {
        return answer instanceof PgException
                ? POSTGRESQL_NO_TABLE.contains(answer.getSqlState()) : MYSQL_NO_TABLE.contains(answer.getErrorCode());
    }

    private static boolean isLogin(DatabaseException answer) {
        String state = String.valueOf(answer.getSqlState());
        return answer instanceof PgException
                ? state.startsWith("28") || state.equals("3D000") || state.equals("42501") : MYSQL_LOGIN.contains(answer.getErrorCode());
    }

    private static Optional<DatabaseException> answer(Throwable problem) {
        for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
            if (cause instanceof DatabaseException answer) {
                return Optional.of(answer);
            }
        }
        return Optional.empty();
    }
}
