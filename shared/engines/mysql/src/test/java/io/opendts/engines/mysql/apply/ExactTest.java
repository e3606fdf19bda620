package io.opendts.engines.mysql.apply;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.engines.mysql.log.MySqlPosition;
import io.opendts.engines.mysql.wire.MySqlConnection;
import io.opendts.engines.mysql.wire.QueryResult;
import io.opendts.model.Chunk;
import io.opendts.model.Relation;
import io.opendts.model.Route;
import io.opendts.model.Table;
import io.opendts.spi.ChunkRead;
import io.opendts.testkit.ServerVersion;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A keyless table copied while others write: the log behind the position holds exactly what the copy lacks. */
class ExactTest {

    @ParameterizedTest
    @EnumSource(ServerVersion.class)
    void theCopyIsTrueAtItsPosition(ServerVersion server) throws InterruptedException {
        Bed bed = new Bed(server, "exact");
        for (String engine : new String[] {"InnoDB", "MyISAM"}) {
            // a log file of its own, so that it is quick to read however much other tests have written
            bed.run("FLUSH BINARY LOGS", "DROP DATABASE IF EXISTS ex", "CREATE DATABASE ex", "CREATE TABLE ex.t(n INT) ENGINE=" + engine,
                    "CREATE TABLE ex.other(n INT) ENGINE=InnoDB");
            Table table = bed.table("ex", "t");
            Relation relation = Bed.relation(1, table, "ex");
            Chunk whole = bed.planner().split(table, Route.same(table.id()), 10).getFirst();
            AtomicBoolean stop = new AtomicBoolean();
            Thread[] writers = new Thread[4];
            for (int i = 0; i < writers.length; i++) {
                writers[i] = Thread.ofVirtual().start(() -> {
                    try (MySqlConnection connection = bed.open()) {
                        while (!stop.get()) {
                            connection.execute("BEGIN");
                            connection.execute("INSERT INTO ex.t VALUES (1),(2)");
                            connection.execute("INSERT INTO ex.other VALUES (1)");
                            connection.execute("COMMIT");
                        }
                    }
                });
            }
            try {
                for (int round = 0; round < 5; round++) {
                    AtomicLong rows = new AtomicLong();
                    ChunkRead read = bed.reader().read(whole, table, Route.same(table.id()), relation, 10,
                            (b, o, l) -> rows.incrementAndGet());
                    assertThat(read.rows()).isEqualTo(rows.get());
                    MySqlPosition at = MySqlPosition.parse(read.exactAt().orElseThrow());
                    // every event of two rows on ex.t in front of the position is in the copy, none behind it is
                    assertThat(rowsInLogBefore(bed, at, table)).as("%s at %s", engine, at).isEqualTo(rows.get());
                }
            } finally {
                stop.set(true);
                for (Thread writer : writers) {
                    writer.join(10_000);
                }
            }
            bed.run("DROP TABLE ex.t");
        }
    }

    private static long rowsInLogBefore(Bed bed, MySqlPosition at, Table table) {
        try (MySqlConnection connection = bed.open()) {
            QueryResult events = connection.query("SHOW BINLOG EVENTS IN '" + at.file() + "'");
            long rows = 0;
            boolean ours = false;
            for (int i = 0; i < events.size(); i++) {
                String info = events.text(i, "Info");
                if (Long.parseLong(events.text(i, "End_log_pos")) > at.offset()) {
                    break;
                }
                String type = events.text(i, "Event_type");
                if (type.equals("Query") && info.contains("CREATE TABLE ex.t(")) {
                    rows = 0;
                } else if (type.equals("Table_map")) {
                    ours = info.contains("(ex.t)");
                } else if (type.toLowerCase().startsWith("write_rows") && ours) {
                    rows += 2;
                }
            }
            return rows;
        }
    }
}
