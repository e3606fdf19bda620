package io.opendts.functions.control.api;

import io.opendts.api.ApiPaths;
import io.opendts.api.Ending;
import io.opendts.model.CheckItem;
import io.opendts.model.event.Event;
import io.opendts.state.StateStore;
import io.opendts.state.TaskRecord;
import java.io.EOFException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tells somebody in another process what happens to a task, by looking at the state store again and again. One thread follows; it
 * ends by itself where it was told to, by an interrupt, when the listener throws because nobody listens any more, or when another
 * thread says so.
 */
public abstract sealed class Follower implements AutoCloseable permits RunFollower, OutcomeFollower {

    /** Called on the thread that follows. */
    public interface Listener {

        /** @param bookmark where to go on from after this event, should the connection be lost */
        void event(Event event, String bookmark);

        /** Nothing has happened for {@link ApiPaths#HEARTBEAT_MILLIS}. */
        void idle();
    }

    /** Between two looks at the state store. */
    public static final long PAUSE_MILLIS = 200;

    final StateStore store;
    final String task;
    Bookmark bookmark;
    private Listener listener;
    private long lastToldMillis;
    private LongSupplier pauseMillis = () -> PAUSE_MILLIS;
    private volatile boolean left;

    Follower(StateStore store, TaskRecord task, Bookmark bookmark) {
        this.store = store;
        this.task = task.name();
        this.bookmark = bookmark;
    }

    /** To be called before it follows. @param millis asked before each pause; {@link #PAUSE_MILLIS} otherwise */
    public final void pace(LongSupplier millis) {
        pauseMillis = millis;
    }

    /** @throws UncheckedIOException when nobody listens any more */
    public final Ending follow(Listener to) throws InterruptedException {
        listener = to;
        lastToldMillis = System.currentTimeMillis();
        while (!left) {
            Optional<Ending> over = look();
            if (over.isPresent()) {
                return over.get();
            }
            if (System.currentTimeMillis() - lastToldMillis >= ApiPaths.HEARTBEAT_MILLIS) {
                lastToldMillis = System.currentTimeMillis();
                to.idle();
            }
            Thread.sleep(pauseMillis.getAsLong());
        }
        throw new UncheckedIOException(new EOFException("its client has gone away"));
    }

    /** Nobody listens any more. For any thread, any number of times; the thread that follows notices at its next look. */
    public final void leave() {
        left = true;
    }

    /** Tells what is new since the last time, and whether that was all. */
    abstract Optional<Ending> look();

    /** Only the last one moves the bookmark: whoever loses the connection in between is told all of them again. */
    final List<CheckItem> tellItems(long precheckedAt) {
        List<CheckItem> items = store.tasks().precheck(task);
        Bookmark behind = bookmark.prechecked(precheckedAt);
        for (int i = 0; i < items.size(); i++) {
            bookmark = i + 1 == items.size() ? behind : bookmark;
            tell(new Event.Prechecked(items.get(i)));
        }
        bookmark = behind;
        return items;
    }

    final void tell(Event event) {
        lastToldMillis = System.currentTimeMillis();
        listener.event(event, bookmark.text());
    }

    @Override
    public void close() {}
}
