package io.opendts.cluster;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.queue.Message;
import io.opendts.queue.Payload;

/** What came of a message. Whichever it is, the message is not needed any more. */
public sealed interface Outcome {

    /** The work is done and durable; {@code answer} tells the control function. */
    record Done(Payload completed, Message answer) implements Outcome {}

    /** Nobody wants it any more: the task is gone, or in a state that does not need it. */
    record Dropped(ErrorCode code, String why) implements Outcome {}

    /** It failed in a way that may pass; the state store knows when it is to be asked for again. */
    record Postponed(DtsException cause, long dueMillis) implements Outcome {}

    /** It failed for good, and the task with it; {@code state} tells the control function. */
    record Failed(DtsException cause, Message state) implements Outcome {}

    /** No message of ours: for the dead letters. */
    record Refused(String reason) implements Outcome {}
}
