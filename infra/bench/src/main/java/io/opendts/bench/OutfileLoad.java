package io.opendts.bench;

import io.opendts.testkit.Sql;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The servers' own bulk statements by way of files that both servers see: what no client can have, a limit more than a peer. */
record OutfileLoad(Servers servers, int streams) implements Contestant {

    @Override
    public String name() {
        return "OUTFILE + LOAD DATA, " + streams + (streams == 1 ? " stream" : " streams");
    }

    @Override
    public String how() {
        return "a table at a time in each stream: `SELECT * INTO OUTFILE` on the source, then `LOAD DATA INFILE` on the target, "
                + "tables created before with all their indexes, `unique_checks=0, foreign_key_checks=0`";
    }

    @Override
    public Optional<String> missing() {
        return Optional.empty();
    }

    @Override
    public void prepare() throws InterruptedException {
        servers.resetTarget(FullCopy.EMPTY);
    }

    @Override
    public Sample measure() throws InterruptedException {
        Path exchange = Folders.fresh(servers.work("exchange"));
        try {
            return servers.measured(() -> {
                long started = System.nanoTime();
                copyAll(exchange);
                return new Sample((System.nanoTime() - started) / 1e9, 0, 0, 0, 0, Map.of());
            });
        } finally {
            Folders.delete(exchange);
        }
    }

    private void copyAll(Path exchange) throws InterruptedException {
        Queue<String> tables = new ConcurrentLinkedQueue<>(servers.options().shape().tables());
        try (ExecutorService executor = Executors.newFixedThreadPool(streams)) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = 0; i < streams; i++) {
                running.add(executor.submit(() -> copy(tables, exchange)));
            }
            for (Future<?> one : running) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw new ContestantFailed(name() + " failed: " + e.getCause());
        }
    }

    private void copy(Queue<String> tables, Path exchange) {
        try (Sql source = servers.source().sql(Workload.DATABASE); Sql target = servers.target().sql(Workload.DATABASE)) {
            target.execute("set unique_checks=0, foreign_key_checks=0");
            for (String table = tables.poll(); table != null; table = tables.poll()) {
                Path file = exchange.resolve(table);
                target.execute(source.rows("show create table " + table).getFirst().get(1));
                source.execute("select * from " + table + " into outfile '" + file + "' character set binary");
                target.execute("load data infile '" + file + "' into table " + table + " character set binary");
            }
        }
    }
}
