package io.opendts.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between clients and a server, on a port of the loopback interface, and does them the harm that it is told to: to the connections
 * that there are and to those to come. What it looks for in a stream it sees without TLS alone. Thread-safe.
 */
public final class FaultProxy implements AutoCloseable {

    private static final int PIECE_BYTES = 16 * 1024;
    private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final ServerSocket door;
    private final String host;
    private final int serverPort;
    private final Set<Link> links = ConcurrentHashMap.newKeySet();
    private final AtomicInteger cutsLeft = new AtomicInteger();
    private volatile String cutBehind = "";
    private volatile boolean refusing;
    private volatile boolean silent;
    private volatile long delayNanos;

    private record Link(Socket client, Socket server) {

        /** The client finds its connection reset; the server reads what it was sent, and then the end. */
        void cut() {
            try {
                client.setSoLinger(true, 0);
            } catch (IOException closed) {
                // nobody is there to be told
                return;
            } finally {
                close(client);
                close(server);
            }
        }

        private static void close(Socket socket) {
            try {
                socket.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private FaultProxy(String host, int serverPort) throws IOException {
        this.door = new ServerSocket(0, 50, InetAddress.getByName(DatabaseServer.HOST));
        this.host = host;
        this.serverPort = serverPort;
    }

    public static FaultProxy to(String host, int port) {
        try {
            FaultProxy proxy = new FaultProxy(host, port);
            Thread.ofPlatform().daemon().name("fault-proxy").start(proxy::accept);
            return proxy;
        } catch (IOException e) {
            throw new UncheckedIOException("a proxy to " + host + ":" + port, e);
        }
    }

    public int port() {
        return door.getLocalPort();
    }

    /** Ends all connections that there are. */
    public void cut() {
        links.forEach(Link::cut);
    }

    /** Whether new connections are ended at once. */
    public void refuse(boolean refuses) {
        refusing = refuses;
    }

    /** Whether nothing is given on any more, in either direction, with all connections left open: as behind a router that is gone. */
    public void silence(boolean holds) {
        silent = holds;
    }

    /** Of each piece, in either direction. */
    public void delay(Duration time) {
        delayNanos = time.toNanos();
    }

    /** The next so many pieces of a client's that have these words are given on, and their connection is cut before the answer. */
    public void cutBehind(String words, int times) {
        cutBehind = words;
        cutsLeft.set(times);
    }

    /** Of {@link #cutBehind}. */
    public int cutsLeft() {
        return Math.max(0, cutsLeft.get());
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket client = door.accept();
                if (refusing) {
                    client.close();
                    continue;
                }
                Link link = new Link(client, new Socket(host, serverPort));
                client.setTcpNoDelay(true);
                link.server().setTcpNoDelay(true);
                links.add(link);
                Thread.ofVirtual().start(() -> carry(link, client, link.server(), true));
                Thread.ofVirtual().start(() -> carry(link, link.server(), client, false));
            } catch (IOException serverAway) {
                // the client finds its connection closed, as it would without the proxy
                continue;
            }
        }
    }

    private void carry(Link link, Socket from, Socket to, boolean ofClient) {
        byte[] piece = new byte[PIECE_BYTES];
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            for (int length = in.read(piece); length >= 0; length = in.read(piece)) {
                LockSupport.parkNanos(delayNanos);
                while (silent && !door.isClosed()) {
                    LockSupport.parkNanos(LOOK_NANOS);
                }
                boolean last = ofClient && isTheLast(piece, length);
                out.write(piece, 0, length);
                if (last) {
                    break;
                }
            }
        } catch (IOException ended) {
            // by one of the two, or by a cut: the other one is to find out
        } finally {
            links.remove(link);
            link.cut();
        }
    }

    private boolean isTheLast(byte[] piece, int length) {
        return cutsLeft.get() > 0 && new String(piece, 0, length, StandardCharsets.ISO_8859_1).contains(cutBehind)
                && cutsLeft.getAndDecrement() > 0;
    }

    @Override
    public void close() {
        try {
            door.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            cut();
        }
    }
}
