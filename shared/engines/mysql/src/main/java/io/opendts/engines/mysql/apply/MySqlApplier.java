package io.opendts.engines.mysql.apply;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.engines.mysql.wire.MySqlWireException;
import io.opendts.engines.mysql.wire.OkResult;
import io.opendts.engines.mysql.wire.SqlBytes;
import io.opendts.model.Checkpoint;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.Relation;
import io.opendts.model.Row;
import io.opendts.spi.Applier;
import io.opendts.spi.ObjectChange;
import io.opendts.spi.SchemaChange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Applies changes on one connection by statements of many rows, sent without waiting for each answer.
 *
 * <p>Fencing: the checkpoint is compared and set. An applier knows the checkpoint that it found when it was opened (or stored
 * last); if another one has stored one since, its transaction fails as TASK_RUNS_ELSEWHERE, at its first statement where it
 * can, at its commit for certain.
 *
 * <p>Foreign keys are not checked where steps are not strict: rows then come in an order that the source never had. In strict
 * steps, when asked for, they are, and the target runs the cascades that the source's log does not hold, as a replica does.
 */
public final class MySqlApplier implements Applier {

    private static final int MAX_ROWS_PER_STATEMENT = 1_000;
    /** Layouts of tables are kept for speed alone: old ones go. */
    private static final int MAX_RELATIONS_KEPT = 512;

