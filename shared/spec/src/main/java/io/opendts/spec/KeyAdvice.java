package io.opendts.spec;

import io.opendts.spec.FieldType.ListOf;
import io.opendts.spec.FieldType.Nested;
import java.util.Optional;

/** What somebody meant who wrote a key that is not known. */
final class KeyAdvice {

    private KeyAdvice() {}

    static void unknown(Place at, String key, String shown, Section section, Applies.Context context, Problems problems) {
        if (key.equals("<<")) {
            problems.add(at, SpecCode.UNKNOWN_KEY, "`<<` would merge another mapping, which a task file cannot", "Write the keys out.");
            return;
        }
        int colon = key.indexOf(':');
        if (colon > 0 && section.field(key.substring(0, colon)).isPresent()) {
            String known = key.substring(0, colon);
            problems.misspelled(at.sibling(known).path());
            problems.add(at, SpecCode.UNKNOWN_KEY, "`" + known + ":` has no blank after its colon", "Write `" + known + ": value`.");
            return;
        }
        Optional<String> near = Nearest.of(key, section.names(context));
        near.ifPresent(name -> problems.misspelled(at.sibling(name).path()));
        Optional<String> elsewhere = near.isPresent() ? Optional.empty() : home(key, TaskFields.TASK);
        String remedy = near.map(name -> "Did you mean `" + name + "`?")
                .or(() -> elsewhere.map(title -> "`" + shown + "` belongs under " + title + "."))
                .orElseGet(() -> "Known here: " + String.join(", ", section.names(context)) + ".");
        String where = section.title().equals("task") ? "at the top level" : "in " + section.title();
        problems.add(at, SpecCode.UNKNOWN_KEY, "`" + shown + "` is not a key that is known " + where, remedy);
    }

    private static Optional<String> home(String key, Section section) {
        if (section.field(key).isPresent()) {
            return Optional.of(section.title().equals("task") ? "the top level" : "`" + section.title() + "`");
        }
        for (Field field : section.fields()) {
            FieldType type = field.type() instanceof ListOf list ? list.element() : field.type();
            if (type instanceof Nested(Section inner)) {
                Optional<String> found = home(key, inner);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
