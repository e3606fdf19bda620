package io.opendts.task;

import io.opendts.spec.TaskSpec;
import io.opendts.state.StateStore;
import java.util.Map;

/** Task files with their secrets, for processes that share nothing but the state store. Safe for many threads. */
public interface SpecVault {

    /** @param references values by the text of their references, as in {@code ${NAME}} */
    byte[] seal(String file, Map<String, String> references);

    /**
     * The task as it was sealed last.
     *
     * @throws io.opendts.model.DtsException STATE_KEY when it was sealed with another key, is damaged or is not there;
     *                                       STATE_DAMAGED when this version does not take the file. Neither tells of its content.
     */
    TaskSpec open(StateStore store, String task);
}
