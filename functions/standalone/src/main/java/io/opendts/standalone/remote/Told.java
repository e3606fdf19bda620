package io.opendts.standalone.remote;

import io.opendts.model.event.Event;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What has been told since the last bookmark: a server that takes over begins there, and tells it again. Figures that are the same as
 * the last ones are left out whoever tells them.
 */
final class Told {

    private static final int REMEMBERED_MAX = 2_000;

    private final List<Event> sinceBookmark = new ArrayList<>();
    private final List<Event> expectedAgain = new ArrayList<>();
    private final Map<String, Event.FullProgress> tables = new HashMap<>();
    private Event lastPlan;
    private Event lastIncremental;
    private String bookmark = "";

    String bookmark() {
        return bookmark;
    }

    /** @param id bookmark that came with the event; whether the event is to be told */
    boolean isNew(Event event, String id) {
        if (!id.equals(bookmark)) {
            bookmark = id;
            sinceBookmark.clear();
            expectedAgain.clear();
        }
        return switch (event) {
            case Event.FullProgress now -> {
                Event.FullProgress before = tables.put(now.table(), now);
                yield before == null || before.rowsDone() != now.rowsDone() || before.done() != now.done();
            }
            case Event.IncrementalProgress now -> {
                boolean moved = !now.equals(lastIncremental);
                lastIncremental = now;
                yield moved;
            }
            case Event.FullPlanned now -> {
                boolean other = !now.equals(lastPlan);
                lastPlan = now;
                yield other;
            }
            case Event.StateChanged _, Event.Prechecked _, Event.CaughtUp _, Event.Summary _, Event.Difference _, Event.Verified _,
                    Event.TaskListed _, Event.LogLine _, Event.Listening _, Event.Note _, Event.Version _, Event.Failure _,
                    Event.Mistake _, Event.Cluster _ -> isFirst(event);
        };
    }

    private boolean isFirst(Event event) {
        if (expectedAgain.remove(event)) {
            return false;
        }
        if (sinceBookmark.size() < REMEMBERED_MAX) {
            sinceBookmark.add(event);
        }
        return true;
    }

    /** The connection was lost: the next one begins at the bookmark. */
    void again() {
        expectedAgain.clear();
        expectedAgain.addAll(sinceBookmark);
    }
}
