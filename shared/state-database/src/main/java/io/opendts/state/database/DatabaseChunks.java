package io.opendts.state.database;

import io.opendts.model.Chunk;
import io.opendts.model.Position;
import io.opendts.model.TableId;
import io.opendts.state.Chunks;
import java.util.List;
import java.util.Optional;

/** The row of a table's sums is what planning happens once by; a chunk is done by the process whose update finds it planned. */
final class DatabaseChunks implements Chunks {

    private static final String OF_TABLE = " c where c.task = ?1 and c.db = ?2 and c.tbl = ?3";

    private final Database database;

    DatabaseChunks(Database database) {
        this.database = database;
    }

    @Override
    public boolean plan(String task, Plan plan) {
        TableId table = plan.table();
        return database.write(s -> {
            if (s.find(Rows.Copy.class, new Rows.CopyId(task, table.database(), table.name())).isPresent()) {
                return false;
            }
            Rows.Copy row = new Rows.Copy();
            row.task = task;
            row.db = table.database();
            row.tbl = table.name();
            row.rowsEstimated = plan.rowsEstimated();
            row.chunksPlanned = plan.chunks().size();
            s.insert(row);
            insert(s, task, plan.relation(), plan.level(), plan.chunks());
            return true;
        });
    }

    private static void insert(Session s, String task, int relation, int level, List<Chunk> chunks) {
        s.insertMany("chunks (task, db, tbl, number, kind, lower_bound, upper_bound, status, relation, copy_level)", chunks.stream()
                .map(c -> List.<Object>of(task, c.table().database(), c.table().name(), c.number(), c.kind().name(), c.lower(), c.upper(),
                        "PLANNED", relation, level)).toList());
    }

    @Override
    public List<Open> open(String task, int limit) {
        List<Rows.CopyChunk> rows = database.read(s -> s.list(Rows.CopyChunk.class, limit,
                "from CopyChunk c where c.task = ?1 and c.status = 'PLANNED' order by c.copyLevel, c.db, c.tbl, c.number", task));
        return rows.stream().filter(row -> row.copyLevel == rows.getFirst().copyLevel)
                .map(row -> new Open(chunk(row), row.relation)).toList();
    }

    @Override
    public boolean done(String task, Copied copied, Optional<Chunk> next) {
        Chunk chunk = copied.chunk();
        String db = chunk.table().database();
        String tbl = chunk.table().name();
        return database.write(s -> {
            int changed = s.change("update CopyChunk c set c.status = 'DONE', c.rowsDone = ?5, c.bytesDone = ?6, c.exactAt = ?7 "
                            + "where c.task = ?1 and c.db = ?2 and c.tbl = ?3 and c.number = ?4 and c.status = 'PLANNED'",
                    task, db, tbl, chunk.number(), copied.rows(), copied.bytes(), copied.exactAt().map(Position::text).orElse(null));
            if (changed == 0) {
                return false;
            }
            if (next.isPresent()) {
                Rows.CopyChunk before = s.find(Rows.CopyChunk.class, new Rows.CopyChunkId(task, db, tbl, chunk.number())).orElseThrow();
                insert(s, task, before.relation, before.copyLevel, List.of(next.get()));
            }
            s.change("update Copy c set c.chunksDone = c.chunksDone + 1, c.chunksPlanned = c.chunksPlanned + ?4, "
                            + "c.rowsDone = c.rowsDone + ?5, c.bytesDone = c.bytesDone + ?6 where c.task = ?1 and c.db = ?2 and c.tbl = ?3",
                    task, db, tbl, next.isPresent() ? 1L : 0L, copied.rows(), copied.bytes());
            return true;
        });
    }

    @Override
    public List<Copied> copied(String task, TableId table, int fromNumber, int limit) {
        return database.read(s -> s.list(Rows.CopyChunk.class, limit,
                        "from CopyChunk" + OF_TABLE + " and c.number >= ?4 and c.status = 'DONE' order by c.number",
                        task, table.database(), table.name(), fromNumber)).stream()
                .map(c -> new Copied(chunk(c), c.rowsDone, c.bytesDone, Optional.ofNullable(c.exactAt).map(Position::new))).toList();
    }

    @Override
    public Optional<TableCopy> table(String task, TableId table) {
        return database.read(s -> s.find(Rows.Copy.class, new Rows.CopyId(task, table.database(), table.name())))
                .map(DatabaseChunks::copy);
    }

    @Override
    public List<TableCopy> tables(String task) {
        List<Rows.Copy> rows = database.read(s -> s.list(Rows.Copy.class, "from Copy c where c.task = ?1 order by c.db, c.tbl", task));
        return rows.stream().map(DatabaseChunks::copy).toList();
    }

    private static Chunk chunk(Rows.CopyChunk row) {
        return new Chunk(new TableId(row.db, row.tbl), row.number, Chunk.Kind.valueOf(row.kind), row.lowerBound, row.upperBound);
    }

    private static TableCopy copy(Rows.Copy row) {
        return new TableCopy(new TableId(row.db, row.tbl), row.chunksPlanned, row.chunksDone, row.rowsDone, row.bytesDone,
                row.rowsEstimated);
    }
}
