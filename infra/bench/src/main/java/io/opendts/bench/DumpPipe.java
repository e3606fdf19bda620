package io.opendts.bench;

import io.opendts.testkit.DatabaseServer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The dump client piped into the command line client, as in every handbook. */
record DumpPipe(Servers servers) implements Contestant {

    @Override
    public String name() {
        return "mariadb-dump \\| mariadb";
    }

    @Override
    public String how() {
        return "`mariadb-dump --single-transaction --quick sbtest | mariadb sbtest`";
    }

    @Override
    public Optional<String> missing() {
        return Peer.missing("mariadb-dump", "mariadb");
    }

    @Override
    public void prepare() throws InterruptedException {
        servers.resetTarget(FullCopy.EMPTY);
    }

    @Override
    public Sample measure() throws InterruptedException {
        Path folder = servers.work("dump");
        Program dump = client("mariadb-dump", servers.source(), folder, "--single-transaction", "--quick", "--no-tablespaces",
                Workload.DATABASE);
        Program load = client("mariadb", servers.target(), folder, Workload.DATABASE);
        return servers.measured(() -> {
            Program.Outcome outcome = dump.pipedInto(load).require(name());
            return new Sample(outcome.seconds(), outcome.cpuSeconds(), 0, 0, 0, Map.of());
        });
    }

    private static Program client(String program, DatabaseServer server, Path folder, String... more) {
        List<String> words = Peer.words(program, "--no-defaults", "--host=" + server.host(), "--port=" + server.port(),
                "--user=" + Servers.USER, "--password=" + Servers.PASSWORD, "--max-allowed-packet=64M");
        words.addAll(List.of(more));
        return new Program(words, folder, Peer.environment(program));
    }
}
