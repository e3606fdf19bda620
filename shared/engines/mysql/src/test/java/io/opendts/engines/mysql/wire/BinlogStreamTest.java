package io.opendts.engines.mysql.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.engines.mysql.TestServers;
import io.opendts.model.Endpoint;
import io.opendts.testkit.ServerVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The log as real servers send it: from a place in a file, and after a set of GTIDs. */
class BinlogStreamTest {

    private static final int HEARTBEAT = 27;
    private static final int HEARTBEAT_OF_MYSQL_8 = 41;
    private static final int LENGTH_AT = 9;
    private static final int TYPE_AT = 4;
    private static final int SEVENTEEN_MB = 17 << 20;

    /** Where the log ends, in both ways of saying it. */
    private record End(BinlogStart file, BinlogStart gtids) {

        static End of(MySqlConnection connection, ServerVersion server) {
            QueryResult status = connection.query(server == ServerVersion.MYSQL_9_7 ? "SHOW BINARY LOG STATUS" : "SHOW MASTER STATUS");
            BinlogStart gtids = connection.mariaDb()
                    ? new BinlogStart.AfterMariaDbGtids(connection.query("SELECT @@gtid_binlog_pos").text(0, 0))
                    : new BinlogStart.AfterMySqlGtids(status.text(0, "Executed_Gtid_Set"));
            return new End(new BinlogStart.AtFile(status.text(0, 0), Long.parseLong(status.text(0, 1))), gtids);
        }
    }

    private static MySqlConnection open(ServerVersion server) {
        return MySqlConnection.open(TestServers.root(server).withTls(Endpoint.Tls.PREFERRED));
    }

    private static BinlogStream stream(ServerVersion server, BinlogStart start, boolean stopAtEnd) {
        return BinlogStream.open(open(server), start, new BinlogSettings(7_777, UUID.randomUUID(), 200, 20_000, stopAtEnd));
    }

    private static boolean holds(BinlogStream stream, String text) {
        return new String(stream.buffer(), stream.offset(), stream.length(), StandardCharsets.ISO_8859_1).contains(text);
    }

    private static long announcedLength(BinlogStream stream) {
        long length = 0;
        for (int i = 0; i < 4; i++) {
            length |= (stream.buffer()[stream.offset() + LENGTH_AT + i] & 0xFFL) << 8 * i;
        }
        return length;
    }

    private static void table(MySqlConnection connection, String database) {
        connection.execute("DROP DATABASE IF EXISTS " + database);
        connection.execute("CREATE DATABASE " + database);
        connection.execute("CREATE TABLE " + database + ".t(id INT PRIMARY KEY, v LONGBLOB)");
    }

    @ParameterizedTest
    @EnumSource
    void beginsAtAFilePositionAndAfterGtids(ServerVersion server) {
        try (MySqlConnection connection = open(server)) {
            table(connection, "wire_log");
            connection.execute("INSERT INTO wire_log.t VALUES (1,'in front of the start')");
            End start = End.of(connection, server);
            connection.execute("INSERT INTO wire_log.t VALUES (2,'first behind it')");
            connection.execute("INSERT INTO wire_log.t VALUES (3,REPEAT('L'," + SEVENTEEN_MB + "))");
            connection.execute("INSERT INTO wire_log.t VALUES (4,'last of all')");
            for (BinlogStart from : List.of(start.file(), start.gtids())) {
                boolean first = false;
                boolean big = false;
                boolean last = false;
                try (BinlogStream stream = stream(server, from, true)) {
                    while (stream.next()) {
                        assertThat((long) stream.length()).as("length of an event from " + from).isEqualTo(announcedLength(stream));
                        assertThat(holds(stream, "in front of the start")).as("an event in front of " + from).isFalse();
                        first |= holds(stream, "first behind it");
                        big |= stream.length() > SEVENTEEN_MB;
                        last |= holds(stream, "last of all");
                    }
                }
                assertThat(List.of(first, big, last)).as("found from " + from).containsOnly(true);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void waitsWithHeartbeatsForWhatComes(ServerVersion server) {
        try (MySqlConnection connection = open(server)) {
            table(connection, "wire_live");
            try (BinlogStream stream = stream(server, End.of(connection, server).gtids(), false)) {
                long limit = System.nanoTime() + 20_000_000_000L;
                boolean heartbeat = false;
                while (!heartbeat) {
                    assertThat(System.nanoTime()).as("no heartbeat").isLessThan(limit);
                    stream.next();
                    int type = stream.buffer()[stream.offset() + TYPE_AT] & 0xFF;
                    heartbeat = type == HEARTBEAT || type == HEARTBEAT_OF_MYSQL_8;
                }
                connection.execute("INSERT INTO wire_live.t VALUES (1,'as it happens')");
                boolean found = false;
                while (!found) {
                    assertThat(System.nanoTime()).as("the new row does not come").isLessThan(limit);
                    stream.next();
                    found = holds(stream, "as it happens");
                }
                Thread.ofVirtual().start(stream::close);
                assertThatThrownBy(() -> {
                    while (stream.next()) {
                        assertThat(System.nanoTime()).as("the close is not noticed").isLessThan(limit);
                    }
                }).isInstanceOf(MySqlIoError.class);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatIsNotThereIsTheServersError(ServerVersion server) {
        try (BinlogStream stream = stream(server, new BinlogStart.AtFile("missing.000009", 4), true)) {
            assertThatThrownBy(stream::next).isInstanceOfSatisfying(MySqlServerError.class, e -> assertThat(e.errno()).isEqualTo(1236));
        }
    }
}
