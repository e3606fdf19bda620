package io.opendts.task;

import io.opendts.model.ObjectName;
import io.opendts.model.Position;
import io.opendts.model.SchemaObject;
import io.opendts.model.TableId;
import io.opendts.state.Progress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An object of the source that the target did not take yet. The source's catalog is ahead of what has been followed of its log, so the
 * target may lack what the object needs. Kept in the state store; the task's apply worker alone tries it again.
 *
 * @param statement where the statement stands that has named it
 * @param until     from there on the target has all that the source had when it was looked at; empty where the source itself
 *                  cannot open it, and it waits for whatever may come
 * @param digest    of what it was like then
 */
public record WaitingObject(ObjectName name, Position statement, Optional<Position> until, String digest) {

    private static final String PREFIX = "object.waiting.";

    /** All of a task's. */
    public static List<WaitingObject> of(Progress progress, String task) {
        return progress.all(task, PREFIX).values().stream().map(WaitingObject::parsed).toList();
    }

    /** Whether some are of which it is known when they must be there. */
    public static boolean areDue(Progress progress, String task) {
        return of(progress, task).stream().anyMatch(one -> one.until.isPresent());
    }

    public void put(Progress progress, String task) {
        progress.put(task, fact(name), FactWords.joined(Stream.of(name.kind().name(), name.id().database(), name.id().name(),
                statement.text(), until.map(Position::text).orElse(""), digest)));
    }

    public static void remove(Progress progress, String task, ObjectName name) {
        progress.remove(task, fact(name));
    }

    private static String fact(ObjectName name) {
        return PREFIX + FactWords.name(name.kind().name(), name.id().database(), name.id().name());
    }

    private static WaitingObject parsed(String text) {
        List<String> words = FactWords.split(text);
        return new WaitingObject(new ObjectName(SchemaObject.Kind.valueOf(words.get(0)), new TableId(words.get(1), words.get(2))),
                new Position(words.get(3)), Optional.of(words.get(4)).filter(until -> !until.isEmpty()).map(Position::new), words.get(5));
    }
}
