package io.opendts.engines.mysql.copy;

import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.model.Chunk;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Table;
import io.opendts.spi.ChunkRead;
import io.opendts.spi.ExactCopy;
import io.opendts.spi.RowSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Tables of InnoDB in one view, opened under a lock on them ({@link LockedView}). */
public final class ExactTables implements ExactCopy {

    private final MySqlConnection reader;
    private final Position at;

    private ExactTables(MySqlConnection reader, Position at) {
        this.reader = reader;
        this.at = at;
    }

    public static ExactTables open(Supplier<MySqlConnection> connections, List<Table> tables) {
        return SourceErrors.guarded("locking " + tables.size() + " tables for an exact copy", () -> {
            MySqlConnection reader = connections.get();
            try {
                ReadSession.prepare(reader);
                return new ExactTables(reader, LockedView.begin(reader, connections, tables));
            } catch (RuntimeException e) {
                reader.close();
                throw e;
            }
        });
    }

    @Override
    public Position at() {
        return at;
    }

    @Override
    public ChunkRead read(Chunk chunk, Table table, Route route, Relation relation, RowSink sink) {
        Rest rest = new Rest(sink);
        ChunkRead read = ChunkReader.read(chunk, table, route, Long.MAX_VALUE, rest, (select, rows) -> {
            reader.stream(select, rows);
            return Optional.of(at);
        });
        rest.raise();
        return read;
    }

    /** Where the sink fails the rest of the table is read all the same, and dropped: a session that is cut has lost the view. */
    private static final class Rest implements RowSink {

        private final RowSink sink;
        private RuntimeException failure;

        private Rest(RowSink sink) {
            this.sink = sink;
        }

        @Override
        public void row(byte[] buffer, int offset, int length) {
            if (failure != null) {
                return;
            }
            try {
                sink.row(buffer, offset, length);
            } catch (IOException e) {
                failure = new UncheckedIOException(e);
            } catch (RuntimeException e) {
                failure = e;
            }
        }

        private void raise() {
            if (failure != null) {
                throw failure;
            }
        }
    }

    @Override
    public void close() {
        reader.close();
    }
}
