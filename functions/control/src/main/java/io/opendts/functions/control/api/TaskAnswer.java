package io.opendts.functions.control.api;

import io.opendts.api.EventJson;
import io.opendts.api.JsonObject;
import io.opendts.model.event.Event;

/**
 * A task after something was asked of it.
 *
 * @param from    where to follow from in order to miss nothing that comes of it; empty when nothing was begun
 * @param settled whether the processes that read and apply for the task have let go of it
 * @param made    whether the task is a new one
 */
public record TaskAnswer(Event.TaskListed task, String from, boolean settled, boolean made) {

    /** The object of {@code list --output json}, and what this adds. */
    public JsonObject json() {
        JsonObject json = EventJson.of(task);
        if (!from.isEmpty()) {
            json.put("from", from);
        }
        return json.put("settled", settled);
    }
}
