package io.opendts.state;

import io.opendts.model.TaskState;

/**
 * A change of state that happened.
 *
 * @param id       counts up over all tasks
 * @param atMillis Unix milliseconds
 */
public record TaskEvent(long id, String task, TaskState from, TaskState to, long atMillis) {}
