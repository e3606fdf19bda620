package io.opendts.state;

import io.opendts.model.Chunk;
import io.opendts.model.TableId;
import io.opendts.sqlite.SqliteFile;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

final class EmbeddedVerifications implements Verifications {

    private static final String CHUNK = "select db, tbl, number, kind, lower_bound, upper_bound, rows_compared, differences, examples "
            + "from compared where task = ? and run = ?";

    private final SqliteFile file;
    private final InstantSource clock;

    EmbeddedVerifications(SqliteFile file, InstantSource clock) {
        this.file = file;
        this.clock = clock;
    }

    @Override
    public String begin(String task) {
        String run = UUID.randomUUID().toString();
        return file.write(c -> {
            for (String table : List.of("compared", "compared_tables", "comparisons")) {
                Sql.update(c, "delete from " + table + " where task = ?", task);
            }
            Sql.update(c, "insert into comparisons (task, run, began_at, planned) values (?, ?, ?, 0)", task, run, clock.millis());
            return run;
        });
    }

    @Override
    public Optional<Run> current(String task) {
        return file.read(c -> Sql.query(c,
                row -> new Run(row.getString(1), row.getLong(2), row.getInt(3) != 0, row.getInt(4), row.getLong(5), row.getLong(6),
                        row.getLong(7), row.getLong(8)),
                "select r.run, r.began_at, r.planned, (select count(*) from compared_tables t where t.task = r.task and t.run = r.run), "
                        + "count(c.number), coalesce(sum(c.status = 'DONE'), 0), coalesce(sum(c.rows_compared), 0), "
                        + "coalesce(sum(c.differences), 0) "
                        + "from comparisons r left join compared c on c.task = r.task and c.run = r.run where r.task = ? group by r.task",
                task).stream().findFirst());
    }

    @Override
    public boolean plan(String task, String run, TableId table, List<Chunk> chunks) {
        return file.write(c -> {
            if (!isCurrent(c, task, run) || Sql.update(c, "insert into compared_tables (task, run, db, tbl) values (?, ?, ?, ?) "
                    + "on conflict do nothing", task, run, table.database(), table.name()) == 0) {
                return false;
            }
            for (Chunk chunk : chunks) {
                insert(c, task, run, chunk);
            }
            return true;
        });
    }

    private static boolean isCurrent(Connection c, String task, String run) throws SQLException {
        return !Sql.query(c, row -> 1, "select 1 from comparisons where task = ? and run = ?", task, run).isEmpty();
    }

    private static void insert(Connection c, String task, String run, Chunk chunk) throws SQLException {
        Sql.update(c, "insert into compared (task, run, db, tbl, number, kind, lower_bound, upper_bound, status, rows_compared, "
                        + "differences) values (?, ?, ?, ?, ?, ?, ?, ?, 'PLANNED', 0, 0)",
                task, run, chunk.table().database(), chunk.table().name(), chunk.number(), chunk.kind().name(), chunk.lower(),
                chunk.upper());
    }

    @Override
    public void planned(String task, String run) {
        file.write(c -> Sql.update(c, "update comparisons set planned = 1 where task = ? and run = ?", task, run));
    }

    @Override
    public List<Chunk> open(String task, String run, int limit) {
        return file.read(c -> Sql.query(c, EmbeddedVerifications::chunk,
                CHUNK + " and status = 'PLANNED' order by db, tbl, number limit ?", task, run, limit));
    }

    @Override
    public boolean done(String task, String run, Compared compared, Optional<Chunk> next) {
        Chunk chunk = compared.chunk();
        return file.write(c -> {
            int changed = Sql.update(c, "update compared set status = 'DONE', rows_compared = ?, differences = ?, examples = ? "
                            + "where task = ? and run = ? and db = ? and tbl = ? and number = ? and status = 'PLANNED'",
                    compared.rows(), compared.differences(), ExampleText.of(compared.examples()),
                    task, run, chunk.table().database(), chunk.table().name(), chunk.number());
            if (changed == 0) {
                return false;
            }
            if (next.isPresent()) {
                insert(c, task, run, next.get());
            }
            return true;
        });
    }

    @Override
    public List<Compared> differing(String task, String run, int limit) {
        return file.read(c -> Sql.query(c,
                row -> new Compared(chunk(row), row.getLong(7), row.getLong(8), ExampleText.parse(row.getString(9))),
                CHUNK + " and differences > 0 order by db, tbl, number limit ?", task, run, limit));
    }

    private static Chunk chunk(ResultSet row) throws SQLException {
        return new Chunk(new TableId(row.getString(1), row.getString(2)), row.getInt(3), Chunk.Kind.valueOf(row.getString(4)),
                row.getString(5), row.getString(6));
    }
}
