package io.opendts.engines.mysql.log;

import io.opendts.engines.mysql.schema.SchemaStatement;
import io.opendts.model.Change;
import io.opendts.model.Table;
import io.opendts.spi.Relations;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where transactions begin and end. A Begin is given only with the first selected change, so that transactions of nobody's
 * interest cost nothing but a step of the position. One thread.
 */
final class Transactions {

    private static final List<String> TRANSACTIONAL = List.of("INNODB", "ROCKSDB", "NDBCLUSTER", "NDB", "TOKUDB");

    private final LogTracker tracker;
    private final TableMaps tables;
    private final Relations relations;
    private final SchemaEvents schema;
    private final LookedUpTables lookedUp;
    private final GtidEvents gtid = new GtidEvents();
    private final ArrayDeque<Change> queue = new ArrayDeque<>();
    private boolean open;
    /** Whether it ends with its own commit, not with its only statement. */
    private boolean group;
    private boolean begun;
    private boolean transactionalTouched;
    /** Rows of a selected table that are in no change. */
    private boolean leftOut;
    private long seconds;

    Transactions(LogTracker tracker, TableMaps tables, Relations relations, TableHistory history, LookedUpTables lookedUp) {
        this.lookedUp = lookedUp;
        this.schema = new SchemaEvents(relations, history);
        this.tracker = tracker;
        this.tables = tables;
        this.relations = relations;
    }

    /** Between its first event and its last. */
    boolean isOpen() {
        return open;
    }

    Change poll() {
        return queue.isEmpty() ? null : queue.poll();
    }

    void gtid(Consumer<GtidEvents> read, long atSeconds, Place where) {
        checkWhole(true, where);
        tables.trim();
        read.accept(gtid);
        start(atSeconds);
        group = gtid.isMariaDb() && !gtid.isStandalone();
    }

    private void start(long atSeconds) {
        if (lookedUp.pass(tracker::position)) {
            tables.clear();
        }
        open = true;
        group = false;
        begun = false;
        transactionalTouched = false;
        leftOut = false;
        seconds = atSeconds;
    }

    /** Counts towards the question whether a ROLLBACK undoes what was given. */
    void touches(Table table) {
        transactionalTouched |= TRANSACTIONAL.contains(table.storageEngine().toUpperCase(Locale.ROOT));
    }

    /** A copy is to hold the rows, and it does not hold those of a transaction that is only prepared. */
    void leavesOut() {
        leftOut = true;
    }

    /** Gives the change, behind a Begin when it is the first. */
    Change change(Change change) {
        if (begun) {
            return change;
        }
        begun = true;
        open = true;
        queue.add(change);
        long millis = gtid.micros() > 0 ? gtid.micros() / 1_000 : seconds * 1_000;
        return new Change.Begin(gtid.id(), tracker.position(), millis);
    }

    void committed(String file, long end) {
        gtid.addTo(tracker);
        tracker.moveTo(file, end);
        if (lookedUp.looked(tracker::position)) {
            tables.clear();
        }
        if (begun) {
            queue.add(new Change.End(tracker.position()));
        }
        open = false;
        group = false;
        begun = false;
        gtid.none();
    }

    /** A group that is cut off was never committed: the source crashed or its log was copied in the middle. */
    void checkWhole(boolean placed, Place where) {
        if (placed && open && begun) {
            throw LogErrors.damaged(where, "the transaction in front of it has no end");
        }
    }

    void begin(long atSeconds) {
        if (!open) {
            start(atSeconds);
        }
        group = true;
    }

    void query(QueryEvent query, long atSeconds, String file, long end, Place where) {
        if (!open) {
            start(atSeconds);
        }
        switch (Statement.of(query.sql())) {
            case BEGIN, XA_START -> group = true;
            case COMMIT, XA_COMMIT, XA_ROLLBACK -> committed(file, end);
            case SAVEPOINT, XA_END -> { }
            case ROLLBACK -> rolledBack(file, end, where);
            case ROLLBACK_TO -> {
                if (begun) {
                    throw LogErrors.rolledBack("ROLLBACK TO SAVEPOINT", where);
                }
            }
            case HARMLESS -> statementDone(file, end);
            case SCHEMA_CHANGE -> schemaChange(query, atSeconds, file, end);
            case ROWS_AS_TEXT -> {
                if (Statement.touches(query.sql(), query.database(), relations.databases())) {
                    throw LogErrors.statement(Statement.shown(query.sql()), query.database(), where);
                }
                statementDone(file, end);
            }
        }
    }

    private void schemaChange(QueryEvent query, long at, String file, long end) {
        tables.clear();
        SchemaStatement statement = query.schemaStatement();
        Optional<Change> change = gtid.isAlterUndecided() ? Optional.empty() : switch (statement.kind()) {
            case TRUNCATE -> statement.tables().stream().findFirst().filter(table -> !lookedUp.leavesOut(table)).flatMap(relations::of)
                    .map(known -> new Change.Truncate(known.relation()));
            case TABLES -> schema.ofTables(query, statement, at, tracker.position());
            case OTHER -> schema.ofObjects(query, statement, at, tracker.position());
        };
        change.ifPresent(found -> queue.addFirst(change(found)));
        statementDone(file, end);
    }

    /**
     * Where no transaction is open: what is to be told of tables that were looked up there, each as a transaction of its own.
     *
     * @return whether there is something to give now
     */
    boolean between() {
        List<LookedUpTables.Between> told = open ? List.of() : lookedUp.between(tracker::position);
        for (LookedUpTables.Between one : told) {
            tables.clear();
            queue.add(new Change.Begin("", one.at(), seconds * 1_000));
            queue.add(one.change());
            queue.add(new Change.End(tracker.position()));
        }
        return !told.isEmpty();
    }

    private void statementDone(String file, long end) {
        if (!group) {
            committed(file, end);
        }
    }

    /**
     * A group that ends in ROLLBACK was logged because it changed a table that cannot roll back; a replica carries it out and
     * rolls back too, which leaves exactly those changes. Rows of such tables alone therefore count. Rows of a transactional
     * table have been given on already, and which of them count cannot be told any more.
     */
    private void rolledBack(String file, long end, Place where) {
        if (begun && transactionalTouched) {
            throw LogErrors.rolledBack("ROLLBACK", where);
        }
        committed(file, end);
    }

    void xaPrepare(boolean onePhase, String file, long end, Place where) {
        if (!onePhase && (begun || leftOut)) {
            throw LogErrors.prepared(where);
        }
        committed(file, end);
    }
}
