package io.opendts.standalone.remote;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Server-sent events of one connection (WHATWG HTML, section 9.2, as far as our servers use it). A thread of its own reads, so that
 * whoever waits can also be interrupted, and notices a server that has fallen silent.
 */
final class EventFeed implements AutoCloseable {

    private static final int WAITING_EVENTS_MAX = 1_000;

    /** What came: an event, a sign of life, or the end of the connection. */
    sealed interface Arrival {
        /** @param id the last one given; @param name empty for an event without one */
        record Sent(String id, String name, String data) implements Arrival {}

        record Alive() implements Arrival {}

        record Lost() implements Arrival {}
    }

    private final BlockingQueue<Arrival> arrived = new ArrayBlockingQueue<>(WAITING_EVENTS_MAX);
    private final InputStream in;
    private final Thread reader;

    EventFeed(InputStream in, String lastId) {
        this.in = in;
        this.reader = Thread.ofVirtual().name("events").start(() -> read(lastId));
    }

    Optional<Arrival> next(long waitMillis) throws InterruptedException {
        return Optional.ofNullable(arrived.poll(waitMillis, TimeUnit.MILLISECONDS));
    }

    private void read(String lastId) {
        String id = lastId;
        String name = "";
        String data = null;
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    arrived.put(data == null ? new Arrival.Alive() : new Arrival.Sent(id, name, data));
                    name = "";
                    data = null;
                } else if (line.startsWith("id:")) {
                    id = value(line);
                } else if (line.startsWith("event:")) {
                    name = value(line);
                } else if (line.startsWith("data:")) {
                    data = value(line);
                }
            }
            arrived.put(new Arrival.Lost());
        } catch (IOException broken) {
            arrived.offer(new Arrival.Lost());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static String value(String line) {
        return line.substring(line.indexOf(':') + 1).stripLeading();
    }

    @Override
    public void close() {
        reader.interrupt();
        try {
            in.close();
        } catch (IOException alreadyGone) {
            Thread.yield();
        }
    }
}
