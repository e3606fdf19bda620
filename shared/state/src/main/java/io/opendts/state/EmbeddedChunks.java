package io.opendts.state;

import io.opendts.model.Chunk;
import io.opendts.model.Position;
import io.opendts.model.TableId;
import io.opendts.sqlite.SqliteFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

final class EmbeddedChunks implements Chunks {

    private static final String INSERT = "insert into chunks (task, db, tbl, number, kind, lower_bound, upper_bound, status, "
            + "relation, copy_level) values (?, ?, ?, ?, ?, ?, ?, 'PLANNED', ?, ?)";
    private static final String FIRST_LEVEL =
            "(select copy_level from chunks where task = ? and status = 'PLANNED' order by copy_level limit 1)";
    private static final String COPY = "select db, tbl, chunks_planned, chunks_done, rows_done, bytes_done, rows_estimated from copies";

    private final SqliteFile file;

    EmbeddedChunks(SqliteFile file) {
        this.file = file;
    }

    @Override
    public boolean plan(String task, Plan plan) {
        return file.write(c -> plan(c, task, plan));
    }

    @Override
    public void plan(String task, List<Plan> plans) {
        file.write(c -> {
            for (Plan plan : plans) {
                plan(c, task, plan);
            }
            return null;
        });
    }

    private static boolean plan(Connection c, String task, Plan plan) throws SQLException {
        TableId table = plan.table();
        int isNew = Sql.update(c, "insert into copies (task, db, tbl, rows_estimated, chunks_planned, chunks_done, rows_done, bytes_done) "
                        + "values (?, ?, ?, ?, ?, 0, 0, 0) on conflict do nothing",
                task, table.database(), table.name(), plan.rowsEstimated(), (long) plan.chunks().size());
        if (isNew == 0) {
            return false;
        }
        try (PreparedStatement insert = c.prepareStatement(INSERT)) {
            for (Chunk chunk : plan.chunks()) {
                bind(insert, task, chunk);
                insert.setInt(8, plan.relation());
                insert.setInt(9, plan.level());
                insert.executeUpdate();
            }
        }
        return true;
    }

    private static void bind(PreparedStatement insert, String task, Chunk chunk) throws SQLException {
        insert.setString(1, task);
        insert.setString(2, chunk.table().database());
        insert.setString(3, chunk.table().name());
        insert.setInt(4, chunk.number());
        insert.setString(5, chunk.kind().name());
        insert.setString(6, chunk.lower());
        insert.setString(7, chunk.upper());
    }

    @Override
    public List<Open> open(String task, int limit) {
        return file.read(c -> Sql.query(c, row -> new Open(chunk(row), row.getInt(7)),
                "select db, tbl, number, kind, lower_bound, upper_bound, relation from chunks where task = ? and status = 'PLANNED' "
                        + "and copy_level = " + FIRST_LEVEL + " order by db, tbl, number limit ?", task, task, limit));
    }

    @Override
    public boolean done(String task, Copied copied, Optional<Chunk> next) {
        TableId table = copied.chunk().table();
        return file.write(c -> {
            int changed = Sql.update(c, "update chunks set status = 'DONE', rows_done = ?, bytes_done = ?, exact_at = ? "
                            + "where task = ? and db = ? and tbl = ? and number = ? and status = 'PLANNED'",
                    copied.rows(), copied.bytes(), copied.exactAt().map(Position::text).orElse(null),
                    task, table.database(), table.name(), copied.chunk().number());
            if (changed == 0) {
                return false;
            }
            if (next.isPresent()) {
                insertNext(c, task, copied.chunk(), next.get());
            }
            Sql.update(c, "update copies set chunks_done = chunks_done + 1, chunks_planned = chunks_planned + ?, "
                            + "rows_done = rows_done + ?, bytes_done = bytes_done + ? where task = ? and db = ? and tbl = ?",
                    next.isPresent() ? 1 : 0, copied.rows(), copied.bytes(), task, table.database(), table.name());
            return true;
        });
    }

    private static void insertNext(Connection c, String task, Chunk before, Chunk next) throws SQLException {
        Sql.update(c, "insert into chunks (task, db, tbl, number, kind, lower_bound, upper_bound, status, relation, copy_level) "
                        + "select task, db, tbl, ?, ?, ?, ?, 'PLANNED', relation, copy_level from chunks "
                        + "where task = ? and db = ? and tbl = ? and number = ?",
                next.number(), next.kind().name(), next.lower(), next.upper(),
                task, before.table().database(), before.table().name(), before.number());
    }

    @Override
    public List<Copied> copied(String task, TableId table, int fromNumber, int limit) {
        return file.read(c -> Sql.query(c,
                row -> new Copied(chunk(row), row.getLong(7), row.getLong(8), Optional.ofNullable(row.getString(9)).map(Position::new)),
                "select db, tbl, number, kind, lower_bound, upper_bound, rows_done, bytes_done, exact_at from chunks "
                        + "where task = ? and db = ? and tbl = ? and number >= ? and status = 'DONE' order by number limit ?",
                task, table.database(), table.name(), fromNumber, limit));
    }

    @Override
    public Optional<TableCopy> table(String task, TableId table) {
        return file.read(c -> Sql.query(c, EmbeddedChunks::copy, COPY + " where task = ? and db = ? and tbl = ?",
                task, table.database(), table.name()).stream().findFirst());
    }

    @Override
    public List<TableCopy> tables(String task) {
        return file.read(c -> Sql.query(c, EmbeddedChunks::copy, COPY + " where task = ? order by db, tbl", task));
    }

    private static Chunk chunk(ResultSet row) throws SQLException {
        return new Chunk(new TableId(row.getString(1), row.getString(2)), row.getInt(3), Chunk.Kind.valueOf(row.getString(4)),
                row.getString(5), row.getString(6));
    }

    private static TableCopy copy(ResultSet row) throws SQLException {
        return new TableCopy(new TableId(row.getString(1), row.getString(2)), row.getLong(3), row.getLong(4), row.getLong(5),
                row.getLong(6), row.getLong(7));
    }
}
