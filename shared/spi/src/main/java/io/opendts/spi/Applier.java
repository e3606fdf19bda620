package io.opendts.spi;

import io.opendts.model.Checkpoint;
import io.opendts.model.Relation;
import io.opendts.model.Row;
import java.util.List;
import java.util.Optional;

/** One session on a target that writes changes in order. One thread; after any exception it is closed and opened again. */
public interface Applier extends AutoCloseable {

    /** A piece of work, done in the order given. */
    sealed interface Step {

        Relation relation();

        /** Rows found by their identity. {@code strict}: each must be there. */
        record DeleteRows(Relation relation, List<Row> rows, boolean strict) implements Step {}

        /** New rows. {@code strict}: none may be there; otherwise they replace what is in their way. */
        record InsertRows(Relation relation, List<Row> rows, boolean strict) implements Step {}

        /** Rows whose identity stays and whose other values change. {@code strict}: each must be there; otherwise as InsertRows. */
        record UpdateRows(Relation relation, List<Row> rows, boolean strict) implements Step {}

        /** One row, changed as the source did it, its identity included; a keyless one is found by all of its values. */
        record UpdateOne(Relation relation, Row before, Row after, boolean strict) implements Step {}

        /** As UpdateOne where the row is there; where it is not, nothing: no row is made of it. */
        record UpdateFound(Relation relation, Row before, Row after) implements Step {}

        /** One row of a keyless table or of a cascading parent: exactly one row goes. */
        record DeleteOne(Relation relation, Row before, boolean strict) implements Step {}

        record TruncateTable(Relation relation) implements Step {}
    }

    /** What the target held when the session was opened, or what it has stored last: what it goes on from. */
    Optional<Checkpoint> checkpoint();

    /**
     * Writes the steps into the open transaction, which the first of them opens.
     *
     * @throws ConflictException a strict step met something else than the source had; the transaction is rolled back
     */
    void write(List<Step> steps);

    /**
     * Changes the target's schema; nothing may have been written since the last commit. Each statement of the target's is run once,
     * however often the same change comes: what was begun is recorded, and what became of it is seen from the tables. It is durable at
     * once, the checkpoint behind it follows by {@link #commit}.
     *
     * @throws io.opendts.model.DtsException TARGET_STATEMENT_FAILED with the statement and what the target says to it; LOG_DDL for
     *                                       what the target's tables cannot follow
     */
    void follow(SchemaChange change);

    /**
     * Makes objects that hold no rows what they are on the source, or drops them; nothing may have been written since the last commit.
     * It is durable at once.
     *
     * @return those that the target refuses; what it has of these stays where it can
     */
    List<ObjectChange.Refused> follow(ObjectChange change);

    /** Stores the checkpoint and commits: both or neither. With nothing written it stores the checkpoint alone. */
    void commit(Checkpoint checkpoint);

    /** Gives up what has been written since the last commit. */
    void rollback();

    @Override
    void close();
}
