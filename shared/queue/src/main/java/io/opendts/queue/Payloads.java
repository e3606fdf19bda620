package io.opendts.queue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import java.time.Instant;
import java.util.UUID;

/** Messages from payloads and back. A field that a newer sender added is passed over. */
public final class Payloads {

    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private Payloads() {}

    /** @param source the function that sends, as in {@code /functions/snapshot} */
    public static Message message(Payload payload, String source, Instant time) {
        return message(payload, source, time, UUID.randomUUID().toString());
    }

    /** @param id the same for the same piece of work, so that asking twice waits once */
    public static Message message(Payload payload, String source, Instant time, String id) {
        try {
            return new Message(id, MessageType.of(payload).type(), source, payload.task(), payload.task(), time,
                    MAPPER.writeValueAsString(payload));
        } catch (JsonProcessingException e) {
            throw new DtsException(ErrorCode.BUG, "cannot write a message of task " + payload.task() + ": " + e.getOriginalMessage(),
                    "report this as a bug of OpenDTS", e);
        }
    }

    /** The answer to a request; its id follows from the request's, so that a second answer to the same one is recognised. */
    public static Message answer(String requestId, Payload completed, String source, Instant time) {
        return message(completed, source, time, requestId + ":completed");
    }

    /** @throws DtsException QUEUE_DAMAGED when the type is unknown or the data does not fit it */
    public static Payload read(Message message) {
        try {
            return MAPPER.readValue(message.data(), MessageType.of(message.type()).payload());
        } catch (JsonProcessingException e) {
            throw new DtsException(ErrorCode.QUEUE_DAMAGED, "message " + message.id() + " of type " + message.type()
                    + " cannot be read: " + e.getOriginalMessage(), "resume the task: the message is sent again", e);
        }
    }
}
