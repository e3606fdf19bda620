package io.opendts.state;

import io.opendts.model.TaskState;

/** A change of state that has been made (or not, when {@code from} equals {@code to}). */
public record Transition(String task, TaskState from, TaskState to, long version) {

    public boolean changed() {
        return !from.equals(to);
    }
}
