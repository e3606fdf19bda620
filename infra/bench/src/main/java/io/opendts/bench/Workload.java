package io.opendts.bench;

import io.opendts.testkit.ClientProgram;
import io.opendts.testkit.DatabaseServer;
import io.opendts.testkit.Sql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The source's tables and the transactions on them, most of both made by sysbench itself. */
record Workload(ClientProgram.Available sysbench, BenchOptions options) {

    static final String DATABASE = "sbtest";
    static final int THREADS = 4;

    /** Beside the database that is copied. */
    private static final String NUMBERS = "bench_numbers.numbers";
    private static final int NUMBERS_ROWS = 65_536;

    long rows() {
        return (long) options.shape().tables().size() * options.shape().rows(options.rows());
    }

    void load(DatabaseServer server) throws InterruptedException {
        try (Sql sql = server.sql()) {
            sql.execute("create database " + DATABASE + " character set utf8mb4");
        }
        if (options.shape().isSysbench()) {
            program(server, Mix.MIX, "prepare", List.of()).run().require("sysbench prepare");
        } else {
            fill(server);
        }
    }

    private void fill(DatabaseServer server) {
        try (Sql sql = server.sql(DATABASE)) {
            sql.execute("create database bench_numbers", "create table " + NUMBERS + " (n int primary key)",
                    "insert into " + NUMBERS + " values (0)");
            for (int rows = 1; rows < NUMBERS_ROWS; rows *= 2) {
                sql.execute("insert into " + NUMBERS + " select n + " + rows + " from " + NUMBERS);
            }
            int rows = options.shape().rows(options.rows());
            for (String table : options.shape().tables()) {
                sql.execute(options.shape().create(table));
                for (int from = 0; from < rows; from += NUMBERS_ROWS) {
                    sql.execute(options.shape().fill(table, NUMBERS, from, Math.min(NUMBERS_ROWS, rows - from)));
                }
            }
            sql.execute("drop database bench_numbers");
        }
    }

    /** Returns the transactions per second that the source made; of the huge one its rows. */
    double write(DatabaseServer server) throws InterruptedException {
        if (options.mix() == Mix.HUGE) {
            long started = System.nanoTime();
            try (Sql sql = server.sql(DATABASE)) {
                sql.execute("update sbtest1 set k = k + 1 order by id limit " + options.transactions());
            }
            return options.transactions() / ((System.nanoTime() - started) / 1e9);
        }
        Program.Outcome outcome = program(server, options.mix(), "run", List.of("--events=" + options.transactions(), "--time=0")).run()
                .require("sysbench run");
        return options.transactions() / outcome.seconds();
    }

    /** Writes at a fixed rate for that time, then ends; not started yet. */
    Program paced(DatabaseServer server, int transactionsPerSecond, int seconds) {
        return program(server, Mix.MIX, "run", List.of("--events=0", "--time=" + seconds, "--rate=" + transactionsPerSecond));
    }

    private Program program(DatabaseServer server, Mix mix, String phase, List<String> more) {
        List<String> words = new ArrayList<>(sysbench.launch());
        Map<String, String> environment = new HashMap<>(sysbench.environment());
        String script = mix.script();
        if (sysbench.share().isPresent()) {
            script = sysbench.share().get().resolve(mix.script() + ".lua").toString();
            environment.put("LUA_PATH", sysbench.share().get().resolve("?.lua") + ";;");
        }
        words.addAll(List.of(script, "--db-driver=mysql", "--mysql-host=" + server.host(), "--mysql-port=" + server.port(),
                "--mysql-user=" + Servers.USER, "--mysql-password=" + Servers.PASSWORD, "--mysql-db=" + DATABASE,
                "--tables=" + options.shape().tables().size(), "--table-size=" + options.shape().rows(options.rows()),
                "--threads=" + THREADS, "--rand-seed=42"));
        words.addAll(mix.words());
        words.addAll(more);
        words.add(phase);
        return new Program(words, options.work(), environment);
    }
}
