package io.opendts.spi;

import io.opendts.model.Change.Touched;
import io.opendts.model.DtsException;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tables of which the log does not tell what became of them. The source's catalog tells it, ahead of the log: from where a table is
 * looked up until where the log stood then its rows are left out, and each statement looks it up again. It is copied anew, later than
 * all of that, so what was left out is in the copy. What was found is recorded, for whoever reads the log again to find the same.
 */
public interface LookUps {

    /** Of a reader that follows no schema. */
    LookUps NONE = new LookUps() {
        @Override
        public Remedy remedy(TableId table) {
            return Remedy.NONE;
        }

        @Override
        public boolean carries(List<Touched> parts) {
            return false;
        }

        @Override
        public boolean leavesOut(TableId table) {
            return false;
        }

        @Override
        public boolean overdue(TableId table) {
            return false;
        }

        @Override
        public boolean pass(Supplier<Position> at) {
            return false;
        }

        @Override
        public Optional<Relation> found(TableId table, Look look, Position at, boolean between) {
            throw new IllegalStateException("table " + table + " is not to be looked up");
        }

        @Override
        public void stop(TableId table, DtsException why, Position at, boolean between) {
            throw new IllegalStateException("table " + table + " is not to be looked up");
        }

        @Override
        public boolean recorded(TableId table, Position at, boolean between) {
            return false;
        }

        @Override
        public Optional<Recorded> repeat(TableId table, Position at, boolean between) {
            return Optional.empty();
        }

        @Override
        public boolean went(TableId table, Position at) {
            return false;
        }

        @Override
        public boolean untold() {
            return false;
        }

        @Override
        public List<Recorded> repeated(Position at) {
            return List.of();
        }

        @Override
        public List<TableId> asked() {
            return List.of();
        }
    };

    /**
     * @param table as the catalog has it; empty where there is none of that name
     * @param until a position of the log that is behind the look
     */
    record Look(Optional<Table> table, Position until) {}

    /**
     * @param since where the table was looked up
     * @param after the layout that it has from there on; empty where the catalog had no such table, and where it is stopped
     */
    record Recorded(TableId table, Position since, Optional<Relation> after) {}

    /** What can be done about a table of which the log does not tell what became of it. */
    enum Remedy {
        /** It is looked up and copied anew, or else left out alone. */
        COPIED_ANEW,
        /** It is left out alone: nobody can copy it beside the log. */
        STOPPED_ALONE,
        /** What is not told ends the reading. */
        NONE
    }

    Remedy remedy(TableId table);

    /** Whether the task carries a statement that does this: one that is passed over leaves the target's tables as they are. */
    boolean carries(List<Touched> parts);

    /** Whether rows of a table are left out where the reader is, and what its statements say counts for nothing. */
    boolean leavesOut(TableId table);

    /** Whether the log should have told by now what became of a table that was not in the catalog. */
    boolean overdue(TableId table);

    /** The reader stands between two transactions. Answers whether rows of some table are no longer left out. */
    boolean pass(Supplier<Position> at);

    /**
     * Records a look, and the table is that from there on. One that cannot be copied anew is stopped.
     *
     * @param at      where the table is looked up
     * @param between whether that is between two transactions, not for a statement
     * @return the layout; empty where the catalog has no such table, and where it is stopped
     */
    Optional<Relation> found(TableId table, Look look, Position at, boolean between);

    /** Records that the task leaves out the table from there on, and with it those whose rows its cascades change; no other. */
    void stop(TableId table, DtsException why, Position at, boolean between);

    /** Whether a look, or a stop, was recorded there before. */
    boolean recorded(TableId table, Position at, boolean between);

    /** The table is from there on what was recorded there before; with one that is stopped there so are all that stopped with it. */
    Optional<Recorded> repeat(TableId table, Position at, boolean between);

    /** Whether it was recorded there before that the table is gone. */
    boolean went(TableId table, Position at);

    /** Whether something was recorded between transactions that has not been told since the reader began. */
    boolean untold();

    /** What of that was recorded up to here: the tables are that from now on. */
    List<Recorded> repeated(Position at);

    /** Tables that are to be looked up wherever the reader stands, asked for once. */
    List<TableId> asked();
}
