package io.opendts.functions.control.api;

import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.spi.SchemaPlan.Step;
import io.opendts.state.StateStore;
import io.opendts.state.TaskEvent;
import io.opendts.state.Tasks;
import io.opendts.task.Facts;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * How far somebody who follows a task has been told, for going on where a connection ended. As text (it travels as the id of
 * server-sent events): {@code event.precheck.flags.goal}, the last one in URL-safe base64.
 *
 * @param event     id of the last change of state that was told
 * @param precheck  Unix milliseconds of the last precheck that was told; 0 for none
 * @param begun     whether the state has been told at all
 * @param caughtUp  whether it has been told that the target has caught up
 * @param notes     of how many steps of the schema it has been told what they had to say
 * @param goal      what ends the following: a position of the source, or a comparison; empty while not known
 */
record Bookmark(long event, long precheck, boolean begun, boolean caughtUp, int notes, String goal) {

    private static final int PARTS = 4;

    /** All that has happened so far is passed over. */
    static Bookmark now(StateStore store, String task) {
        List<TaskEvent> events = store.tasks().events(task, 0, Tasks.EVENTS_KEPT_PER_TASK);
        return new Bookmark(events.isEmpty() ? 0 : events.getLast().id(), prechecked(store, task), false, false, noted(store, task), "");
    }

    /** Nothing is passed over. */
    static Bookmark beginning() {
        return new Bookmark(0, 0, true, false, 0, "");
    }

    static long prechecked(StateStore store, String task) {
        return new Facts(store.progress(), task).moment(Facts.PRECHECKED).orElse(0L);
    }

    private static int noted(StateStore store, String task) {
        Facts facts = new Facts(store.progress(), task);
        return (int) Arrays.stream(Step.values()).takeWhile(step -> facts.notes(step.name()).isPresent()).count();
    }

    static Bookmark parse(String text) {
        return parsed(text).orElseThrow(() -> new DtsException(ErrorCode.API_REQUEST_INVALID,
                "there is no place '" + text + "' in the events of a task",
                "leave `from` out, or give back what an answer or an event's id said"));
    }

    private static Optional<Bookmark> parsed(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != PARTS || !parts[2].matches("[01]{2}[0-3]")) {
            return Optional.empty();
        }
        try {
            String goal = new String(Base64.getUrlDecoder().decode(parts[3]), StandardCharsets.UTF_8);
            return Optional.of(new Bookmark(Long.parseLong(parts[0]), Long.parseLong(parts[1]), parts[2].charAt(0) == '1',
                    parts[2].charAt(1) == '1', parts[2].charAt(2) - '0', goal));
        } catch (IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    String text() {
        return event + "." + precheck + "." + (begun ? 1 : 0) + (caughtUp ? 1 : 0) + notes + "."
                + Base64.getUrlEncoder().withoutPadding().encodeToString(goal.getBytes(StandardCharsets.UTF_8));
    }

    Bookmark at(long newEvent) {
        return new Bookmark(newEvent, precheck, true, caughtUp, notes, goal);
    }

    Bookmark prechecked(long newPrecheck) {
        return new Bookmark(event, newPrecheck, begun, caughtUp, notes, goal);
    }

    Bookmark onceCaughtUp() {
        return new Bookmark(event, precheck, begun, true, notes, goal);
    }

    Bookmark noted(int newNotes) {
        return new Bookmark(event, precheck, begun, caughtUp, newNotes, goal);
    }

    Bookmark to(String newGoal) {
        return new Bookmark(event, precheck, begun, caughtUp, notes, newGoal);
    }
}
