package io.opendts.standalone.system;

import static io.opendts.testkit.ServerVersion.MARIADB_10_11;
import static io.opendts.testkit.ServerVersion.MYSQL_8_0;
import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.event.Event;
import io.opendts.standalone.run.StandaloneWork;
import io.opendts.testkit.FaultProxy;
import io.opendts.testkit.ServerPair;
import io.opendts.testkit.junit.OnPairs;
import io.opendts.testkit.junit.OnPairs.Pair;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/**
 * The connection to the target is lost behind COMMIT and before its answer, again and again: whether the server has committed is not known.
 * {@code -Ddts.cuts=100} for more of them.
 */
class UnknownCommitTest {

    private static final int CUTS = Integer.getInteger("dts.cuts", 5);
    private static final String NAME = "unknowncommit";

    @TempDir
    private Path folder;

    @OnPairs({@Pair(source = MYSQL_8_0, target = MYSQL_8_0), @Pair(source = MARIADB_10_11, target = MARIADB_10_11)})
    void no_row_of_a_table_without_a_key_is_lost_or_doubled(ServerPair pair) throws Exception {
        TestServer source = new TestServer("source", pair.source());
        TestServer target = new TestServer("target", pair.target());
        source.run("CREATE DATABASE unknowncommit", "CREATE TABLE unknowncommit.t (v INT)", "INSERT INTO unknowncommit.t VALUES (0), (0)");
        try (FaultProxy proxy = FaultProxy.to(pair.target().host(), pair.target().port());
                RunningTask running = RunningTask.start(new StandaloneWork(), LoadTask.write(folder, pair, NAME, proxy),
                        folder.resolve("state"), false)) {
            assertThat(running.await(e -> e instanceof Event.CaughtUp)).as("caught up; told: %s", running.events()).isTrue();
            proxy.cutBehind(";COMMIT", CUTS);
            int rows = 2;
            do {
                source.run("INSERT INTO unknowncommit.t VALUES (" + rows++ % 3 + ")");
                String all = Integer.toString(rows);
                Await.until(() -> all + " rows; told: " + running.events(),
                        () -> target.one("SELECT COUNT(*) FROM unknowncommit.t").equals(all));
            } while (proxy.cutsLeft() > 0);
            running.stop();
        }
        new Sides(source, target).haveEqualRows(NAME);
    }
}
