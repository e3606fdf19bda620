package io.opendts.task;

import io.opendts.model.Change;
import io.opendts.model.DtsException;
import io.opendts.model.ErrorCode;
import io.opendts.state.Progress;
import java.util.Map;
import java.util.Optional;

/** What somebody has decided about the one statement at a position of the log, when a task was resumed. */
public sealed interface DdlDecision {

    String position();

    /** It is left out on the target. */
    record Skip(String position) implements DdlDecision {}

    /** It is run, although it is of a kind that waits for that. */
    record Approve(String position) implements DdlDecision {}

    /** @throws DtsException API_REQUEST_INVALID where both are given */
    static Optional<DdlDecision> of(Optional<String> skip, Optional<String> approve) {
        if (skip.isPresent() && approve.isPresent()) {
            throw new DtsException(ErrorCode.API_REQUEST_INVALID, "one statement is to be left out, at " + skip.get()
                    + ", and one to be run, at " + approve.get(), "decide about one at a time: the task stops at the next one again");
        }
        return skip.<DdlDecision>map(Skip::new).or(() -> approve.map(Approve::new));
    }

    /** The last decision counts: a task stands in front of one statement at a time, and what was decided before is behind it. */
    default void record(Progress progress, String task) {
        progress.putAll(task, Map.of(DisplayedFacts.SKIP_DDL, this instanceof Skip ? position() : "",
                DisplayedFacts.APPROVE_DDL, this instanceof Approve ? position() : ""));
    }

    /** Whether a statement is to be left out. */
    static boolean skipped(Progress progress, String task, Change.Begin statement) {
        return meant(progress.get(task, DisplayedFacts.SKIP_DDL), statement);
    }

    static boolean approved(Progress progress, String task, Change.Begin statement) {
        return meant(progress.get(task, DisplayedFacts.APPROVE_DDL), statement);
    }

    /** By its GTID, or its position, whole or without the set of GTIDs. */
    private static boolean meant(Optional<String> position, Change.Begin statement) {
        String at = statement.at().text();
        return position.filter(given -> !given.isEmpty())
                .filter(given -> given.equals(statement.id()) || at.equals(given) || at.startsWith(given + ";")).isPresent();
    }

    /** Where it stands, as it is told to users. */
    static String place(Change.Begin statement) {
        String at = statement.at().text();
        int end = at.indexOf(';');
        return end < 0 ? at : at.substring(0, end);
    }

    /** The GTID where it has one: a log that is read again from a GTID does not tell the same offsets as the first time. */
    static String choice(Change.Begin statement) {
        return statement.id().isEmpty() ? place(statement) : statement.id();
    }
}
