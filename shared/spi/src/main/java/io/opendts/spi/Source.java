package io.opendts.spi;

import io.opendts.model.Catalog;
import io.opendts.model.CheckItem;
import io.opendts.model.Chunk;
import io.opendts.model.ObjectName;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.SchemaObject;
import io.opendts.model.Table;
import java.util.List;

/**
 * Where data comes from. It is only read. Safe for use by many threads: every call opens or borrows a session of its own.
 * All methods raise {@link io.opendts.model.DtsException} with codes 2xxx; those that are retryable may be called again.
 */
public interface Source extends AutoCloseable {

    /** All items at once; what is wrong is an item, never an exception. */
    List<CheckItem> check(Selector selector, CheckScope scope);

    /** The selected databases, tables and other objects. */
    Catalog describe(Selector selector);

    /**
     * What the source has now of selected objects that are no tables; of a trigger all that hang on the same table, in the order in which
     * they fire. A view that the source itself cannot open has the setting {@link #INVALID}.
     */
    List<SchemaObject> objects(Selector selector, List<ObjectName> names);

    /** Of a view: what its server says to it. */
    String INVALID = "invalid";

    /** Whether names of databases and tables that differ only by case mean the same to this server. */
    boolean foldsNames();

    /** Where the log ends now. */
    Position position();

    /**
     * Splits a table for the copy, from statistics, never by counting.
     *
     * @param rowsPerChunk aimed at, not promised
     */
    List<Chunk> split(Table table, Route route, long rowsPerChunk);

    /** The first chunk of a table that is copied piece by piece in the order of its key; all of it where no key allows that. */
    Chunk walk(Table table, Route route);

    /**
     * Reads a chunk in one consistent read and gives its rows, in the layout of the relation, to the sink.
     * For a WALK chunk at most {@code rowsPerChunk} rows.
     */
    ChunkRead read(Chunk chunk, Table table, Route route, Relation relation, long rowsPerChunk, RowSink sink);

    /**
     * As {@link #read}, of a table that statements may be changing, beside its log.
     *
     * @param table  the table has these columns and keys while it is read
     * @param behind all that the log tells in front of this position is in what is read
     * @throws OutOfStepException one of the two is not so, or the table is gone; what the sink took is then to be dropped
     */
    ChunkRead readUnchanged(Chunk chunk, Table table, Route route, Relation relation, long rowsPerChunk, Position behind, RowSink sink);

    /** Whether the table has the columns and keys that are told here. */
    boolean unchanged(Table table);

    /**
     * Opens an exact copy. Writers of the tables wait meanwhile, for some milliseconds.
     *
     * @param tables the ones that are read, and all that change rows of these by cascades
     */
    ExactCopy exact(List<Table> tables);

    /** Opens the log; see {@link LogReader}. */
    LogReader log(Position from, Relations relations);

    /** Ends all sessions; reads under way fail. */
    @Override
    void close();
}
