package io.opendts.bench;

import io.opendts.testkit.ClientProgram;
import io.opendts.testkit.DatabaseServer;
import io.opendts.testkit.Sql;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The tables and transactions of sysbench's oltp_write_only, made by sysbench itself. */
record Workload(ClientProgram.Available sysbench, BenchOptions options) {

    static final String DATABASE = "sbtest";
    static final int TABLES = 4;
    static final int THREADS = 4;
    /** Two updates, a delete and an insert. */
    static final int ROWS_PER_TRANSACTION = 4;

    static List<String> tables() {
        List<String> names = new ArrayList<>();
        for (int i = 1; i <= TABLES; i++) {
            names.add("sbtest" + i);
        }
        return names;
    }

    long rows() {
        return (long) TABLES * options.rows();
    }

    void load(DatabaseServer server) throws InterruptedException {
        try (Sql sql = server.sql()) {
            sql.execute("create database " + DATABASE + " character set utf8mb4");
        }
        run(server, "prepare", List.of());
    }

    /** Returns the transactions per second that the source made. */
    double write(DatabaseServer server) throws InterruptedException {
        Program.Outcome outcome = run(server, "run", List.of("--events=" + options.transactions(), "--time=0"));
        return options.transactions() / outcome.seconds();
    }

    /** Writes at a fixed rate for that time, then ends; not started yet. */
    Program paced(DatabaseServer server, int transactionsPerSecond, int seconds) {
        return program(server, "run", List.of("--events=0", "--time=" + seconds, "--rate=" + transactionsPerSecond));
    }

    private Program.Outcome run(DatabaseServer server, String phase, List<String> more) throws InterruptedException {
        return program(server, phase, more).run().require("sysbench " + phase);
    }

    private Program program(DatabaseServer server, String phase, List<String> more) {
        List<String> words = new ArrayList<>(sysbench.launch());
        Map<String, String> environment = new HashMap<>(sysbench.environment());
        String script = "oltp_write_only";
        if (sysbench.share().isPresent()) {
            script = sysbench.share().get().resolve("oltp_write_only.lua").toString();
            environment.put("LUA_PATH", sysbench.share().get().resolve("?.lua") + ";;");
        }
        words.addAll(List.of(script, "--db-driver=mysql", "--mysql-host=" + server.host(), "--mysql-port=" + server.port(),
                "--mysql-user=" + Servers.USER, "--mysql-password=" + Servers.PASSWORD, "--mysql-db=" + DATABASE,
                "--tables=" + TABLES, "--table-size=" + options.rows(), "--threads=" + THREADS, "--rand-seed=42"));
        words.addAll(more);
        words.add(phase);
        return new Program(words, options.work(), environment);
    }
}
