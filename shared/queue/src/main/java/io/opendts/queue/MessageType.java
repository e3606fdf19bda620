package io.opendts.queue;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;

/**
 * The types of messages, each with its topic and the one consumer that takes it: requests have topics of their own, everything
 * that was done or has happened is on {@link Topics#EVENTS}.
 */
public enum MessageType {

    PRECHECK_REQUESTED("io.opendts.precheck.requested", Topics.PRECHECK, Topics.PRECHECK_FUNCTION, Payload.PrecheckRequested.class),
    PRECHECK_COMPLETED("io.opendts.precheck.completed", Topics.EVENTS, Topics.CONTROL, Payload.PrecheckCompleted.class),
    SCHEMA_REQUESTED("io.opendts.schema.requested", Topics.SCHEMA, Topics.SCHEMA_FUNCTION, Payload.SchemaRequested.class),
    SCHEMA_COMPLETED("io.opendts.schema.completed", Topics.EVENTS, Topics.CONTROL, Payload.SchemaCompleted.class),
    CHUNK_REQUESTED("io.opendts.chunk.requested", Topics.CHUNKS, Topics.SNAPSHOT_FUNCTION, Payload.ChunkRequested.class),
    CHUNK_COMPLETED("io.opendts.chunk.completed", Topics.EVENTS, Topics.CONTROL, Payload.ChunkCompleted.class),
    VERIFY_REQUESTED("io.opendts.verify.requested", Topics.VERIFY, Topics.VERIFY_FUNCTION, Payload.VerifyRequested.class),
    VERIFY_COMPLETED("io.opendts.verify.completed", Topics.EVENTS, Topics.CONTROL, Payload.VerifyCompleted.class),
    CHANGES_BATCH("io.opendts.changes.batch", "dts.changes", Topics.APPLY_FUNCTION, Payload.ChangesBatch.class),
    CHANGES_APPLIED("io.opendts.changes.applied", Topics.EVENTS, Topics.CONTROL, Payload.ChangesApplied.class),
    TASK_STATE("io.opendts.task.state", Topics.EVENTS, Topics.CONTROL, Payload.TaskStateChanged.class);

    /** The state in a {@link Payload.TaskStateChanged} by which a worker asks for the task to be failed. */
    public static final String FAILED = "failed";

    private final String type;
    private final String topic;
    private final String consumer;
    private final Class<? extends Payload> payload;

    MessageType(String type, String topic, String consumer, Class<? extends Payload> payload) {
        this.type = type;
        this.topic = topic;
        this.consumer = consumer;
        this.payload = payload;
    }

    public String type() {
        return type;
    }

    /** Of changes it is the beginning of the name: each task has a topic of its own ({@link Topics#changes}). */
    public String topic() {
        return topic;
    }

    public String consumer() {
        return consumer;
    }

    Class<? extends Payload> payload() {
        return payload;
    }

    public static MessageType of(Payload payload) {
        return switch (payload) {
            case Payload.PrecheckRequested _ -> PRECHECK_REQUESTED;
            case Payload.PrecheckCompleted _ -> PRECHECK_COMPLETED;
            case Payload.SchemaRequested _ -> SCHEMA_REQUESTED;
            case Payload.SchemaCompleted _ -> SCHEMA_COMPLETED;
            case Payload.ChunkRequested _ -> CHUNK_REQUESTED;
            case Payload.ChunkCompleted _ -> CHUNK_COMPLETED;
            case Payload.VerifyRequested _ -> VERIFY_REQUESTED;
            case Payload.VerifyCompleted _ -> VERIFY_COMPLETED;
            case Payload.ChangesBatch _ -> CHANGES_BATCH;
            case Payload.ChangesApplied _ -> CHANGES_APPLIED;
            case Payload.TaskStateChanged _ -> TASK_STATE;
        };
    }

    /** @throws DtsException QUEUE_DAMAGED for a type that this version does not know */
    public static MessageType of(String type) {
        for (MessageType one : values()) {
            if (one.type.equals(type)) {
                return one;
            }
        }
        throw new DtsException(ErrorCode.QUEUE_DAMAGED, "a message has the unknown type " + type,
                "look at the dead letters, and run the same version of OpenDTS everywhere");
    }
}
