package io.opendts.engines.mysql.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.engines.mysql.TestServers;
import io.opendts.model.Endpoint;
import io.opendts.model.Secret;
import io.opendts.testkit.ServerVersion;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The client against real servers: statements, rows, loads and logins. */
class WireTest {

    private static final int ACCESS_DENIED = 1045;
    private static final int DUPLICATE_KEY = 1062;
    private static final int NO_SUCH_TABLE = 1146;
    private static final int SEVENTEEN_MB = 17 << 20;
    private static final Endpoint.Tls NO_TLS =
            new Endpoint.Tls(Endpoint.TlsMode.DISABLED, Optional.empty(), Optional.empty(), Optional.empty());

    private static MySqlConnection open(ServerVersion server) {
        return MySqlConnection.open(TestServers.root(server).withTls(NO_TLS).withLoadLocal(true));
    }

    /** A database with one empty table. */
    private static void table(MySqlConnection connection, String database, String definition) {
        connection.execute("DROP DATABASE IF EXISTS " + database);
        connection.execute("CREATE DATABASE " + database);
        connection.execute("CREATE TABLE " + database + ".t(" + definition + ") ENGINE=InnoDB");
    }

    private static byte[] everyByte() {
        byte[] all = new byte[256];
        for (int i = 0; i < 256; i++) {
            all[i] = (byte) i;
        }
        return all;
    }

    @ParameterizedTest
    @EnumSource
    void aSessionIsAsTheClassSays(ServerVersion server) {
        try (MySqlConnection connection = open(server)) {
            QueryResult session = connection.query("SELECT CONNECTION_ID(), NULL, @@time_zone, @@character_set_results, VERSION() AS v");
            assertThat(session.text(0, 0)).isEqualTo(Long.toString(connection.connectionId()));
            assertThat(session.bytes(0, 1)).isNull();
            assertThat(session.text(0, 2)).isEqualTo("+00:00");
            assertThat(session.bytes(0, 3)).isNull();
            assertThat(session.text(0, "V")).isEqualTo(connection.serverVersion());
            assertThat(connection.mariaDb()).isEqualTo(!server.isMySql());
        }
    }

