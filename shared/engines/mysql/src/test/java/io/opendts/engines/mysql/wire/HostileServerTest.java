package io.opendts.engines.mysql.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.model.Endpoint;
import io.opendts.model.Endpoint.TlsMode;
import io.opendts.model.Secret;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** No real server does these things, so the test speaks the server's part itself, over a real socket. */
@Timeout(value = 20, unit = TimeUnit.SECONDS)
class HostileServerTest {

    private static final int PROTOCOL_41_SECURE_PLUGIN = 1 << 9 | 1 << 15 | 1 << 19;
    private static final int LOCAL_FILES = 1 << 7;
    private static final int SSL = 1 << 11;
    private static final int WAIT_SECONDS = 10;
    private static final byte[] OK = {0, 0, 0, 2, 0, 0, 0};

    private ServerSocket listener;

    @BeforeEach
    void listen() throws IOException {
        listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        listener.close();
    }

    @Test
    void aFileThatNobodyOfferedIsNotSentEvenOnASessionThatMayLoad() throws Exception {
        CompletableFuture<Integer> sentAfterwards = serve(LOCAL_FILES, client -> {
            client.readPacket();
            client.send(1, "\u00fb/etc/passwd".getBytes(StandardCharsets.ISO_8859_1));
        });
        try (MySqlConnection connection = MySqlConnection.open(settings(TlsMode.DISABLED).withLoadLocal(true))) {
            assertThatThrownBy(() -> connection.execute("SELECT 1"))
                    .isInstanceOf(MySqlProtocolError.class).hasMessageContaining("local file");
            assertThat(connection.closed()).isTrue();
        }
        assertThat(sentAfterwards.get(WAIT_SECONDS, TimeUnit.SECONDS)).as("bytes sent after the request").isZero();
    }

    @Test
    void aSecondFileIsNotSentForOneLoad() throws Exception {
        CompletableFuture<Integer> sentAfterwards = serve(LOCAL_FILES, client -> {
            client.readPacket();
            client.send(1, new byte[] {(byte) 0xFB, 'x'});
            assertThat(client.readPacket()).isEqualTo("abc".getBytes(StandardCharsets.US_ASCII));
            assertThat(client.readPacket()).isEmpty();
            client.send(4, new byte[] {(byte) 0xFB, 'x'});
        });
        try (MySqlConnection connection = MySqlConnection.open(settings(TlsMode.DISABLED).withLoadLocal(true))) {
            assertThatThrownBy(() -> connection.loadLocal("LOAD", sink -> sink.write(new byte[] {'a', 'b', 'c'}, 0, 3)))
                    .isInstanceOf(MySqlProtocolError.class);
        }
        assertThat(sentAfterwards.get(WAIT_SECONDS, TimeUnit.SECONDS)).isZero();
    }

    @Test
    void aPacketOutOfSequenceClosesTheConnection() {
        serve(0, client -> {
            client.readPacket();
            client.send(2, OK);
        });
        try (MySqlConnection connection = MySqlConnection.open(settings(TlsMode.DISABLED))) {
            assertThatThrownBy(() -> connection.execute("DO 1"))
                    .isInstanceOf(MySqlProtocolError.class).hasMessageContaining("packet 2 where 1");
            assertThat(connection.closed()).isTrue();
        }
    }

    @Test
    void aPacketLargerThanTheLimitIsRefusedBeforeItIsRead() {
        serve(0, client -> {
            client.readPacket();
            client.out.write(new byte[] {0, 0, 0x20, 1});
            client.out.flush();
        });
        try (MySqlConnection connection = MySqlConnection.open(settings(TlsMode.DISABLED).withMaxPacketBytes(1 << 20))) {
            assertThatThrownBy(() -> connection.execute("DO 1"))
                    .isInstanceOf(MySqlProtocolError.class).hasMessageContaining("maxPacketBytes");
        }
    }

    @Test
    void noPasswordIsSentWhereTlsIsRequiredAndNotOffered() {
        serve(0, client -> { });
        assertThatThrownBy(() -> MySqlConnection.open(settings(TlsMode.REQUIRED))).isInstanceOf(MySqlTlsError.class);
    }

