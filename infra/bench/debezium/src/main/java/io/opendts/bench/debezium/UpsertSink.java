package io.opendts.bench.debezium;

import io.debezium.engine.DebeziumEngine.ChangeConsumer;
import io.debezium.engine.DebeziumEngine.RecordCommitter;
import io.debezium.engine.RecordChangeEvent;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.connect.data.Field;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.source.SourceRecord;

/**
 * What a good sink does: of each batch the last state of each key, as statements of many rows, in one transaction. For tables of numbers
 * and strings with a primary key, as sysbench has them.
 */
final class UpsertSink implements ChangeConsumer<RecordChangeEvent<SourceRecord>> {

    private static final int ROWS_PER_STATEMENT = 500;

    private final Connection target;
    /** On the target. */
    private volatile long events;
    private volatile long lastCommitNanos;

    UpsertSink(Connection target) throws SQLException {
        this.target = target;
        target.setAutoCommit(false);
    }

    long events() {
        return events;
    }

    long lastCommitNanos() {
        return lastCommitNanos;
    }

    @Override
    public void handleBatch(List<RecordChangeEvent<SourceRecord>> batch, RecordCommitter<RecordChangeEvent<SourceRecord>> committer)
            throws InterruptedException {
        Map<String, Map<Struct, Optional<Struct>>> tables = new LinkedHashMap<>();
        long taken = 0;
        for (RecordChangeEvent<SourceRecord> event : batch) {
            if (event.record().value() instanceof Struct change && change.schema().field("op") != null) {
                tables.computeIfAbsent(change.getStruct("source").getString("table"), table -> new LinkedHashMap<>())
                        .put((Struct) event.record().key(), Optional.ofNullable(change.getStruct("after")));
                taken++;
            }
        }
        if (taken > 0) {
            write(tables, events + taken);
        }
        for (RecordChangeEvent<SourceRecord> event : batch) {
            committer.markProcessed(event);
        }
        committer.markBatchFinished();
    }

    private void write(Map<String, Map<Struct, Optional<Struct>>> tables, long through) {
        try {
            for (Map.Entry<String, Map<Struct, Optional<Struct>>> table : tables.entrySet()) {
                List<Struct> gone = table.getValue().entrySet().stream().filter(row -> row.getValue().isEmpty()).map(Map.Entry::getKey)
                        .toList();
                List<Struct> there = table.getValue().values().stream().flatMap(Optional::stream).toList();
                inParts(gone, rows -> delete(table.getKey(), rows));
                inParts(there, rows -> upsert(table.getKey(), rows));
            }
            target.commit();
            lastCommitNanos = System.nanoTime();
            events = through;
            System.out.println("committed " + through);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private interface Part {
        void write(List<Struct> rows) throws SQLException;
    }

    private static void inParts(List<Struct> rows, Part part) throws SQLException {
        for (int from = 0; from < rows.size(); from += ROWS_PER_STATEMENT) {
            part.write(rows.subList(from, Math.min(rows.size(), from + ROWS_PER_STATEMENT)));
        }
    }

    private void delete(String table, List<Struct> keys) throws SQLException {
        execute("DELETE FROM `" + table + "` WHERE (" + names(keys.getFirst()) + ") IN (" + marks(keys) + ")", keys);
    }

    private void upsert(String table, List<Struct> rows) throws SQLException {
        String set = rows.getFirst().schema().fields().stream().map(field -> "`" + field.name() + "`=VALUES(`" + field.name() + "`)")
                .collect(Collectors.joining(","));
        execute("INSERT INTO `" + table + "` (" + names(rows.getFirst()) + ") VALUES " + marks(rows) + " ON DUPLICATE KEY UPDATE " + set,
                rows);
    }

    private static String names(Struct row) {
        return row.schema().fields().stream().map(field -> "`" + field.name() + "`").collect(Collectors.joining(","));
    }

    private static String marks(List<Struct> rows) {
        String row = "(" + String.join(",", Collections.nCopies(rows.getFirst().schema().fields().size(), "?")) + ")";
        return String.join(",", Collections.nCopies(rows.size(), row));
    }

    private void execute(String sql, List<Struct> rows) throws SQLException {
        try (PreparedStatement statement = target.prepareStatement(sql)) {
            int parameter = 1;
            for (Struct row : rows) {
                for (Field field : row.schema().fields()) {
                    statement.setObject(parameter++, row.get(field));
                }
            }
            statement.executeUpdate();
        }
    }
}
