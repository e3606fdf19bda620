package io.opendts.standalone.cli;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Here for the help alone: the launcher runs {@code bench}, a program of its own in {@code infra/bench}, which reads these options. */
@Command(
        name = "bench",
        description = "Measures this build against its peers on this machine, in one run.",
        footer = {
            "",
            "Full copy: OpenDTS, mydumper + myloader, mariadb-dump | mariadb,",
            "OUTFILE + LOAD DATA. Catch-up with a write load: OpenDTS, the target's native",
            "replication, Debezium. Lag: the first two while the source is written to. Cold: a new",
            "worker of a cluster to its first message. Decoder: the reader of the log alone.",
            "Exit codes: 0 all have figures; 2 wrong usage; 5 one of them failed, is not to",
            "be had, or left different data (the page says which)."
        })
final class BenchCommand implements LightCommand {

    @Option(names = "--rounds", paramLabel = "N", description = "How often each contestant runs, in turns; default 3.")
    private int rounds;

    @Option(
            names = "--rows",
            paramLabel = "N",
            description = "Rows of each of the 4 sysbench tables, others in proportion; default 500000.")
    private int rows;

    @Option(names = "--transactions", paramLabel = "N", description = "Write transactions to catch up with; default 100000.")
    private int transactions;

    @Option(
            names = "--only",
            paramLabel = "full|catchup|lag|cold|decoder",
            description = "One of the measures; default: full and catchup, with --cluster lag and cold too.")
    private String only;

    @Option(
            names = "--shape",
            paramLabel = "NAME",
            description = "Of the tables, with --only full: sysbench (default), sysbench-one, wide, kilobyte, small, blobs, composite,"
                    + " strings.")
    private String shape;

    @Option(
            names = "--mix",
            paramLabel = "NAME",
            description = "Of the write load, with --only catchup or decoder: mix (default), hot, inserts, tiny or huge.")
    private String mix;

    @Option(
            names = "--server",
            paramLabel = "NAME",
            description = "mysql-5.7, mysql-8.0, mysql-9.7, mariadb-10.11 (default) or mariadb-11.4, on both sides.")
    private String server;

    @Option(names = "--buffer-pool-mib", paramLabel = "N", description = "Of each server; default 1024.")
    private int bufferPoolMib;

    @Option(names = "--results", paramLabel = "DIR", description = "Where the page goes; default infra/bench/results.")
    private String results;

    @Option(names = "--work", paramLabel = "DIR", description = "Where the data goes, several GB; default infra/bench/target.")
    private String work;

    @Option(names = "--cluster", description = "OpenDTS as a cluster takes part too, and a cold worker's start is measured.")
    private boolean cluster;

    @Option(names = "--alone", description = "Without the peers.")
    private boolean alone;

    @Option(names = "--quick", description = "Small sizes, one round, page under infra/bench/target: shows that it works.")
    private boolean quick;

    @Override
    public ExitCode execute(EventSink out) {
        throw new DtsException(
                ErrorCode.FEATURE_NOT_AVAILABLE, "'bench' is not part of the program, only of its launcher", "Run ./dts bench");
    }
}
