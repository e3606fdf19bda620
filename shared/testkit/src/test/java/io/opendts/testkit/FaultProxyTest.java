package io.opendts.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {

    private static final int LIMIT_MILLIS = 10_000;

    private final List<String> heard = new CopyOnWriteArrayList<>();
    private ServerSocket server;
    private FaultProxy proxy;

    /** Answers each byte with itself. */
    @BeforeEach
    void anEcho() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        Thread.ofPlatform().daemon().start(() -> {
            while (!server.isClosed()) {
                try {
                    Socket client = server.accept();
                    Thread.ofVirtual().start(() -> echo(client));
                } catch (IOException closed) {
                    return;
                }
            }
        });
        proxy = FaultProxy.to(server.getInetAddress().getHostAddress(), server.getLocalPort());
    }

    private void echo(Socket client) {
        try (client) {
            for (int one = client.getInputStream().read(); one >= 0; one = client.getInputStream().read()) {
                heard.add(Character.toString(one));
                client.getOutputStream().write(one);
            }
        } catch (IOException cut) {
            heard.add("cut");
        }
    }

    @AfterEach
    void end() throws IOException {
        proxy.close();
        server.close();
    }

    private Socket connected() throws IOException {
        Socket socket = new Socket(DatabaseServer.HOST, proxy.port());
        socket.setSoTimeout(LIMIT_MILLIS);
        return socket;
    }

    private static String say(Socket socket, String words) throws IOException {
        socket.getOutputStream().write(words.getBytes(StandardCharsets.US_ASCII));
        return new String(socket.getInputStream().readNBytes(words.length()), StandardCharsets.US_ASCII);
    }

    @Test
    void what_is_not_harmed_goes_through() throws IOException {
        try (Socket socket = connected()) {
            assertThat(say(socket, "abc")).isEqualTo("abc");
        }
    }

    @Test
    void a_cut_ends_what_there_is_and_lets_the_next_one_in() throws IOException {
        try (Socket socket = connected()) {
            say(socket, "a");
            proxy.cut();
            assertThatThrownBy(() -> say(socket, "b").charAt(0)).isInstanceOfAny(SocketException.class, IndexOutOfBoundsException.class);
        }
        try (Socket next = connected()) {
            assertThat(say(next, "c")).isEqualTo("c");
        }
    }

    @Test
    void a_silent_connection_stays_open() throws IOException {
        try (Socket socket = connected()) {
            say(socket, "a");
            proxy.silence(true);
            socket.setSoTimeout(100);
            assertThatThrownBy(() -> say(socket, "b")).isInstanceOf(SocketTimeoutException.class);
            proxy.silence(false);
            socket.setSoTimeout(LIMIT_MILLIS);
            assertThat(socket.getInputStream().read()).isEqualTo('b');
        }
    }

    @Test
    void what_is_slow_arrives() throws IOException {
        proxy.delay(Duration.ofMillis(30));
        try (Socket socket = connected()) {
            long began = System.nanoTime();
            assertThat(say(socket, "a")).isEqualTo("a");
            assertThat(System.nanoTime() - began).isGreaterThan(Duration.ofMillis(60).toNanos());
        }
    }

    @Test
    void the_server_gets_the_words_and_the_client_no_answer() throws IOException {
        proxy.cutBehind("x", 1);
        try (Socket socket = connected()) {
            assertThat(say(socket, "a")).isEqualTo("a");
            assertThatThrownBy(() -> say(socket, "x").charAt(0)).isInstanceOfAny(SocketException.class, IndexOutOfBoundsException.class);
        }
        assertThat(proxy.cutsLeft()).isZero();
        try (Socket next = connected()) {
            assertThat(say(next, "x")).isEqualTo("x");
        }
        assertThat(heard).filteredOn("x"::equals).hasSize(2);
    }

    @Test
    void who_is_refused_finds_the_door_closed() throws IOException {
        proxy.refuse(true);
        try (Socket socket = connected()) {
            assertThatThrownBy(() -> say(socket, "a").charAt(0)).isInstanceOfAny(SocketException.class, IndexOutOfBoundsException.class);
        }
    }
}