    private final MySqlConnection connection;
    private final Progress progress;
    private final boolean strictForeignKeys;
    private final Pipeline pipeline;
    private final SqlBytes sql = new SqlBytes(StatementLimit.MAX_STATEMENT_BYTES + (64 << 10));
    private final StatementLimit limit;
    private final JsonForm json;
    private final SchemaFollower schema;
    private final Map<Integer, RowStatements> statements = new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, RowStatements> eldest) {
            return size() > MAX_RELATIONS_KEPT;
        }
    };
    private Optional<Checkpoint> stored;
    private boolean open;
    private boolean foreignKeys;
    private boolean claimed;
    private int claims;

    /** @param connections opened with foundRows and multiStatements */
    public MySqlApplier(Supplier<MySqlConnection> connections, Progress progress, boolean strictForeignKeys) {
        this.progress = progress;
        this.strictForeignKeys = strictForeignKeys;
        MySqlConnection opened = null;
        try {
            opened = connections.get();
            WriteSession.prepare(opened, WriteSession.STRICT);
            this.limit = StatementLimit.of(opened);
            this.json = JsonForm.of(opened);
            this.stored = progress.checkpoint(opened);
            // A deadlock ends the transaction, and what is sent behind its victim must not be committed by itself.
            opened.execute("SET SESSION autocommit=0");
        } catch (MySqlWireException e) {
            if (opened != null) {
                opened.close();
            }
            throw TargetErrors.of("opening a session that applies changes", e);
        }
        this.connection = opened;
        this.pipeline = new Pipeline(opened, limit);
        this.schema = new SchemaFollower(opened, progress);
    }

    @Override
    public Optional<Checkpoint> checkpoint() {
        return stored;
    }

    @Override
    public void write(List<Step> steps) {
        guarded(() -> {
            if (!open) {
                begin();
            }
            steps.forEach(this::write);
            pipeline.drain();
        });
    }

    private void begin() {
        if (!claimed) {
            claimed = claims++ == 0 && stored.isPresent() ? progress.claim().overtake(connection, progress.hold(stored.get()))
                    : progress.claim().take(connection);
        }
        open = true;
        pipeline.send("BEGIN", "beginning a transaction");
        stored.ifPresent(checkpoint -> pipeline.send(sql.clear().sql(progress.hold(checkpoint)), null, "holding the checkpoint", false,
                ok -> {
                    if (ok.affectedRows() != 1) {
                        throw Progress.elsewhere(null);
                    }
                }));
    }

    private void write(Step step) {
        switch (step) {
            case Step.DeleteRows(Relation relation, List<Row> rows, boolean strict) -> deleteRows(relation, rows, strict);
            case Step.InsertRows(Relation relation, List<Row> rows, boolean strict) -> insertRows(relation, rows, strict);
            case Step.UpdateRows(Relation relation, List<Row> rows, boolean strict) -> updateRows(relation, rows, strict);
            case Step.UpdateOne(Relation relation, Row before, Row after, boolean strict) -> {
                if (strict) {
                    updateStrictly(relation, before, after);
                } else {
                    updateLeniently(relation, before, after);
                }
            }
            case Step.UpdateFound(Relation relation, Row before, Row after) -> updateFound(relation, before, after);
            case Step.DeleteOne(Relation relation, Row before, boolean strict) -> deleteOne(relation, before, strict);
            case Step.TruncateTable(Relation relation) -> {
                // TRUNCATE commits by itself: the rows would be gone and the checkpoint not yet stored
                foreignKeys(false);
                of(relation).truncate(sql.clear());
                pipeline.send(sql, relation, "emptying the table", false, Pipeline.ANY);
            }
        }
    }

    private void deleteRows(Relation relation, List<Row> rows, boolean strict) {
        foreignKeys(strict && cascades(relation));
        RowStatements statement = of(relation);
        for (int from = 0; from < rows.size(); ) {
            statement.deleteHead(sql.clear());
            int to = from;
            do {
                statement.key(to > from ? sql.raw(',') : sql, rows.get(to++));
            } while (to < rows.size() && fits(to - from));
            int count = to - from;
            pipeline.send(sql.raw(')'), relation, "deleting " + count + " rows", strict,
                    strict ? ok -> Pipeline.expect(relation, "deleted", count, ok.affectedRows()) : Pipeline.ANY);
            from = to;
        }
    }

    private void insertRows(Relation relation, List<Row> rows, boolean strict) {
        foreignKeys(strict && cascades(relation));
        RowStatements statement = of(relation);
        boolean plain = strict || relation.keyless();
        for (int from = 0; from < rows.size(); ) {
            sql.clear();
            if (plain) {
                statement.insertHead(sql);
            } else {
                statement.replaceHead(sql);
            }
            Tuples tuples = tuples(statement, rows, from);
            int count = tuples.to - from;
            send(relation, "inserting " + count + " rows", plain, tuples.emptyEnums,
                    plain ? ok -> Pipeline.expect(relation, "inserted", count, ok.affectedRows()) : Pipeline.ANY);
            from = tuples.to;
        }
    }

    /**
     * With found rows counted, {@code Duplicates} counts every row that was there, changed or not, on all servers. The answer
     * to a single row has no such text: that is an UPDATE.
     */
    private void updateRows(Relation relation, List<Row> rows, boolean strict) {
        if (!strict) {
            insertRows(relation, rows, false);
            return;
        }
        foreignKeys(cascades(relation));
        RowStatements statement = of(relation);
        for (int from = 0; from < rows.size(); ) {
            statement.insertHead(sql.clear());
            Tuples tuples = tuples(statement, rows, from);
            int count = tuples.to - from;
            if (count == 1 || tuples.emptyEnums > 0) {
                // warnings would have to be counted, and newer servers warn of VALUES() besides
                rows.subList(from, tuples.to).forEach(row -> updateStrictly(relation, row, row));
            } else {
                statement.upsertTail(sql);
                pipeline.send(sql, relation, "updating " + count + " rows", true,
                        ok -> Pipeline.expect(relation, "found", count, ok.infoNumber("Duplicates")));
            }
            from = tuples.to;
        }
    }

    private record Tuples(int to, int emptyEnums) {}

    private Tuples tuples(RowStatements statement, List<Row> rows, int from) {
        int to = from;
        int emptyEnums = 0;
        do {
            emptyEnums += statement.tuple(to > from ? sql.raw(',') : sql, rows.get(to++));
        } while (to < rows.size() && fits(to - from));
        return new Tuples(to, emptyEnums);
    }

    private boolean fits(int rows) {
        return rows < MAX_ROWS_PER_STATEMENT && sql.size() < limit.bytes();
    }

    private void updateStrictly(Relation relation, Row before, Row after) {
        foreignKeys(cascades(relation));
        int emptyEnums = of(relation).updateOne(sql.clear(), before, after);
        send(relation, "updating a row", true, emptyEnums, ok -> Pipeline.expect(relation, "found", 1, ok.affectedRows()));
    }

    /**
     * Where the row is, it is updated, so that the target's own foreign keys do what the source's did. Where it is not, or its
     * new values are taken by another row, the new row takes the place of both.
     */
    private void updateLeniently(Relation relation, Row before, Row after) {
        int emptyEnums = of(relation).updateOne(sql.clear(), before, after);
        if (tryWithForeignKeys(relation, "updating a row", emptyEnums, true) != 1) {
            replace(relation, before, after);
        }
    }

    private void updateFound(Relation relation, Row before, Row after) {
        int emptyEnums = of(relation).updateOne(sql.clear(), before, after);
        if (tryWithForeignKeys(relation, "updating a row", emptyEnums, true) < 0) {
            replace(relation, before, after);
        }
    }

    private void replace(Relation relation, Row before, Row after) {
        foreignKeys(false);
        of(relation).deleteOne(sql.clear(), before);
        pipeline.send(sql, relation, "deleting a row", false, Pipeline.ANY);
        insertRows(relation, List.of(after), false);
    }

    private void deleteOne(Relation relation, Row before, boolean strict) {
        if (strict) {
            foreignKeys(cascades(relation));
            of(relation).deleteOne(sql.clear(), before);
            pipeline.send(sql, relation, "deleting a row", true, ok -> Pipeline.expect(relation, "deleted", 1, ok.affectedRows()));
        } else {
            of(relation).deleteOne(sql.clear(), before);
            tryWithForeignKeys(relation, "deleting a row", 0, false);
        }
    }

    /**
     * Runs the statement that has been built, at once; with foreign keys where the relation takes part in cascades, and
     * without where they refuse it.
     *
     * @return rows found; -1 where a duplicate refused it and {@code mayCollide}
     */
    private long tryWithForeignKeys(Relation relation, String what, int emptyEnums, boolean mayCollide) {
        byte[] statement = sql.toBytes();
        for (boolean checked = relation.ordered() && !relation.keyless(); ; checked = false) {
            foreignKeys(checked);
            pipeline.drain();
            try {
                return lenient(relation, statement, emptyEnums);
            } catch (MySqlServerError e) {
                if (mayCollide && e.errno() == 1062) {
                    return -1;
                }
                if (!checked || e.errno() != 1451 && e.errno() != 1452) {
                    throw Pipeline.failed(relation, what, false, e);
                }
            }
        }
    }

    private long lenient(Relation relation, byte[] statement, int emptyEnums) {
        limit.check(statement.length, relation);
        return (emptyEnums == 0 ? connection.execute(statement, 0, statement.length) : withEmptyEnums(relation, statement, emptyEnums))
                .affectedRows();
    }

    private OkResult withEmptyEnums(Relation relation, byte[] statement, int emptyEnums) {
        connection.execute("SET SESSION sql_mode='" + WriteSession.LENIENT + "'");
        OkResult ok = connection.execute(statement, 0, statement.length);
        Warnings.inspect(connection, relation, ok, emptyEnums, 0);
        connection.execute("SET SESSION sql_mode='" + WriteSession.STRICT + "'");
        return ok;
    }

    /** The strict mode refuses the empty value of an ENUM: a statement with one goes alone, and its warnings are counted. */
    private void send(Relation relation, String what, boolean strict, int emptyEnums, Pipeline.Expectation expectation) {
        if (emptyEnums == 0) {
            pipeline.send(sql, relation, what, strict, expectation);
            return;
        }
        limit.check(sql.size(), relation);
        byte[] statement = sql.toBytes();
        pipeline.drain();
        try {
            expectation.check(withEmptyEnums(relation, statement, emptyEnums));
        } catch (MySqlServerError e) {
            throw Pipeline.failed(relation, what, strict, e);
        }
    }

    /** Only these need the target's own checks; the others come grouped, children before parents too. */
    private boolean cascades(Relation relation) {
        return strictForeignKeys && relation.ordered() && !relation.keyless();
    }

    private void foreignKeys(boolean checked) {
        if (checked != foreignKeys) {
            pipeline.send("SET foreign_key_checks=" + (checked ? 1 : 0), "switching foreign_key_checks");
            foreignKeys = checked;
        }
    }

    @Override
    public void follow(SchemaChange change) {
        alone(() -> schema.follow(change, stored));
    }

    @Override
    public List<ObjectChange.Refused> follow(ObjectChange change) {
        List<ObjectChange.Refused> refused = new ArrayList<>();
        alone(() -> refused.addAll(schema.follow(change, stored)));
        return refused;
    }

    private void alone(Runnable work) {
        guarded(() -> {
            if (open) {
                throw new IllegalStateException("rows are written and not committed");
            }
            foreignKeys(false);
            pipeline.drain();
            work.run();
            claimed = true;
        });
    }

    @Override
    public void commit(Checkpoint checkpoint) {
        guarded(() -> {
            try {
                // one packet: the server does not come to COMMIT where the checkpoint is refused
                connection.execute(progress.store(stored, checkpoint) + ";COMMIT");
            } catch (MySqlServerError e) {
                if (e.errno() == Progress.REFUSED || e.errno() == Progress.DUPLICATE) {
                    throw Progress.elsewhere(e);
                }
                throw e;
            }
            stored = Optional.of(checkpoint);
            open = false;
        });
    }

    @Override
    public void rollback() {
        try {
            pipeline.abandon();
            if (!connection.closed()) {
                connection.execute("ROLLBACK");
            }
            open = false;
        } catch (MySqlWireException e) {
            throw TargetErrors.of("rolling back", e);
        }
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            RuntimeException shown = e instanceof MySqlWireException wire ? TargetErrors.of("applying changes", wire) : e;
            try {
                rollback();
            } catch (DtsException lost) {
                shown.addSuppressed(lost);
            }
            throw shown;
        }
    }

    /** The server rolls back what is not committed. */
    @Override
    public void close() {
        connection.close();
    }

    private RowStatements of(Relation relation) {
        return statements.computeIfAbsent(relation.id(), _ -> new RowStatements(relation, json));
    }
}
