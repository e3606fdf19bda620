package io.opendts.standalone.remote;

import io.opendts.api.JsonObject;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.model.event.EventSink;
import io.opendts.spec.Environment;
import io.opendts.spec.Environment.Reference;
import io.opendts.spec.TaskFile;
import io.opendts.standalone.run.TaskFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A valid task file of this machine, ready to be sent: its references are resolved here and travel as secrets. */
final class SubmittedFile {

    private final String task;
    private final String body;

    private SubmittedFile(String task, String body) {
        this.task = task;
        this.body = body;
    }

    /** Empty after its mistakes have been told. */
    static Optional<SubmittedFile> read(Path file, EventSink out) {
        return TaskFiles.read(file, out).map(valid -> new SubmittedFile(valid.spec().name(), body(file)));
    }

    private static String body(Path file) {
        String text = text(file);
        JsonObject references = new JsonObject();
        for (Reference reference : TaskFile.references(text)) {
            Environment.ofProcess().value(reference).ifPresent(value -> references.put(reference.text(), value));
        }
        return new JsonObject().put("file", text).put("references", references).toString();
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException gone) {
            throw new DtsException(ErrorCode.API_REQUEST_INVALID, file + " could be read a moment ago and now cannot",
                    "run the command again", gone);
        }
    }

    String task() {
        return task;
    }

    Map<String, Object> create(ApiClient client) {
        return client.submit("POST", ApiClient.path(null, null), body);
    }

    /** The file of a task that exists is put in the place of the old one, as far as what it has done allows that. */
    Map<String, Object> createOrReplace(ApiClient client) {
        try {
            return create(client);
        } catch (DtsException refused) {
            if (refused.code() != ErrorCode.TASK_CHANGED) {
                throw refused;
            }
            return client.submit("PUT", ApiClient.path(task, null), body);
        }
    }
}
