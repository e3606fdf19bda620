package io.opendts.cluster;

import io.opendts.queue.Payload;
import io.opendts.task.TaskContext;

/** A function as its bindings see it: safe to be killed at any instruction, and to be called twice with the same request. */
@FunctionalInterface
public interface Work<P extends Payload> {
    Payload handle(TaskContext task, P request) throws Exception;
}
