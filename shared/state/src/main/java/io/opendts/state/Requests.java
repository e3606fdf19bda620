package io.opendts.state;

import java.util.List;
import java.util.Optional;

/**
 * What workers have been asked for and have not answered. A message on the queue is only a trigger: by this record nothing is
 * asked for twice in vain, and what was lost with a queue or failed for a while is asked for again.
 */
public interface Requests {

    /**
     * @param id                the same for the same piece of work
     * @param dueMillis         when it is to be asked for again unless it was answered
     * @param attempts          failed ones so far
     * @param firstFailedMillis Unix milliseconds; 0 while none has failed
     * @param code              of the last failure; empty while none has failed
     */
    record Open(String task, String id, long dueMillis, int attempts, long firstFailedMillis, String code, String reason) {}

    Optional<Open> find(String task, String id);

    /** Unanswered ones of a task, by id. */
    List<Open> open(String task);

    /**
     * Reserves what is to be sent, for one caller among many: those that are not open or are due, from now on due at
     * {@code dueMillis}. Failures of earlier attempts stay counted. Of a task that does not exist: none.
     */
    List<String> claim(String task, List<String> ids, long nowMillis, long dueMillis);

    /** Records that they have been sent; of one that has been answered meanwhile: nothing. */
    void sent(String task, List<String> ids, long dueMillis);

    /** An attempt has failed in a way that may pass; one that is not open is recorded as well. */
    void failed(String task, String id, String code, String reason, long dueMillis);

    /** Answered; of one that is not open: nothing. */
    void done(String task, String id);

    /** Makes all of a task due at once and forgets their failures: a user has said "try again". */
    void renew(String task);
}
