package io.opendts.standalone.cluster;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HexFormat;

/** A process of a cluster that does nothing but answer whether it is ready; notes in a file of its folder that it was asked to end. */
final class FakeProcess {

    private FakeProcess() {}

    /** @param words how it answers ({@code http}, {@code mysql}, {@code kafka}, {@code mute}, {@code ends}), port, id */
    public static void main(String... words) throws IOException {
        int port = Integer.parseInt(words[1]);
        String id = words[2];
        Path endings = Path.of("endings");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                Files.writeString(endings, id + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }));
        switch (words[0]) {
            case "http" -> http(port);
            case "mysql" -> serve(port, 0, "0a0000000a");
            case "kafka" -> serve(port, 14, "0000000600000d750000");
            case "mute" -> serve(port, Integer.MAX_VALUE, "");
            case "ends" -> {
                System.out.println("no, said the program");
                System.exit(7);
            }
            default -> throw new IllegalArgumentException(words[0]);
        }
    }

    private static void http(int port) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 10);
        server.createContext("/q/health/ready", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    private static void serve(int port, int questionBytes, String answer) throws IOException {
        try (ServerSocket listening = new ServerSocket(port, 10, InetAddress.getByName("127.0.0.1"))) {
            while (true) {
                try (Socket socket = listening.accept(); InputStream in = socket.getInputStream()) {
                    in.readNBytes(questionBytes);
                    socket.getOutputStream().write(HexFormat.of().parseHex(answer));
                }
            }
        }
    }
}
