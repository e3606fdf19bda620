package io.opendts.standalone.output;

import io.opendts.api.EventJson;
import io.opendts.model.event.Event;
import java.io.PrintStream;

/** One JSON object a line. A line is written whole and at once, so that a reader of the pipe sees it when it happens. */
final class JsonLines implements Renderer {

    private final PrintStream out;

    JsonLines(PrintStream out) {
        this.out = out;
    }

    @Override
    public void emit(Event event) {
        String line = EventJson.of(event) + "\n";
        synchronized (this) {
            out.print(line);
            out.flush();
        }
    }

    @Override
    public synchronized void close() {
        out.flush();
    }
}
