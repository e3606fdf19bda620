package io.opendts.engines.mysql.apply;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.engines.mysql.wire.QueryResult;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * Tells, by a named lock of the server, which session applies a task's changes, so that the process whose turn it is can end the
 * session of one that hangs with row locks held. It grants nothing: what may be written is decided by the checkpoint.
 */
final class Claim {

    private static final System.Logger LOG = System.getLogger(Claim.class.getName());

    /** What an older session may take for the transaction that it has begun. */
    private static final int PATIENCE_SECONDS = 3;

    /** For what an older session was doing when it was ended, which is then rolled back. */
    private static final int WAIT_SECONDS = 60;

    /** For the server to notice that a session has been closed, as that of a worker which begins anew after an error. */
    private static final int CLOSING_SECONDS = 1;

    private static final int LOCK_WAIT_TIMEOUT = 1205;
    private static final int NO_SUCH_THREAD = 1094;
    /** Names of locks have at most 64 characters, names of tasks more. */
    private static final int HASH_CHARACTERS = 40;

    private final String name;

    Claim(String task) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(task.getBytes(StandardCharsets.UTF_8));
            this.name = "'opendts:apply:" + HexFormat.of().formatHex(hash).substring(0, HASH_CHARACTERS) + "'";
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Until the session ends; false, at once, when another one has it. */
    boolean take(MySqlConnection connection) {
        return take(connection, 0);
    }

    private boolean take(MySqlConnection connection, int waitSeconds) {
        return "1".equals(connection.query("SELECT GET_LOCK(" + name + "," + waitSeconds + ")").text(0, 0));
    }

    /**
     * Ends an older session that holds the checkpoint and does not move: it belongs to a process that hangs, or to a machine that is
     * gone without a word, and its locks would be in the way for hours. Sessions that are later than ours are left alone, for the
     * checkpoint has moved then and {@code hold} fails at once.
     *
     * @param hold locks the checkpoint, with nothing to undo
     * @return whether this session has the claim now
     */
    boolean overtake(MySqlConnection connection, String hold) {
        if (take(connection)) {
            return true;
        }
        connection.execute("SET SESSION innodb_lock_wait_timeout=" + PATIENCE_SECONDS);
        int waitSeconds = CLOSING_SECONDS;
        try {
            connection.execute(hold);
        } catch (MySqlServerError e) {
            // whatever else is wrong with the checkpoint is met again, and told, by the transaction that follows
            if (e.errno() == LOCK_WAIT_TIMEOUT && endHolder(connection)) {
                LOG.log(System.Logger.Level.WARNING, "ended an older session which held the checkpoint on the target and did not move");
                waitSeconds = WAIT_SECONDS;
            }
        }
        connection.execute("SET SESSION innodb_lock_wait_timeout=DEFAULT");
        return take(connection, waitSeconds);
    }

    /**
     * Ends whoever has it: a change of the schema commits by itself, and must not be run by two. The server gives the name free when
     * the other's statement is over.
     *
     * @return whether this session has the claim now
     */
    boolean insist(MySqlConnection connection) {
        if (take(connection)) {
            return true;
        }
        if (endHolder(connection)) {
            LOG.log(System.Logger.Level.WARNING, "ended an older session that applies changes of this task on the target");
        }
        return take(connection, WAIT_SECONDS);
    }

    /** If that is another one; needs no privilege, for both are of the same user. */
    private boolean endHolder(MySqlConnection connection) {
        QueryResult held = connection.query("SELECT IS_USED_LOCK(" + name + "),CONNECTION_ID()");
        String holder = held.text(0, 0);
        if (holder == null || holder.equals(held.text(0, 1))) {
            return false;
        }
        try {
            connection.execute("KILL " + Long.parseUnsignedLong(holder));
        } catch (MySqlServerError e) {
            if (e.errno() != NO_SUCH_THREAD) {
                throw e;
            }
        }
        return true;
    }
}
