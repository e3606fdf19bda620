package io.opendts.engines.mysql.wire;

import io.opendts.model.Endpoint.TlsMode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;

/** Makes the connection: TCP, login, and once more in plaintext when TLS was only preferred and failed. */
final class Connector {

    private Connector() {
    }

    static MySqlConnection connect(ConnectSettings settings) {
        try {
            return attempt(settings, true);
        } catch (Login.TlsFailed failed) {
            if (settings.tls().mode() != TlsMode.PREFERRED) {
                String where = settings.host() + ":" + settings.port();
                throw new MySqlTlsError("TLS with " + where + " failed: " + failed.getCause().getMessage(), failed.getCause());
            }
            System.getLogger(Connector.class.getName()).log(System.Logger.Level.INFO,
                    "TLS with {0} failed ({1}); it is only preferred, so the connection is made without it",
                    settings.where(), failed.getCause().getMessage());
            return withoutTls(settings);
        }
    }

    private static MySqlConnection withoutTls(ConnectSettings settings) {
        try {
            return attempt(settings, false);
        } catch (Login.TlsFailed impossible) {
            throw new IllegalStateException("TLS was not asked for", impossible);
        }
    }

    private static MySqlConnection attempt(ConnectSettings settings, boolean tlsAllowed) throws Login.TlsFailed {
        Socket socket = tcp(settings);
        boolean done = false;
        try {
            PacketChannel channel = new PacketChannel(socket, settings.where(), settings.maxPacketBytes());
            Login login = new Login(settings, channel, socket);
            login.run(tlsAllowed);
            channel.readTimeoutMillis(settings.readTimeoutMillis());
            MySqlConnection connection = new MySqlConnection(channel, login, settings);
            done = true;
            return connection;
        } catch (IOException e) {
            throw new MySqlIoError("the connection to " + settings.where() + " broke: " + e.getMessage(), false, e);
        } finally {
            if (!done) {
                closeQuietly(socket);
            }
        }
    }

    private static Socket tcp(ConnectSettings settings) {
        Socket socket = new Socket();
        try {
            socket.setTcpNoDelay(true);
            socket.setKeepAlive(true);
            socket.setSoTimeout(settings.connectTimeoutMillis());
            InetSocketAddress address = new InetSocketAddress(settings.host(), settings.port());
            if (address.isUnresolved()) {
                throw new UnknownHostException("the name " + settings.host() + " is unknown");
            }
            socket.connect(address, settings.connectTimeoutMillis());
            return socket;
        } catch (IOException e) {
            closeQuietly(socket);
            throw new MySqlIoError("no connection to " + settings.host() + ":" + settings.port() + ": " + e.getMessage(),
                    e instanceof SocketTimeoutException, e);
        }
    }

    private static void closeQuietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            System.getLogger(Connector.class.getName()).log(System.Logger.Level.DEBUG, "closing a socket", e);
        }
    }
}
