package io.opendts.state;

import io.opendts.model.TaskState;
import java.util.Objects;

/**
 * A task as it is recorded.
 *
 * @param spec          the canonical task file, without secrets
 * @param version       counts up with every change of state: hand it back with a transition
 * @param createdMillis Unix milliseconds
 * @param updatedMillis Unix milliseconds of the last change of state or task file
 */
public record TaskRecord(
        String name, String type, String spec, String specHash, TaskState state, long version, long createdMillis, long updatedMillis) {

    public TaskRecord {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(state, "state");
    }
}
