package io.opendts.spec;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A mapping of the task file with known keys. */
record Section(String title, List<Field> fields) {

    static Section of(String title, Field... fields) {
        return new Section(title, List.of(fields));
    }

    Optional<Field> field(String name) {
        for (Field field : fields) {
            if (field.name().equals(name)) {
                return Optional.of(field);
            }
        }
        return Optional.empty();
    }

    List<String> names(Applies.Context context) {
        List<String> names = new ArrayList<>();
        for (Field field : fields) {
            if (field.applies().refusal(context).isEmpty()) {
                names.add(field.name());
            }
        }
        return names;
    }
}
