package io.opendts.bench;

import io.opendts.testkit.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The measure "full copy": all rows of the source onto an empty target. */
final class FullCopy {

    /** Template of a target without any table. */
    static final String EMPTY = "template-empty";

    private static final int MYDUMPER_THREADS = 4;

    private FullCopy() {
    }

    static List<Contestant> contestants(Servers servers, Optional<Cluster> cluster) {
        List<Contestant> all = new ArrayList<>(List.of(new DtsCopy(servers)));
        cluster.ifPresent(up -> all.add(new ClusterCopy(servers, up)));
        if (!servers.options().alone()) {
            all.addAll(List.of(new Mydumper(servers, MYDUMPER_THREADS), new DumpPipe(servers), new OutfileLoad(servers, 1),
                    new OutfileLoad(servers, 2)));
        }
        return all;
    }

    /** OpenDTS creates the database itself; the others are given it, and it holds nothing. */
    static void prepare(Servers servers) throws InterruptedException {
        try (Sql sql = servers.target().sql()) {
            sql.execute("create database if not exists " + Workload.DATABASE + " character set utf8mb4");
        }
        servers.keepTarget(EMPTY);
    }
}
