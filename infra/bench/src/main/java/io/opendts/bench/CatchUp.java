package io.opendts.bench;

import io.opendts.testkit.DatabaseServer;
import io.opendts.testkit.Sql;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The measure "catch-up": a target that was level when the write load began. */
final class CatchUp {

    /** Template of a target that is a clone of the source before the load. */
    static final String LEVEL = "template-level";
    /** The same with the checkpoint of an OpenDTS task in it. */
    static final String LEVEL_FOR_DTS = "template-level-dts";

    /**
     * What is there when the load may begin.
     *
     * @param logPosition of the source before the load, as {@code startAt} has it
     * @param gtids       the same as the source's set of GTIDs
     * @param refused why OpenDTS cannot take part, when making its task failed; the peers are measured nevertheless
     */
    record Prepared(String logPosition, String gtids, Optional<String> refused) {
    }

    private CatchUp() {
    }

    static List<Contestant> contestants(Servers servers, Prepared prepared, Optional<Cluster> cluster) {
        List<Contestant> all = new ArrayList<>(List.of(new DtsCatchUp(servers)));
        cluster.ifPresent(up -> all.add(new ClusterCatchUp(servers, up, prepared.logPosition())));
        if (!servers.options().alone()) {
            all.addAll(List.of(new NativeReplication(servers, 1), new NativeReplication(servers, 4),
                    new DebeziumUpsert(servers, prepared.logPosition(), prepared.gtids())));
        }
        return all;
    }

    static Prepared prepare(Servers servers) throws InterruptedException {
        String logPosition = level(servers, LEVEL);
        String gtids = NativeReplication.position(servers.source());
        Optional<String> refused = Optional.empty();
        try {
            new DtsCatchUp(servers).beforeLoad();
        } catch (ContestantFailed e) {
            refused = Optional.of("the task could not be made: " + e.getMessage());
        }
        return new Prepared(logPosition, gtids, refused);
    }

    /** Makes the template: a clone of the source as it is now. Returns the source's position, as {@code startAt} has it. */
    static String level(Servers servers, String template) throws InterruptedException {
        DatabaseServer source = servers.source();
        NativeReplication.forgetLog(source);
        try (Sql sql = source.sql()) {
            // Gives the source a position: an empty one would mean "from the beginning".
            sql.execute("create database mark", "drop database mark");
        }
        servers.cloneSource();
        NativeReplication.setPosition(servers.target(), NativeReplication.position(source));
        servers.keepTarget(template);
        return NativeReplication.logPosition(source);
    }
}
