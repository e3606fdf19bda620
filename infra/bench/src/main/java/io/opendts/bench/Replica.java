package io.opendts.bench;

import java.util.Optional;

/** One way of keeping the target level while the source is written to. */
sealed interface Replica {

    String name();

    /** Puts the target back to the template and starts what keeps it level. */
    void start(String template, String logPosition) throws InterruptedException;

    /** @throws ContestantFailed when it has given up */
    void check();

    /** Also after a start that failed. */
    void end() throws InterruptedException;

    /** OpenDTS, in the process of the command or on a cluster. */
    final class OpenDts implements Replica {

        private final Servers servers;
        private final Optional<Cluster> cluster;
        private Background run;

        OpenDts(Servers servers, Optional<Cluster> cluster) {
            this.servers = servers;
            this.cluster = cluster;
        }

        @Override
        public String name() {
            return cluster.isPresent() ? ClusterCopy.NAME : "OpenDTS";
        }

        @Override
        public void start(String template, String logPosition) throws InterruptedException {
            Folders.delete(servers.work("state"));
            if (cluster.isPresent()) {
                cluster.get().forgetIfThere();
            }
            servers.resetTarget(template);
            Dts dts = cluster.map(up -> Dts.on(servers, up)).orElseGet(() -> Dts.embedded(servers, servers.work("state")));
            run = dts.running(Dts.Task.changes(logPosition)).background();
        }

        @Override
        public void check() {
            run.requireAlive("dts run");
        }

        @Override
        public void end() throws InterruptedException {
            if (run != null) {
                run.end();
            }
            if (cluster.isPresent()) {
                cluster.get().forgetIfThere();
            }
        }
    }

    /** The target's own replication. */
    record Native(NativeReplication replication) implements Replica {

        @Override
        public String name() {
            return replication.name();
        }

        @Override
        public void start(String template, String logPosition) throws InterruptedException {
            replication.prepare(template);
            replication.start();
        }

        @Override
        public void check() {
            replication.requireRunning();
        }

        @Override
        public void end() {
            // The next one's target is made from its template: nothing of this stays.
        }
    }
}
