package io.opendts.functions.control.api;

import io.opendts.api.ApiPaths;
import io.opendts.api.JsonReader;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * A task file as it was sent.
 *
 * @param references values of its references, resolved where it comes from, by their text as in {@code ${NAME}}
 */
public record TaskBody(String file, Map<String, String> references) {

    /** A task file of 1 MiB with every character escaped, and its secrets. */
    public static final int BODY_BYTES_MAX = 8 * 1024 * 1024;

    public TaskBody {
        references = Map.copyOf(references);
    }

    /** @param contentType of the body; anything but {@link ApiPaths#TASK_WITH_SECRETS} is taken as the task file itself */
    public static TaskBody of(String contentType, String body) {
        boolean wrapped = contentType != null && contentType.toLowerCase(Locale.ROOT).startsWith(ApiPaths.TASK_WITH_SECRETS);
        if (!wrapped) {
            return new TaskBody(body, Map.of());
        }
        Map<String, Object> json = JsonReader.object(body).orElseThrow(() -> unreadable("it is no JSON object"));
        if (!(json.get("file") instanceof String file)) {
            throw unreadable("it has no text `file`");
        }
        Map<String, String> references = new HashMap<>();
        for (Map<String, Object> given : JsonReader.objects(json, "references")) {
            given.forEach((reference, value) -> {
                if (!(value instanceof String text)) {
                    throw unreadable("the value of a reference is no text");
                }
                references.put(reference, text);
            });
        }
        return new TaskBody(file, references);
    }

    private static DtsException unreadable(String why) {
        return new DtsException(ErrorCode.API_REQUEST_INVALID, "the body of type " + ApiPaths.TASK_WITH_SECRETS + " cannot be read: " + why,
                "send {\"file\": \"<the task file>\", \"references\": {\"${NAME}\": \"value\"}}");
    }
}
