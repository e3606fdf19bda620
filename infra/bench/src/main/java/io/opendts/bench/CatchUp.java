package io.opendts.bench;

import io.opendts.testkit.DatabaseServer;
import io.opendts.testkit.Sql;
import java.util.List;
import java.util.Optional;

/** The measure "catch-up": a target that was level when the write load began. */
final class CatchUp {

    /** Template of a target that is a clone of the source before the load. */
    static final String LEVEL = "template-level";
    /** The same with the checkpoint of an OpenDTS task in it. */
    static final String LEVEL_FOR_DTS = "template-level-dts";

    private CatchUp() {
    }

    static List<Contestant> contestants(Servers servers) {
        return List.of(new DtsCatchUp(servers), new NativeReplication(servers, 1), new NativeReplication(servers, 4));
    }

    /** Returns why OpenDTS cannot take part, when making its task failed; the peers are measured nevertheless. */
    static Optional<String> prepare(Servers servers) throws InterruptedException {
        DatabaseServer source = servers.source();
        NativeReplication.forgetLog(source);
        try (Sql sql = source.sql()) {
            // Gives the source a position: an empty one would mean "from the beginning".
            sql.execute("create database mark", "drop database mark");
        }
        servers.cloneSource();
        NativeReplication.setPosition(servers.target(), NativeReplication.position(source));
        servers.keepTarget(LEVEL);
        try {
            new DtsCatchUp(servers).beforeLoad();
            return Optional.empty();
        } catch (ContestantFailed e) {
            return Optional.of("the task could not be made: " + e.getMessage());
        }
    }
}
