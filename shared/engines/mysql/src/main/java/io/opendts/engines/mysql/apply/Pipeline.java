package io.opendts.engines.mysql.apply;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.engines.mysql.wire.MySqlWireException;
import io.opendts.engines.mysql.wire.OkResult;
import io.opendts.engines.mysql.wire.SqlBytes;
import io.opendts.model.Relation;
import io.opendts.spi.ConflictException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Statements on their way: sent one behind the other without waiting for each answer, each with what its answer must say.
 * A statement behind one that failed still runs; the transaction is rolled back then. One thread.
 */
final class Pipeline {

    /** Answers are small, but a server that cannot send them stops reading: then both sides would wait for ever. */
    static final int MAX_AWAITED_STATEMENTS = 64;

    /** What the answer to a good statement looks like. */
    @FunctionalInterface
    interface Expectation {

        /** Throws {@link ConflictException} where it is another one. */
        void check(OkResult ok);
    }

    static final Expectation ANY = ok -> { };

    private record Sent(Relation relation, String what, boolean strict, Expectation expectation) {}

    private final MySqlConnection connection;
    private final StatementLimit limit;
    private final Deque<Sent> sent = new ArrayDeque<>();

    Pipeline(MySqlConnection connection, StatementLimit limit) {
        this.connection = connection;
        this.limit = limit;
    }

    /** @param relation null for a statement on no table */
    void send(SqlBytes sql, Relation relation, String what, boolean strict, Expectation expectation) {
        while (sent.size() >= MAX_AWAITED_STATEMENTS) {
            receive();
        }
        if (relation != null) {
            limit.check(sql.size(), relation);
        }
        connection.sendQuery(sql);
        sent.add(new Sent(relation, what, strict, expectation));
    }

    void send(String sql, String what) {
        send(new SqlBytes(sql.length() + 16).sql(sql), null, what, false, ANY);
    }

    /** Waits for all answers; the first bad one is thrown. */
    void drain() {
        while (!sent.isEmpty()) {
            receive();
        }
    }

    private void receive() {
        Sent statement = sent.remove();
        try {
            statement.expectation.check(connection.readOk());
        } catch (MySqlServerError e) {
            throw failed(statement.relation, statement.what, statement.strict, e);
        } catch (MySqlWireException e) {
            throw TargetErrors.of(statement.what, e);
        }
    }

    /** A refusal in what must go through as it did on the source is a conflict, when it speaks of other rows. */
    static RuntimeException failed(Relation relation, String what, boolean strict, MySqlServerError e) {
        if (relation != null && strict && (TargetErrors.conflict(e.errno()) || anotherRow(relation, e))) {
            return TargetErrors.conflict(relation.target(), what, e);
        }
        if (relation == null && e.errno() == Progress.REFUSED) {
            return Progress.elsewhere(e);
        }
        return TargetErrors.of(relation == null ? what : what + " on " + relation.target(), e);
    }

    /** An update that met another row on a unique key (see {@link RowStatements}): a row's own identity is never NULL. */
    private static boolean anotherRow(Relation relation, MySqlServerError e) {
        return e.errno() == Progress.REFUSED && relation.identity().stream()
                .anyMatch(i -> e.serverMessage().contains("'" + relation.columns().get(i).name() + "'"));
    }

    /** Reads the answers that are still under way and forgets them. */
    void abandon() {
        try {
            while (!sent.isEmpty() && !connection.closed()) {
                sent.remove();
                try {
                    connection.readOk();
                } catch (MySqlServerError e) {
                    // of a transaction that is given up
                    continue;
                }
            }
        } finally {
            sent.clear();
        }
    }

    /** @param done what was to become of so many rows */
    static void expect(Relation relation, String done, long expected, long met) {
        if (expected != met) {
            throw new ConflictException(relation.target(),
                    "of " + expected + " rows, " + met + " were " + done + " on " + relation.target());
        }
    }
}
