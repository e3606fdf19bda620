package io.opendts.functions.control.api;

/** The queue's side of forgetting a task. */
@FunctionalInterface
public interface ChangeTopics {

    /**
     * Removes a task's changes that wait for apply; of a task that has none: nothing.
     *
     * @throws io.opendts.model.DtsException QUEUE_UNAVAILABLE (retryable)
     */
    void delete(String task);
}
