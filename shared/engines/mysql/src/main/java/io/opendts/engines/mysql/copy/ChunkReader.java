package io.opendts.engines.mysql.copy;

import io.opendts.engines.mysql.filter.RowFilter;
import io.opendts.engines.mysql.wire.ColumnMeta;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.RowHandler;
import io.opendts.engines.mysql.wire.SqlBytes;
import io.opendts.model.Chunk;
import io.opendts.model.Column;
import io.opendts.model.ColumnKind;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Row;
import io.opendts.model.RowBuilder;
import io.opendts.model.Table;
import io.opendts.model.TableId;
import io.opendts.spi.ChunkRead;
import io.opendts.spi.RowSink;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Reads chunks. One SELECT is consistent in itself (InnoDB reads it in one view, other engines under a lock), which is all
 * that a table with a key needs; a keyless one is read at an exact log position ({@link ExactRead}). Safe for many threads.
 */
public final class ChunkReader {

    private final Supplier<MySqlConnection> connections;

    public ChunkReader(Supplier<MySqlConnection> connections) {
        this.connections = connections;
    }

    public ChunkRead read(Chunk chunk, Table table, Route route, Relation relation, long rowsPerChunk, RowSink sink) {
        return read(chunk, table, route, rowsPerChunk, sink, (select, rows) -> {
            if (relation.keyless()) {
                return Optional.of(new ExactRead(connections).read(table, select, rows));
            }
            try (MySqlConnection connection = connections.get()) {
                ReadSession.prepare(connection);
                connection.stream(select, rows);
                return Optional.empty();
            }
        });
    }

    /** Runs the SELECT; answers the position at which its rows are exact, where it is known. */
    @FunctionalInterface
    interface Reading {

        Optional<Position> read(String select, RowHandler rows);
    }

    static ChunkRead read(Chunk chunk, Table table, Route route, long rowsPerChunk, RowSink sink, Reading reading) {
        List<Column> carried = route.carried(table);
        Optional<KeyRange> key = KeyRange.of(table, carried);
        long rowsMax = ChunkSize.rows(table, rowsPerChunk);
        String select = select(chunk, table.id(), carried, key, condition(route.filter(), table), rowsMax);
        Rows rows = new Rows(carried, sink, chunk.kind() == Chunk.Kind.WALK ? rowsMax : Long.MAX_VALUE);
        return SourceErrors.guarded("reading chunk " + chunk.number() + " of " + chunk.table(), () -> {
            Optional<Position> exactAt = reading.read(select, rows);
            Optional<Chunk> next = key.filter(k -> rows.last != null).map(k -> following(chunk, k, carried, rows.last));
            return new ChunkRead(rows.count, rows.bytes, exactAt, next);
        });
    }

    private static Chunk following(Chunk chunk, KeyRange key, List<Column> carried, Row last) {
        int[] positions = key.columns().stream().mapToInt(carried::indexOf).toArray();
        return new Chunk(chunk.table(), chunk.number() + 1, Chunk.Kind.WALK, KeyRange.bound(last.project(positions)), "");
    }

    /** @param table whose rows are read: on a target it may have another name than the chunk's */
    static String select(Chunk chunk, TableId table, List<Column> carried, Optional<KeyRange> key, Optional<String> filter, long limit) {
        String columns = String.join(",", carried.stream().map(ChunkReader::expression).toList());
        String from = SqlBytes.quoted(table.database()) + "." + SqlBytes.quoted(table.name());
        boolean walk = chunk.kind() == Chunk.Kind.WALK;
        boolean whole = chunk.kind() == Chunk.Kind.WHOLE || chunk.kind() == Chunk.Kind.TOGETHER;
        String index = whole ? "" : key.filter(k -> !k.name().isEmpty())
                .map(k -> " FORCE INDEX (" + SqlBytes.quoted(k.name()) + ")").orElse("");
        return "SELECT " + columns + " FROM " + from + index
                + where(key.flatMap(k -> k.condition(chunk)), filter)
                + (walk ? " ORDER BY " + key.orElseThrow().order() + " LIMIT " + limit : "");
    }

    /** Not the user's own text but what it was understood as: the log's rows are held against the same. */
    static Optional<String> condition(Optional<String> filter, Table table) {
        return filter.map(text -> RowFilter.of(text, table).sql());
    }

    static String where(Optional<String> range, Optional<String> filter) {
        String filtered = filter.map(f -> "(" + f + ")").orElse("");
        String both = filtered + (filtered.isEmpty() || range.isEmpty() ? "" : " AND ") + range.orElse("");
        return both.isEmpty() ? "" : " WHERE " + both;
    }

    /** FLOAT prints with 6 digits and DOUBLE(M,D) with D, as a double with all; times one, since adding zero would turn -0 into 0. */
    private static String expression(Column column) {
        String name = SqlBytes.quoted(column.name());
        return printsShort(column) ? name + "*1e0" : name;
    }

    static boolean printsShort(Column column) {
        return column.kind() == ColumnKind.FLOAT || column.kind() == ColumnKind.DOUBLE && column.nativeType().contains("(");
    }

    /** Gives rows on, counts them, and keeps the last one of a walk that has reached its limit. */
    private static final class Rows implements RowHandler {
        private final RowReprint reprint;
        private final RowSink sink;
        private final long limit;
        private long count;
        private long bytes;
        private Row last;

        private Rows(List<Column> columns, RowSink sink, long limit) {
            this.reprint = RowReprint.of(columns);
            this.sink = sink;
            this.limit = limit;
        }

        @Override
        public void columns(List<ColumnMeta> columns) {
            count = 0;
            bytes = 0;
        }

        @Override
        public void row(byte[] buffer, int offset, int length, int columnCount) {
            if (reprint == null) {
                give(buffer, offset, length);
            } else {
                RowBuilder printed = reprint.row(buffer, offset, length);
                give(printed.buffer(), 0, printed.size());
            }
        }

        private void give(byte[] buffer, int offset, int length) {
            try {
                sink.row(buffer, offset, length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            count++;
            bytes += length;
            if (count == limit) {
                last = Row.copyOf(buffer, offset, length);
            }
        }
    }
}
