package io.opendts.state;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.state.Relations.Registered;

/** Layouts as every store keeps them. The only class here that loads Jackson: light commands never come here. */
public final class RelationJson {

    /** Getter-like methods of records (keyless) are not fields of theirs. */
    private static final ObjectMapper MAPPER = JsonMapper.builder()
            .addModule(new Jdk8Module())
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private RelationJson() {}

    public static String write(Registered registered) {
        try {
            return MAPPER.writeValueAsString(registered);
        } catch (JsonProcessingException e) {
            throw new DtsException(ErrorCode.BUG, "cannot write the layout of " + registered.table().id() + ": " + e.getOriginalMessage(),
                    "report this as a bug of OpenDTS", e);
        }
    }

    /** @param store where it was read, for the message; {@code remedy} what to do about a damaged one */
    public static Registered read(String json, String store, String remedy) {
        try {
            return MAPPER.readValue(json, Registered.class);
        } catch (JsonProcessingException e) {
            throw new DtsException(ErrorCode.STATE_DAMAGED, store + " holds a table layout that cannot be read: " + e.getOriginalMessage(),
                    remedy, e);
        }
    }
}
