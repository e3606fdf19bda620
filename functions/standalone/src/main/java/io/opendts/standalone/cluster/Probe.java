package io.opendts.standalone.cluster;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Whether a process on this machine serves. A question and an answer by plain sockets: {@code status} has 0.3 s, and no client library. */
sealed interface Probe {

    int CONNECT_LIMIT_MS = 1_000;
    int ANSWER_LIMIT_MS = 3_000;

    int port();

    boolean understands(DataInputStream in, DataOutputStream out) throws IOException;

    default boolean answers() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress("127.0.0.1", port()), CONNECT_LIMIT_MS);
            socket.setSoTimeout(ANSWER_LIMIT_MS);
            return understands(new DataInputStream(socket.getInputStream()), new DataOutputStream(socket.getOutputStream()));
        } catch (IOException notYet) {
            return false;
        }
    }

    /** A function: the readiness of MicroProfile Health. */
    record Http(int port) implements Probe {

        @Override
        public boolean understands(DataInputStream in, DataOutputStream out) throws IOException {
            out.write("GET /q/health/ready HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            byte[] status = in.readNBytes("HTTP/1.1 200".length());
            return new String(status, StandardCharsets.US_ASCII).endsWith(" 200");
        }
    }

    /** The server speaks first: a handshake of protocol version 10, or an error. */
    record MySql(int port) implements Probe {

        private static final int PROTOCOL = 10;

        @Override
        public boolean understands(DataInputStream in, DataOutputStream out) throws IOException {
            in.readInt();
            return in.readUnsignedByte() == PROTOCOL;
        }
    }

    /** A startup message of protocol 3.0: while the server starts or recovers it answers with an error, later with a demand to log in. */
    record PostgreSql(int port) implements Probe {

        private static final int PROTOCOL = 3 << 16;

        @Override
        public boolean understands(DataInputStream in, DataOutputStream out) throws IOException {
            byte[] parameters = "user\0dts\0database\0dts\0\0".getBytes(StandardCharsets.US_ASCII);
            out.writeInt(2 * Integer.BYTES + parameters.length);
            out.writeInt(PROTOCOL);
            out.write(parameters);
            return in.readUnsignedByte() == 'R';
        }
    }

    /** ApiVersions, version 0, which every broker answers as soon as it serves; before that it accepts connections and is silent. */
    record Kafka(int port) implements Probe {

        private static final short API_VERSIONS = 18;
        private static final int CORRELATION = 0x0D75;
        private static final short NO_CLIENT_ID = -1;
        private static final int REQUEST_BYTES = 10;

        @Override
        public boolean understands(DataInputStream in, DataOutputStream out) throws IOException {
            out.writeInt(REQUEST_BYTES);
            out.writeShort(API_VERSIONS);
            out.writeShort(0);
            out.writeInt(CORRELATION);
            out.writeShort(NO_CLIENT_ID);
            in.readInt();
            return in.readInt() == CORRELATION;
        }
    }
}
