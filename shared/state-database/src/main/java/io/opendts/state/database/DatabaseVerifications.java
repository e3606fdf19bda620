package io.opendts.state.database;

import io.opendts.model.Chunk;
import io.opendts.model.TableId;
import io.opendts.state.ExampleText;
import io.opendts.state.Verifications;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The row of the comparison is locked by whoever begins one or plans for it: nothing is planned for a run that is being forgotten. */
final class DatabaseVerifications implements Verifications {

    private static final String OF_RUN = "from ComparedChunk c where c.task = ?1 and c.run = ?2";

    private final Database database;
    private final InstantSource clock;

    DatabaseVerifications(Database database, InstantSource clock) {
        this.database = database;
        this.clock = clock;
    }

    @Override
    public String begin(String task) {
        String run = UUID.randomUUID().toString();
        return database.write(s -> {
            Optional<Rows.Comparison> old = s.lock(Rows.Comparison.class, task);
            s.change("delete from ComparedChunk c where c.task = ?1", task);
            s.change("delete from ComparedTable c where c.task = ?1", task);
            Rows.Comparison row = new Rows.Comparison();
            row.task = task;
            row.run = run;
            row.beganAt = clock.millis();
            if (old.isPresent()) {
                s.update(row);
            } else {
                s.insert(row);
            }
            return run;
        });
    }

    @Override
    public Optional<Run> current(String task) {
        return database.read(s -> s.find(Rows.Comparison.class, task).map(row -> {
            Object[] sums = s.list(Object[].class, "select count(*), coalesce(sum(case when c.status = 'DONE' then 1L else 0L end), 0L), "
                    + "coalesce(sum(c.rowsCompared), 0L), coalesce(sum(c.differences), 0L) " + OF_RUN, task, row.run).getFirst();
            long tables = s.list(Long.class, "select count(*) from ComparedTable t where t.task = ?1 and t.run = ?2", task, row.run)
                    .getFirst();
            return new Run(row.run, row.beganAt, row.planned != 0, (int) tables, number(sums[0]), number(sums[1]), number(sums[2]),
                    number(sums[3]));
        }));
    }

    private static long number(Object sum) {
        return ((Number) sum).longValue();
    }

    @Override
    public boolean plan(String task, String run, TableId table, List<Chunk> chunks) {
        return database.write(s -> {
            boolean current = s.lock(Rows.Comparison.class, task).filter(r -> r.run.equals(run)).isPresent();
            if (!current || s.find(Rows.ComparedTable.class, new Rows.ComparedTableId(task, run, table.database(), table.name()))
                    .isPresent()) {
                return false;
            }
            Rows.ComparedTable row = new Rows.ComparedTable();
            row.task = task;
            row.run = run;
            row.db = table.database();
            row.tbl = table.name();
            s.insert(row);
            insert(s, task, run, chunks);
            return true;
        });
    }

    private static void insert(Session s, String task, String run, List<Chunk> chunks) {
        s.insertMany("compared (task, run, db, tbl, number, kind, lower_bound, upper_bound, status, rows_compared, differences)",
                chunks.stream().map(c -> List.<Object>of(task, run, c.table().database(), c.table().name(), c.number(), c.kind().name(),
                        c.lower(), c.upper(), "PLANNED", 0L, 0L)).toList());
    }

    @Override
    public void planned(String task, String run) {
        database.alone(s -> s.change("update Comparison c set c.planned = 1 where c.task = ?1 and c.run = ?2", task, run));
    }

    @Override
    public List<Chunk> open(String task, String run, int limit) {
        return database.read(s -> s.list(Rows.ComparedChunk.class, limit,
                OF_RUN + " and c.status = 'PLANNED' order by c.db, c.tbl, c.number", task, run))
                .stream().map(DatabaseVerifications::chunk).toList();
    }

    @Override
    public boolean done(String task, String run, Compared compared, Optional<Chunk> next) {
        Chunk chunk = compared.chunk();
        return database.write(s -> {
            int changed = s.change("update ComparedChunk c set c.status = 'DONE', c.rowsCompared = ?6, c.differences = ?7, c.examples = ?8 "
                            + "where c.task = ?1 and c.run = ?2 and c.db = ?3 and c.tbl = ?4 and c.number = ?5 and c.status = 'PLANNED'",
                    task, run, chunk.table().database(), chunk.table().name(), chunk.number(), compared.rows(), compared.differences(),
                    ExampleText.of(compared.examples()));
            if (changed == 0) {
                return false;
            }
            next.ifPresent(more -> insert(s, task, run, List.of(more)));
            return true;
        });
    }

    @Override
    public List<Compared> differing(String task, String run, int limit) {
        return database.read(s -> s.list(Rows.ComparedChunk.class, limit,
                        OF_RUN + " and c.differences > 0 order by c.db, c.tbl, c.number", task, run)).stream()
                .map(c -> new Compared(chunk(c), c.rowsCompared, c.differences, ExampleText.parse(c.examples))).toList();
    }

    private static Chunk chunk(Rows.ComparedChunk row) {
        return new Chunk(new TableId(row.db, row.tbl), row.number, Chunk.Kind.valueOf(row.kind), row.lowerBound, row.upperBound);
    }
}
