package io.opendts.standalone.system;

import static io.opendts.testkit.ServerVersion.MARIADB_10_11;
import static io.opendts.testkit.ServerVersion.MARIADB_11_4;
import static io.opendts.testkit.ServerVersion.MYSQL_5_7;
import static io.opendts.testkit.ServerVersion.MYSQL_8_0;
import static io.opendts.testkit.ServerVersion.MYSQL_9_7;

import io.opendts.standalone.run.StandaloneWork;
import io.opendts.testkit.ServerPair;
import io.opendts.testkit.junit.OnPairs;
import io.opendts.testkit.junit.OnPairs.Pair;
import java.nio.file.Path;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** Writes going on through every stage, with all functions in this process. */
class LiveLoadTest {

    @TempDir
    private Path folder;

    @OnPairs({
        @Pair(source = MARIADB_10_11, target = MARIADB_10_11),
        @Pair(source = MYSQL_5_7, target = MYSQL_9_7),
        @Pair(source = MYSQL_8_0, target = MARIADB_11_4),
        @Pair(source = MARIADB_11_4, target = MYSQL_8_0),
    })
    void both_sides_are_equal_after_writes_during_every_stage(ServerPair pair) throws Exception {
        LiveLoad.isCarriedOver(pair, new StandaloneWork(), folder);
    }

    @EnabledIfSystemProperty(named = "dts.pairs", matches = "all", disabledReason = "takes minutes")
    @OnPairs({
        @Pair(source = MYSQL_5_7, target = MYSQL_5_7),
        @Pair(source = MYSQL_8_0, target = MYSQL_8_0),
        @Pair(source = MYSQL_9_7, target = MYSQL_9_7),
        @Pair(source = MARIADB_11_4, target = MARIADB_11_4),
    })
    void so_they_are_between_servers_of_one_version(ServerPair pair) throws Exception {
        LiveLoad.isCarriedOver(pair, new StandaloneWork(), folder);
    }
}
