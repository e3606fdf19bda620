package io.opendts.standalone.cli;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.event.EventSink;
import io.opendts.standalone.ExitCode;
import io.opendts.standalone.cluster.Clusters;
import io.opendts.standalone.cluster.Role;
import io.opendts.standalone.cluster.StateStoreKind;
import io.opendts.standalone.cluster.UpRequest;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParentCommand;

@Command(
        name = "cluster",
        description = "A whole cluster on this machine: Kafka, a state store, each function as processes of its own.",
        synopsisSubcommandLabel = "up|status|down",
        subcommands = {ClusterCommand.Up.class, ClusterCommand.Status.class, ClusterCommand.Down.class})
final class ClusterCommand {

    @ParentCommand
    private DtsCommand root;

    @Command(
            name = "up",
            description = "Starts what is missing or has died, and ends what is too many; returns when everything is ready.",
            footer = {
                "",
                "What it starts goes on running until 'cluster down'. Options that are not given stay",
                "as they were at the last 'up'. The password of --state-url: DTS_STATE_PASSWORD in",
                "the environment."
            })
    static final class Up implements LightCommand {

        @ParentCommand
        private ClusterCommand cluster;

        @Option(names = "--snapshot", paramLabel = "N", description = "Processes that copy chunks; default 1.")
        private Integer snapshot;

        @Option(names = "--apply", paramLabel = "N", description = "Processes that apply changes; default 1.")
        private Integer apply;

        @Option(names = "--verify", paramLabel = "N", description = "Processes that compare; default 1.")
        private Integer verify;

        @Option(names = "--readers", paramLabel = "N", description = "Processes that read sources' logs; default 1.")
        private Integer readers;

        @Option(names = "--controls", paramLabel = "N", description = "Processes with the control API; default 1.")
        private Integer controls;

        @Option(names = "--state-store", paramLabel = "mysql|postgresql", description = "What remembers; default mysql.")
        private StateStoreKind stateStore;

        @Option(names = "--kafka", paramLabel = "BROKERS", description = "Use these, host:port[,host:port], and start none.")
        private String kafka;

        @Option(
                names = "--state-url",
                paramLabel = "URL",
                description = "Use this, mysql://host:port/database or postgresql://..., and start none.")
        private String stateUrl;

        @Option(names = "--state-username", paramLabel = "NAME", description = "For --state-url.")
        private String stateUsername;

        @Option(
                names = "--port",
                paramLabel = "N",
                description = "Of the first control API; default 8080, the next free one if it is taken.")
        private Integer port;

        @Override
        public ExitCode execute(EventSink out) {
            String installed = System.getProperty(Clusters.INSTALLED);
            if (installed == null) {
                throw new DtsException(ErrorCode.FEATURE_NOT_AVAILABLE, "'cluster up' needs the functions that its launcher builds",
                        "Run ./dts cluster up");
            }
            return Clusters.up(request(), Path.of(installed), out);
        }

        private UpRequest request() {
            Map<Role, Integer> counts = new EnumMap<>(Role.class);
            put(counts, Role.SNAPSHOT, snapshot);
            put(counts, Role.APPLY, apply);
            put(counts, Role.VERIFY, verify);
            put(counts, Role.READER, readers);
            put(counts, Role.CONTROL, controls);
            return new UpRequest(cluster.root.stateDirectory(), counts, Optional.ofNullable(stateStore), Optional.ofNullable(kafka),
                    Optional.ofNullable(stateUrl), Optional.ofNullable(stateUsername),
                    port == null ? OptionalInt.empty() : OptionalInt.of(port));
        }

        private static void put(Map<Role, Integer> counts, Role role, Integer count) {
            if (count != null) {
                counts.put(role, count);
            }
        }
    }

    @Command(name = "status", description = "Shows every process: alive or dead, ready or not; exit 5 unless all are ready.")
    static final class Status implements LightCommand {

        @ParentCommand
        private ClusterCommand cluster;

        @Override
        public ExitCode execute(EventSink out) {
            return Clusters.status(cluster.root.stateDirectory(), out);
        }
    }

    @Command(name = "down", description = "Ends every process, functions first, and waits until they are gone; data stay.")
    static final class Down implements LightCommand {

        @ParentCommand
        private ClusterCommand cluster;

        @Option(names = "--purge", description = "Delete data and logs: tasks, messages, what is known of their progress.")
        private boolean purge;

        @Override
        public ExitCode execute(EventSink out) {
            return Clusters.down(cluster.root.stateDirectory(), purge, out);
        }
    }
}
