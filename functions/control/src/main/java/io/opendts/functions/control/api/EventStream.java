package io.opendts.functions.control.api;

import io.opendts.api.ApiPaths;
import io.opendts.api.Ending;
import io.opendts.api.EventJson;
import io.opendts.model.DtsException;
import io.opendts.model.event.Event;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Server-sent events (WHATWG HTML, section 9.2): each event's data is its JSON line, its id a bookmark; the last one is named
 * {@link ApiPaths#END} and says how the task ended. Written whole and at once.
 */
public final class EventStream implements Follower.Listener {

    private static final System.Logger LOG = System.getLogger(EventStream.class.getName());

    private final OutputStream out;
    private String lastId = "";

    public EventStream(OutputStream out) {
        this.out = out;
    }

    /** Follows to the end, or until the other side is gone: that is no error. */
    public void send(Follower follower) throws InterruptedException {
        try {
            idle();
            Ending ending = follower.follow(this);
            write("event: " + ApiPaths.END + "\ndata: " + ending.word() + "\n\n");
        } catch (DtsException failure) {
            refuse(failure);
        } catch (UncheckedIOException gone) {
            LOG.log(System.Logger.Level.DEBUG, "nobody follows any more: {0}", gone.getMessage());
        }
    }

    /** What may pass ends the connection only: the other side comes again. */
    private void refuse(DtsException failure) {
        try {
            if (failure.code().retryable()) {
                idle();
                return;
            }
            event(new Event.Failure(failure.code().code(), failure.getMessage(), failure.remedy(), false), lastId);
            write("event: " + ApiPaths.END + "\ndata: " + Ending.FAILED.word() + "\n\n");
        } catch (UncheckedIOException gone) {
            LOG.log(System.Logger.Level.DEBUG, "nobody follows any more: {0}", gone.getMessage());
        }
    }

    /** A long id is sent only when it changes: a client keeps the last one. */
    @Override
    public void event(Event event, String bookmark) {
        String id = bookmark.equals(lastId) ? "" : "id: " + bookmark + "\n";
        lastId = bookmark;
        write(id + "data: " + EventJson.of(event) + "\n\n");
    }

    @Override
    public void idle() {
        write(":\n\n");
    }

    private void write(String text) {
        try {
            out.write(text.getBytes(StandardCharsets.UTF_8));
            out.flush();
        } catch (IOException gone) {
            throw new UncheckedIOException(gone);
        }
    }
}
