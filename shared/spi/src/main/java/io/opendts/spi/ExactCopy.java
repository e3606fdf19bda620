package io.opendts.spi;

import io.opendts.model.Chunk;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Table;

/**
 * Tables as they are at one position of the log: what the log holds of them before it is in the rows, what it holds behind it is
 * not. One session on the source; one thread.
 */
public interface ExactCopy extends AutoCloseable {

    Position at();

    /** Reads a table in one piece. May be called again for the same table, also after its sink has failed. */
    ChunkRead read(Chunk chunk, Table table, Route route, Relation relation, RowSink sink);

    @Override
    void close();
}
