package io.opendts.task;

import io.opendts.model.Chunk;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Table;
import io.opendts.spi.ChunkRead;
import io.opendts.spi.ExactCopy;
import io.opendts.spi.RowSink;
import io.opendts.spi.Source;
import java.util.List;

/** Several tables as they all are at one position of the log, opened by the first read, of which there may be none. One thread. */
public final class OneMoment implements AutoCloseable {

    private final Source source;
    private final List<Table> tables;
    private ExactCopy copy;

    /** @param tables the ones that are read, and all that change rows of these by cascades */
    public OneMoment(Source source, List<Table> tables) {
        this.source = source;
        this.tables = tables;
    }

    public ChunkRead read(Chunk chunk, Table table, Route route, Relation relation, RowSink sink) {
        return opened().read(chunk, table, route, relation, sink);
    }

    public Position at() {
        return opened().at();
    }

    private ExactCopy opened() {
        if (copy == null) {
            copy = source.exact(tables);
        }
        return copy;
    }

    @Override
    public void close() {
        if (copy != null) {
            copy.close();
        }
    }
}
