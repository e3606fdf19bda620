package io.opendts.engines.mysql.wire;

import io.opendts.model.Endpoint.TlsMode;
import java.io.IOException;
import java.net.Socket;
import java.util.Arrays;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;

/** The connection phase: greeting, TLS, authentication. Leaves a channel that is ready for commands. */
final class Login {

    /** utf8mb4_general_ci: every supported server knows it. */
    private static final int CLIENT_COLLATION = 45;
    /** Largest first packet part of ours; the servers read it and ignore it. */
    private static final int CLIENT_MAX_PACKET_BYTES = 1 << 30;
    private static final int MAX_AUTH_ROUNDS = 16;
    private static final int OK = 0x00;
    private static final int MORE_DATA = 0x01;
    private static final int SWITCH = 0xFE;
    private static final int ERR = 0xFF;
    private static final int SHA2_FAST_OK = 3;
    private static final int SHA2_FULL = 4;
    private static final int CACHING_SHA2_ASK_KEY = 2;
    private static final int SHA256_ASK_KEY = 1;

    /** TLS failed in a way that a plaintext connection would not; the socket is of no more use. */
    static final class TlsFailed extends Exception {
        TlsFailed(IOException cause) {
            super(cause);
        }
    }

    private final ConnectSettings settings;
    private final PacketChannel channel;
    private final Socket socket;
    private boolean encrypted;
    private Greeting greeting;
    private long capabilities;

    Login(ConnectSettings settings, PacketChannel channel, Socket socket) {
        this.settings = settings;
        this.channel = channel;
        this.socket = socket;
    }

    Greeting greeting() {
        return greeting;
    }

    boolean encrypted() {
        return encrypted;
    }

    long capabilities() {
        return capabilities;
    }

    void run(boolean tlsAllowed) throws TlsFailed {
        channel.expect(0);
        channel.read();
        if (channel.kind() == ERR) {
            throw Replies.error(channel.reader());
        }
        greeting = Greeting.read(channel.reader());
        TlsMode mode = settings.tls().mode();
        boolean wanted = tlsAllowed && mode != TlsMode.DISABLED;
        if (wanted && !greeting.offers(Greeting.SSL) && mode != TlsMode.PREFERRED) {
            throw new MySqlTlsError(settings.host() + ":" + settings.port() + " offers no TLS, the TLS mode is " + mode, null);
        }
        boolean tls = wanted && greeting.offers(Greeting.SSL);
        // without the LONG_PASSWORD bit MariaDB would look for capabilities of its own in the response
        capabilities = wantedCapabilities(tls) & (greeting.capabilities() | Greeting.LONG_PASSWORD);
        channel.startAnswer();
        if (tls) {
            startTls();
        }
        authenticate();
    }

    private long wantedCapabilities(boolean tls) {
        long wanted = Greeting.LONG_PASSWORD | Greeting.LONG_FLAG | Greeting.PROTOCOL_41 | Greeting.TRANSACTIONS
                | Greeting.SECURE_CONNECTION | Greeting.MULTI_RESULTS | Greeting.PLUGIN_AUTH | Greeting.PLUGIN_AUTH_LENENC
                | Greeting.CONNECT_ATTRS | Greeting.DEPRECATE_EOF;
        wanted |= tls ? Greeting.SSL : 0;
        wanted |= settings.foundRows() ? Greeting.FOUND_ROWS : 0;
        wanted |= settings.loadLocal() ? Greeting.LOCAL_FILES : 0;
        wanted |= settings.multiStatements() ? Greeting.MULTI_STATEMENTS : 0;
        wanted |= settings.database().isPresent() ? Greeting.CONNECT_WITH_DB : 0;
        return wanted;
    }

    private void startTls() throws TlsFailed {
        byte[] request = head().toBytes();
        channel.write(-1, request, 0, request.length);
        channel.flush();
        try {
            SSLSocket secured = TlsSockets.handshake(socket, settings.host(), settings.port(), settings.tls());
            channel.secure(secured);
            encrypted = true;
        } catch (IOException e) {
            throw new TlsFailed(e instanceof SSLException ? e : new SSLException("TLS handshake broke off: " + e.getMessage(), e));
        }
    }

    private SqlBytes head() {
        SqlBytes head = new SqlBytes(256);
        little4(head, capabilities);
        little4(head, CLIENT_MAX_PACKET_BYTES);
        head.raw(CLIENT_COLLATION);
        return head.raw(new byte[23]);
    }

    private static void little4(SqlBytes to, long value) {
        for (int i = 0; i < 4; i++) {
            to.raw((int) (value >>> 8 * i));
        }
    }

