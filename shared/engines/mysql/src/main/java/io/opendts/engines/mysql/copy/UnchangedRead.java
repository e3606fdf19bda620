package io.opendts.engines.mysql.copy;

import io.opendts.engines.mysql.log.MySqlLogOrder;
import io.opendts.engines.mysql.log.MySqlPosition;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.MySqlServerError;
import io.opendts.engines.mysql.wire.RowHandler;
import io.opendts.model.Chunk;
import io.opendts.model.Position;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Table;
import io.opendts.spi.ChunkRead;
import io.opendts.spi.OutOfStepException;
import io.opendts.spi.RowSink;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Reads chunks of a table that statements may be changing, beside its log. What is read is of a moment behind a position of the log,
 * which a look right behind it is not: a transaction is in the log before its rows are to be seen. MariaDB tells the position of a
 * view; MySQL counts a GTID as executed when its rows are visible; without GTIDs a lock waits for those that write
 * ({@link LockedView}). And it is of the table as it is known, for nobody can alter it while a transaction that has read it is open.
 */
public final class UnchangedRead {

    private static final MySqlLogOrder ORDER = new MySqlLogOrder();
    /** No such column, table or key; altered behind the view, or in mid change. */
    private static final Set<Integer> ALTERED = Set.of(1054, 1146, 1176, 1412, 1615);

    private final Supplier<MySqlConnection> connections;
    private final Position behind;

    public UnchangedRead(Supplier<MySqlConnection> connections, Position behind) {
        this.connections = connections;
        this.behind = behind;
    }

    /** @throws OutOfStepException also behind the rows: what the sink took is then to be dropped */
    public ChunkRead read(Chunk chunk, Table table, Route route, Relation relation, long rowsPerChunk, RowSink sink) {
        return ChunkReader.read(chunk, table, route, rowsPerChunk, sink, (select, rows) -> {
            try {
                return relation.keyless() ? Optional.of(exact(table, select, rows)) : consistent(table, select, rows);
            } catch (MySqlServerError e) {
                throw ALTERED.contains(e.errno()) ? new OutOfStepException(table.id()) : e;
            }
        });
    }

    private Position exact(Table table, String select, RowHandler rows) {
        Position at = new ExactRead(connections).read(table, select, rows, reader -> insistOn(table, Layout.holds(reader, table)));
        insistOn(table, ORDER.reached(at, behind));
        return at;
    }

    private Optional<Position> consistent(Table table, String select, RowHandler rows) {
        try (MySqlConnection reader = connections.get()) {
            ReadSession.prepare(reader);
            insistOn(table, ORDER.reached(begin(reader, table), behind));
            reader.stream(select, rows);
            insistOn(table, Layout.holds(reader, table));
            return Optional.empty();
        }
    }

    /** Begins the transaction; answers a position of which its view shows everything in front. */
    private Position begin(MySqlConnection reader, Table table) {
        if (reader.mariaDb()) {
            return ExactRead.beginSnapshot(reader);
        }
        if (MySqlPosition.parse(behind).gtids().isEmpty()) {
            return LockedView.begin(reader, connections, List.of(table));
        }
        Position executed = LockedView.position(reader);
        reader.execute("START TRANSACTION WITH CONSISTENT SNAPSHOT");
        return executed;
    }

    private static void insistOn(Table table, boolean inStep) {
        if (!inStep) {
            throw new OutOfStepException(table.id());
        }
    }
}
