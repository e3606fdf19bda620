package io.opendts.task;

import io.opendts.model.ObjectName;
import io.opendts.model.SchemaObject;
import io.opendts.model.TableId;
import io.opendts.state.Progress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The objects without rows that a task has made on its target, or found there under their names, and what the source's were like then.
 * Kept in the state store. What is not here is the target's own.
 */
public record MadeObjects(Progress progress, String task) {

    private static final String PREFIX = "object.made.";

    public static MadeObjects of(TaskContext task) {
        return new MadeObjects(task.store().progress(), task.name());
    }

    /** Several of one name where a package has a body. */
    public static Map<ObjectName, List<SchemaObject>> byName(List<SchemaObject> objects) {
        Map<ObjectName, List<SchemaObject>> byName = new LinkedHashMap<>();
        objects.forEach(object -> byName.computeIfAbsent(ObjectName.of(object), _ -> new ArrayList<>()).add(object));
        return byName;
    }

    /** The same while their texts are: how far a sequence has come, and what the defaults around a routine were once, is no change. */
    public static String digest(List<SchemaObject> objects) {
        return FactWords.digest(objects.stream().flatMap(object -> Stream.of(object.definition(), object.sqlMode()))
                .toArray(String[]::new));
    }

    /** What each was like. */
    public Map<ObjectName, String> digests() {
        Map<ObjectName, String> digests = new HashMap<>();
        progress.all(task, PREFIX).values().forEach(text -> {
            List<String> words = FactWords.split(text);
            digests.put(new ObjectName(SchemaObject.Kind.valueOf(words.get(0)), new TableId(words.get(1), words.get(2))), words.get(3));
        });
        return digests;
    }

    public void put(Map<ObjectName, List<SchemaObject>> made) {
        Map<String, String> facts = new HashMap<>();
        made.forEach((name, objects) -> facts.put(fact(name), FactWords.joined(Stream.of(name.kind().name(), name.id().database(),
                name.id().name(), digest(objects)))));
        progress.putAll(task, facts);
    }

    public void remove(ObjectName name) {
        progress.remove(task, fact(name));
    }

    private static String fact(ObjectName name) {
        return PREFIX + FactWords.name(name.kind().name(), name.id().database(), name.id().name());
    }
}