    private void authenticate() {
        byte[] password = Scramble.utf8(settings.password().reveal());
        String plugin = greeting.authPlugin();
        byte[] first = firstAnswer(plugin, password, greeting.nonce());
        // with no answer to the server's default plugin, let it switch to the account's own
        sendResponse(first == null ? "mysql_native_password" : plugin, first == null ? new byte[0] : first);
        exchange(plugin, greeting.nonce(), password);
    }

    private void sendResponse(String plugin, byte[] answer) {
        SqlBytes packet = head().raw(Scramble.utf8(settings.username())).raw(0);
        packet.raw(answer.length).raw(answer);
        settings.database().ifPresent(database -> packet.raw(Scramble.utf8(database)).raw(0));
        packet.raw(Scramble.utf8(plugin)).raw(0);
        if ((capabilities & Greeting.CONNECT_ATTRS) != 0) {
            byte[] key = Scramble.utf8("program_name");
            byte[] value = Scramble.utf8("OpenDTS");
            packet.raw(2 + key.length + value.length).raw(key.length).raw(key).raw(value.length).raw(value);
        }
        send(packet.toBytes());
    }

    private void send(byte[] packet) {
        channel.write(-1, packet, 0, packet.length);
        channel.flush();
    }

    private void exchange(String firstPlugin, byte[] firstNonce, byte[] password) {
        String plugin = firstPlugin;
        byte[] nonce = firstNonce;
        for (int round = 0; round < MAX_AUTH_ROUNDS; round++) {
            channel.expect(channel.answerSequence());
            channel.read();
            PacketReader in = channel.reader();
            switch (channel.kind()) {
                case OK -> {
                    return;
                }
                case ERR -> throw Replies.error(in);
                case SWITCH -> {
                    in.skip(1);
                    plugin = in.remaining() == 0 ? "mysql_old_password" : in.nulString();
                    byte[] data = in.bytes(in.remaining());
                    nonce = data.length > 0 && data[data.length - 1] == 0 ? Arrays.copyOf(data, data.length - 1) : data;
                    channel.startAnswer();
                    send(switchedAnswer(plugin, password, nonce));
                }
                case MORE_DATA -> {
                    in.skip(1);
                    channel.startAnswer();
                    moreData(plugin, password, nonce, in);
                }
                default -> throw new MySqlProtocolError("the server sent packet kind " + channel.kind() + " during the login");
            }
        }
        throw new MySqlProtocolError("the login did not end within " + MAX_AUTH_ROUNDS + " rounds");
    }

    private byte[] switchedAnswer(String plugin, byte[] password, byte[] nonce) {
        byte[] answer = firstAnswer(plugin, password, nonce);
        if (answer != null) {
            return answer;
        }
        if (plugin.equals("mysql_clear_password")) {
            throw new MySqlAuthError(plugin, "the server asks for the password in the clear, which is sent over TLS only");
        }
        throw new MySqlAuthError(plugin, "the account logs in by the plugin " + plugin + ", which is not supported; supported are "
                + "caching_sha2_password, sha256_password, mysql_native_password, client_ed25519 and, over TLS, mysql_clear_password");
    }

    /** Null when there is no such answer. */
    private byte[] firstAnswer(String plugin, byte[] password, byte[] nonce) {
        return switch (plugin) {
            case "mysql_native_password" -> Scramble.nativePassword(password, nonce);
            case "caching_sha2_password" -> Scramble.cachingSha2(password, nonce);
            case "sha256_password" -> sha256Answer(password);
            case "client_ed25519" -> Ed25519.sign(password, nonce);
            case "mysql_clear_password" -> encrypted ? Scramble.withNul(password) : null;
            default -> null;
        };
    }

    private byte[] sha256Answer(byte[] password) {
        boolean clear = encrypted || password.length == 0;
        return clear ? Scramble.withNul(password) : new byte[] {SHA256_ASK_KEY};
    }

    private void moreData(String plugin, byte[] password, byte[] nonce, PacketReader in) {
        boolean cachingSha2 = plugin.equals("caching_sha2_password");
        if (!cachingSha2 && !plugin.equals("sha256_password")) {
            throw new MySqlProtocolError("the server sent more login data for " + plugin);
        }
        if (cachingSha2 && in.remaining() == 1) {
            int step = in.int1();
            if (step == SHA2_FULL) {
                send(encrypted ? Scramble.withNul(password) : new byte[] {CACHING_SHA2_ASK_KEY});
            } else if (step != SHA2_FAST_OK) {
                throw new MySqlProtocolError("step " + step + " of caching_sha2_password is unknown");
            }
            return;
        }
        if (encrypted) {
            throw new MySqlProtocolError("the server sent an RSA key that was not asked for");
        }
        send(Scramble.rsa(password, nonce, in.rest()));
    }
}
