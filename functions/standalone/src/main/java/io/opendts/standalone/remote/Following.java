package io.opendts.standalone.remote;

import io.opendts.api.ApiPaths;
import io.opendts.api.Ending;
import io.opendts.api.EventLines;
import io.opendts.api.Until;
import io.opendts.model.DtsException;
import io.opendts.model.event.Event;
import io.opendts.model.event.EventSink;
import io.opendts.standalone.Interruption;
import io.opendts.standalone.remote.EventFeed.Arrival;
import java.util.Optional;

/** Follows one task on a server to where it is to end, over as many connections as that takes. */
final class Following {

    private static final long WAIT_MILLIS = 100;
    private static final long SILENCE_MILLIS_MAX = 3 * ApiPaths.HEARTBEAT_MILLIS;
    private static final long LOST_MILLIS_MAX = 60_000;
    private static final long AGAIN_MILLIS = 500;

    private final ApiClient client;
    private final String task;
    private final Until until;
    private final EventSink out;
    private final Interruption interruption;
    private final Told told = new Told();
    private String from;
    /** Since when no server has answered; empty while one does. */
    private Optional<Long> lostSince = Optional.empty();

    /** @param from what the answer said that began what is followed; empty for from now on */
    Following(ApiClient client, String task, Until until, String from, EventSink out, Interruption interruption) {
        this.client = client;
        this.task = task;
        this.until = until;
        this.from = from;
        this.out = out;
        this.interruption = interruption;
    }

    /** Empty when interrupted. */
    Optional<Ending> follow() throws InterruptedException {
        while (!interruption.isAsked()) {
            try (EventFeed feed = new EventFeed(client.events(path()), from)) {
                Optional<Ending> ending = listen(feed);
                if (ending.isPresent()) {
                    return ending;
                }
                lost("the connection to " + client.server() + " is lost");
            } catch (DtsException failure) {
                if (!failure.code().retryable()) {
                    throw failure;
                }
                lost(failure.getMessage());
            }
        }
        return Optional.empty();
    }

    private String path() {
        return ApiClient.path(task, ApiPaths.EVENTS)
                + (until == Until.ENDLESS ? "?" : "?" + ApiPaths.UNTIL + "=" + until.word() + "&")
                + (from.isEmpty() ? "" : ApiPaths.FROM + "=" + ApiClient.encoded(from));
    }

    /** Empty when the connection is lost or the user interrupts. */
    private Optional<Ending> listen(EventFeed feed) throws InterruptedException {
        long lastSign = System.currentTimeMillis();
        while (!interruption.isAsked() && System.currentTimeMillis() - lastSign < SILENCE_MILLIS_MAX) {
            Optional<Arrival> arrival = feed.next(WAIT_MILLIS);
            if (arrival.isEmpty()) {
                continue;
            }
            lastSign = System.currentTimeMillis();
            switch (arrival.get()) {
                case Arrival.Sent(String id, String name, String data) -> {
                    found();
                    if (name.equals(ApiPaths.END)) {
                        return Optional.of(Ending.of(data).orElse(Ending.FAILED));
                    }
                    Event event = EventLines.read(data);
                    if (told.isNew(event, id)) {
                        out.emit(event);
                    }
                    from = id;
                }
                case Arrival.Alive() -> found();
                case Arrival.Lost() -> {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    private void found() {
        if (lostSince.isPresent()) {
            lostSince = Optional.empty();
            out.emit(new Event.Note("following task " + task + " again, on " + client.server()));
        }
    }

    /** Says so once, and waits a moment. */
    private void lost(String why) throws InterruptedException {
        if (interruption.isAsked()) {
            return;
        }
        long now = System.currentTimeMillis();
        if (lostSince.isEmpty()) {
            lostSince = Optional.of(now);
            told.again();
            out.emit(new Event.Note(why + "; task " + task + " goes on there; trying to follow it again for "
                    + LOST_MILLIS_MAX / 1000 + " s"));
        }
        if (now - lostSince.get() > LOST_MILLIS_MAX) {
            throw client.unreachable("nothing for " + LOST_MILLIS_MAX / 1000
                    + " s; the task goes on there, run the command again to follow it", null);
        }
        Thread.sleep(AGAIN_MILLIS);
    }
}
