package io.opendts.state;

import io.opendts.model.TaskState;

/** A wish of another process. */
public record Asked(long id, String task, TaskState.Event event, long atMillis) {}
