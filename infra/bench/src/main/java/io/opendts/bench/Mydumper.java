package io.opendts.bench;

import io.opendts.testkit.DatabaseServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A parallel dump into files, then a parallel load of them; the time is the sum, since the load cannot begin before. */
record Mydumper(Servers servers, int threads) implements Contestant {

    @Override
    public String name() {
        return "mydumper + myloader, " + threads + " threads";
    }

    /** Without -e, myloader would leave its rows out of the target's log. */
    @Override
    public String how() {
        return "`mydumper -B sbtest -t " + threads + " -o DIR; myloader -d DIR -t " + threads + " -e`";
    }

    @Override
    public Optional<String> missing() {
        return Peer.missing("mydumper", "myloader");
    }

    @Override
    public void prepare() throws InterruptedException {
        servers.resetTarget(FullCopy.EMPTY);
    }

    @Override
    public Sample measure() throws InterruptedException {
        Path dump = Folders.fresh(servers.work("mydumper"));
        try {
            return servers.measured(() -> {
                Program.Outcome out = run("mydumper", servers.source(), "-B", Workload.DATABASE, "-o", dump.toString());
                Program.Outcome in = run("myloader", servers.target(), "-d", dump.toString(), "-e");
                return new Sample(out.seconds() + in.seconds(), out.cpuSeconds() + in.cpuSeconds(), 0, 0,
                        Math.max(out.peakRssKib(), in.peakRssKib()), Map.of("dump", out.seconds(), "load", in.seconds()));
            });
        } finally {
            Folders.delete(dump);
        }
    }

    private Program.Outcome run(String program, DatabaseServer server, String... more) throws InterruptedException {
        List<String> words = Peer.words(program, "-h", server.host(), "-P", Integer.toString(server.port()), "-u", Servers.USER,
                "-p", Servers.PASSWORD, "-t", Integer.toString(threads));
        words.addAll(List.of(more));
        return new Program(words, servers.work("tools"), Peer.environment(program)).run().require(program);
    }
}