    /** The first login with caching_sha2_password takes the full path (over an open line: RSA), the next the fast one. */
    @ParameterizedTest
    @CsvSource({
        "MYSQL_5_7, mysql_native_password", "MYSQL_8_0, mysql_native_password", "MYSQL_8_0, caching_sha2_password",
        "MYSQL_9_7, caching_sha2_password", "MARIADB_10_11, mysql_native_password", "MARIADB_11_4, mysql_native_password"})
    void logsInWithTheRightPasswordOnly(ServerVersion server, String plugin) {
        String password = "pä$s'w\\ord, long enough to need more than one block of a hash";
        String literal = new String(new SqlBytes(100).stringLiteral(password).toBytes(), StandardCharsets.UTF_8);
        ConnectSettings root = TestServers.root(server);
        for (Endpoint.Tls tls : List.of(NO_TLS, Endpoint.Tls.PREFERRED)) {
            try (MySqlConnection connection = open(server)) {
                connection.execute("DROP USER IF EXISTS wire_login@'%'");
                connection.execute("CREATE USER wire_login@'%' IDENTIFIED " + (connection.mariaDb()
                        ? "VIA " + plugin + " USING PASSWORD(" + literal + ")" : "WITH " + plugin + " BY " + literal));
            }
            ConnectSettings user = ConnectSettings.of(root.host(), root.port(), "wire_login", new Secret(password)).withTls(tls);
            for (String path : List.of("full", "fast")) {
                try (MySqlConnection connection = MySqlConnection.open(user)) {
                    assertThat(connection.query("SELECT USER()").text(0, 0)).as(path).startsWith("wire_login@");
                }
            }
            for (String wrong : List.of(password + "x", "")) {
                assertThatThrownBy(() -> MySqlConnection.open(ConnectSettings.of(root.host(), root.port(), "wire_login",
                        new Secret(wrong)).withTls(tls)))
                        .isInstanceOfSatisfying(MySqlServerError.class, e -> assertThat(e.errno()).isEqualTo(ACCESS_DENIED))
                        .hasMessageNotContaining(password);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void packetsOfMoreThan16MbGoBothWays(ServerVersion server) {
        try (MySqlConnection connection = open(server)) {
            byte[] content = new byte[SEVENTEEN_MB];
            Arrays.fill(content, (byte) 'y');
            SqlBytes statement = new SqlBytes(SEVENTEEN_MB + 20).sql("SELECT '").raw(content).sql("'");
            byte[][] got = new byte[1][];
            connection.stream(statement.buffer(), 0, statement.size(), new RowHandler() {
                @Override
                public void columns(List<ColumnMeta> columns) {
                    assertThat(columns).hasSize(1);
                }

                @Override
                public void row(byte[] buffer, int offset, int length, int columnCount) {
                    got[0] = new PacketReader(buffer, offset, length).value();
                }
            });
            assertThat(Arrays.equals(got[0], content)).isTrue();
        }
    }

    /** A payload of exactly 0xFFFFFF bytes is followed by an empty packet. */
    @ParameterizedTest
    @EnumSource
    void packetsAroundTheLimitOfOnePart(ServerVersion server) {
        try (MySqlConnection connection = open(server)) {
            for (int payload = PacketChannel.MAX_PART_BYTES - 1; payload <= PacketChannel.MAX_PART_BYTES + 1; payload++) {
                byte[] statement = new byte[payload - 1];
                Arrays.fill(statement, (byte) ' ');
                System.arraycopy("DO 1".getBytes(StandardCharsets.US_ASCII), 0, statement, 0, 4);
                connection.execute(statement, 0, statement.length);
            }
            connection.ping();
        }
    }

    @ParameterizedTest
    @EnumSource
    void ofPipelinedStatementsOneFailsAndTheOthersRun(ServerVersion server) {
        try (MySqlConnection connection = open(server)) {
            table(connection, "wire_pipe", "id INT PRIMARY KEY");
            for (int i = 0; i < 100; i++) {
                connection.sendQuery(new SqlBytes(64).sql("INSERT INTO wire_pipe.t VALUES (" + (i == 50 ? 0 : i) + ")"));
            }
            assertThat(connection.awaited()).isEqualTo(100);
            for (int i = 0; i < 100; i++) {
                if (i == 50) {
                    assertThatThrownBy(connection::readOk)
                            .isInstanceOfSatisfying(MySqlServerError.class, e -> assertThat(e.errno()).isEqualTo(DUPLICATE_KEY));
                } else {
                    assertThat(connection.readOk().affectedRows()).isEqualTo(1);
                }
            }
            assertThat(connection.query("SELECT COUNT(*) FROM wire_pipe.t").text(0, 0)).isEqualTo("99");
        }
    }

    @ParameterizedTest
    @EnumSource
    void loadsFromMemory(ServerVersion server) {
        byte[] all = everyByte();
        try (MySqlConnection connection = open(server)) {
            table(connection, "wire_load", "id INT PRIMARY KEY, b BLOB, v VARBINARY(10)");
            String load = "LOAD DATA LOCAL INFILE 'x' INTO TABLE wire_load.t CHARACTER SET binary";
            OkResult result = connection.loadLocal(load, sink -> {
                SqlBytes line = new SqlBytes(600);
                for (int i = 0; i < 1_000; i++) {
                    line.clear().sql(i + "\t").loadField(all, 0, 256).raw('\t');
                    (i % 2 == 0 ? line.loadNull() : line.loadField(all, i % 200, 10)).raw('\n');
                    sink.write(line.buffer(), 0, line.size());
                }
            });
            assertThat(result.infoNumber("Records")).isEqualTo(1_000);
            assertThat(result.warnings()).isZero();
            QueryResult rows = connection.query("SELECT b, v FROM wire_load.t ORDER BY id");
            assertThat(rows.size()).isEqualTo(1_000);
            for (int i = 0; i < 1_000; i++) {
                assertThat(rows.bytes(i, 0)).isEqualTo(all);
                assertThat(rows.bytes(i, 1)).isEqualTo(i % 2 == 0 ? null : Arrays.copyOfRange(all, i % 200, i % 200 + 10));
            }
            assertThat(connection.loadLocal(load, sink -> { }).affectedRows()).isZero();
            assertThatThrownBy(() -> connection.loadLocal("LOAD DATA LOCAL INFILE 'x' INTO TABLE wire_load.missing",
                    sink -> sink.write(all, 0, 1)))
                    .isInstanceOfSatisfying(MySqlServerError.class, e -> assertThat(e.errno()).isEqualTo(NO_SUCH_TABLE));
            connection.ping();
        }
    }

    /** Few rows, and more than the server's and our buffers hold. */
    @ParameterizedTest
    @CsvSource({
        "MYSQL_5_7, 10", "MYSQL_5_7, 100000", "MYSQL_8_0, 10", "MYSQL_8_0, 100000", "MYSQL_9_7, 10", "MYSQL_9_7, 100000",
        "MARIADB_10_11, 10", "MARIADB_10_11, 100000", "MARIADB_11_4, 10", "MARIADB_11_4, 100000"})
    void aProducerThatFailsLeavesNothing(ServerVersion server, int rows) {
        try (MySqlConnection connection = open(server)) {
            table(connection, "wire_abort", "id INT PRIMARY KEY, v VARCHAR(50)");
            MySqlConnection loading = open(server);
            assertThatThrownBy(() -> loading.loadLocal("LOAD DATA LOCAL INFILE 'x' INTO TABLE wire_abort.t", sink -> {
                SqlBytes line = new SqlBytes(64);
                for (int i = 0; i < rows; i++) {
                    line.clear().sql(i + "\tabcdefghij\n");
                    sink.write(line.buffer(), 0, line.size());
                }
                throw new IllegalStateException("the source broke");
            })).hasMessage("the source broke");
            assertThat(loading.closed()).isTrue();
            long limit = System.nanoTime() + 20_000_000_000L;
            String session = "SELECT COUNT(*) FROM information_schema.processlist WHERE id=" + loading.connectionId();
            while (!connection.query(session).text(0, 0).equals("0")) {
                assertThat(System.nanoTime()).as("the server is still busy with the broken load").isLessThan(limit);
            }
            assertThat(connection.query("SELECT COUNT(*) FROM wire_abort.t").text(0, 0)).isEqualTo("0");
        }
    }

    @ParameterizedTest
    @EnumSource
    void aFileThatNobodyOfferedIsNotSent(ServerVersion server) {
        try (MySqlConnection connection = open(server)) {
            table(connection, "wire_hostile", "v TEXT");
            assertThatThrownBy(() -> connection.execute("LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE wire_hostile.t"))
                    .isInstanceOf(MySqlProtocolError.class);
            assertThat(connection.closed()).isTrue();
        }
        try (MySqlConnection connection = MySqlConnection.open(TestServers.root(server).withTls(NO_TLS))) {
            assertThatThrownBy(() -> connection.execute("LOAD DATA LOCAL INFILE '/etc/passwd' INTO TABLE wire_hostile.t"))
                    .isInstanceOf(MySqlServerError.class);
            assertThat(connection.query("SELECT COUNT(*) FROM wire_hostile.t").text(0, 0)).isEqualTo("0");
        }
    }

    /** Bytes next to those that have a meaning in literals or in multi-byte charsets, and chance ones. */
    private static List<byte[]> awkwardValues() {
        List<byte[]> values = new ArrayList<>(List.of(everyByte(), new byte[0]));
        for (int i = 0; i < 256; i++) {
            for (int j : new int[] {0x27, 0x5C, 0x00, 0x22, 0x80, 0xE4, 0xF0, 0xC2, 0x0A}) {
                values.add(new byte[] {(byte) i, (byte) j});
                values.add(new byte[] {(byte) 0xE4, (byte) i, (byte) j});
                values.add(new byte[] {(byte) 0xF0, (byte) 0x9F, (byte) i, (byte) j});
            }
        }
        Random random = new Random(1);
        for (int i = 0; i < 200; i++) {
            byte[] bytes = new byte[random.nextInt(400)];
            random.nextBytes(bytes);
            values.add(bytes);
        }
        return values;
    }

    @ParameterizedTest
    @EnumSource
    void everyByteSurvivesEveryLiteral(ServerVersion server) {
        List<byte[]> values = awkwardValues();
        try (MySqlConnection connection = open(server)) {
            for (boolean hex : new boolean[] {false, true}) {
                table(connection, "wire_literal", "id INT PRIMARY KEY, b BLOB");
                SqlBytes insert = new SqlBytes(1 << 16).sql("INSERT INTO wire_literal.t VALUES ");
                for (int i = 0; i < values.size(); i++) {
                    byte[] value = values.get(i);
                    insert.sql((i == 0 ? "(" : ",(") + i + ",");
                    (hex ? insert.hexLiteral(value, 0, value.length) : insert.binaryLiteral(value, 0, value.length)).raw(')');
                }
                assertThat(connection.execute(insert).warnings()).isZero();
                QueryResult rows = connection.query("SELECT b FROM wire_literal.t ORDER BY id");
                assertThat(rows.size()).isEqualTo(values.size());
                for (int i = 0; i < values.size(); i++) {
                    assertThat(rows.bytes(i, 0)).as("value %d, hex %s", i, hex).isEqualTo(values.get(i));
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void closingEndsAStatementThatWaits(ServerVersion server) throws InterruptedException {
        MySqlConnection connection = open(server);
        try (MySqlConnection watch = open(server)) {
            Thread closer = Thread.ofVirtual().start(() -> {
                String running = "SELECT COUNT(*) FROM information_schema.processlist WHERE info='DO SLEEP(30)'";
                long limit = System.nanoTime() + 10_000_000_000L;
                while (watch.query(running).text(0, 0).equals("0") && System.nanoTime() < limit) {
                    Thread.onSpinWait();
                }
                connection.close();
            });
            long start = System.nanoTime();
            assertThatThrownBy(() -> connection.execute("DO SLEEP(30)")).isInstanceOf(MySqlIoError.class);
            assertThat(System.nanoTime() - start).isLessThan(15_000_000_000L);
            closer.join(10_000);
        }
    }
}