    @Test
    void thePasswordIsNotShownOnAnOpenLine() {
        answerLogin(client -> client.send(2, "\u00femysql_clear_password\0".getBytes(StandardCharsets.ISO_8859_1)));
        assertThatThrownBy(() -> MySqlConnection.open(settings(TlsMode.PREFERRED))).isInstanceOf(MySqlAuthError.class)
                .hasMessageContaining("TLS").hasMessageNotContaining("s3cret");
    }

    @Test
    void aFailedTlsHandshakeIsFallenBackFromOnlyWhenTlsIsPreferred() {
        Thread.ofVirtual().start(() -> {
            try {
                for (int features : new int[] {SSL, SSL, SSL}) {
                    Client client = new Client(listener.accept());
                    client.greet(features);
                    byte[] first = client.readPacket();
                    if (first.length > 32) {
                        client.send(2, OK);
                        client.readPacket();
                        client.send(1, OK);
                    } else {
                        client.socket.close();
                    }
                }
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
        try (MySqlConnection connection = MySqlConnection.open(settings(TlsMode.PREFERRED))) {
            assertThat(connection.encrypted()).isFalse();
        }
        assertThatThrownBy(() -> MySqlConnection.open(settings(TlsMode.REQUIRED))).isInstanceOf(MySqlTlsError.class);
    }

    private ConnectSettings settings(TlsMode mode) {
        return ConnectSettings.of("127.0.0.1", listener.getLocalPort(), "user", new Secret("s3cret"))
                .withTls(new Endpoint.Tls(mode, Optional.empty(), Optional.empty(), Optional.empty())).withTimeouts(5_000, 5_000);
    }

    /** Lets a client log in and set its session, plays the script, then counts the bytes that the client still sends. */
    private CompletableFuture<Integer> serve(int features, Script script) {
        return CompletableFuture.supplyAsync(() -> {
            try (Client client = new Client(listener.accept())) {
                client.greet(features);
                client.readPacket();
                client.send(2, OK);
                client.readPacket();
                client.send(1, OK);
                script.play(client);
                return client.in.readAllBytes().length;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }, task -> Thread.ofVirtual().start(task));
    }

    private void answerLogin(Script script) {
        Thread.ofVirtual().start(() -> {
            try (Client client = new Client(listener.accept())) {
                client.greet(0);
                client.readPacket();
                script.play(client);
                client.in.readAllBytes();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        });
    }

    private interface Script {
        void play(Client client) throws IOException;
    }

    private static final class Client implements AutoCloseable {
        private final Socket socket;
        private final DataInputStream in;
        private final OutputStream out;

        private Client(Socket socket) throws IOException {
            this.socket = socket;
            in = new DataInputStream(socket.getInputStream());
            out = socket.getOutputStream();
        }

        private void greet(int features) throws IOException {
            int capabilities = PROTOCOL_41_SECURE_PLUGIN | features;
            SqlBytes packet = new SqlBytes(128).raw(10).sql("8.0.99-hostile").raw(0);
            packet.raw(new byte[] {1, 0, 0, 0}).sql("12345678").raw(0);
            packet.raw(capabilities).raw(capabilities >>> 8).raw(45).raw(new byte[] {2, 0});
            packet.raw(capabilities >>> 16).raw(capabilities >>> 24);
            packet.raw(21).raw(new byte[10]).sql("123456789012").raw(0).sql("mysql_native_password").raw(0);
            send(0, packet.toBytes());
        }

        private void send(int sequence, byte[] payload) throws IOException {
            SqlBytes packet = new SqlBytes(128).raw(payload.length).raw(payload.length >>> 8).raw(payload.length >>> 16).raw(sequence);
            out.write(packet.raw(payload).toBytes());
            out.flush();
        }

        private byte[] readPacket() throws IOException {
            int length = in.readUnsignedByte() | in.readUnsignedByte() << 8 | in.readUnsignedByte() << 16;
            in.readUnsignedByte();
            return in.readNBytes(length);
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
