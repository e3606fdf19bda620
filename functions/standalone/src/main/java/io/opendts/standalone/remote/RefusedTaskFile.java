package io.opendts.standalone.remote;

import io.opendts.api.EventLines;
import io.opendts.model.event.EventSink;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The server finds mistakes in a task file that this version takes. */
final class RefusedTaskFile extends RuntimeException {

    private final transient List<Map<String, Object>> mistakes;

    RefusedTaskFile(List<Map<String, Object>> mistakes) {
        super(mistakes.size() + " mistakes");
        this.mistakes = mistakes;
    }

    void tell(Path file, EventSink out) {
        mistakes.forEach(mistake -> out.emit(EventLines.mistake(mistake, file.toString())));
    }
}
