package io.opendts.spec;

import io.opendts.spec.FieldType.ChoiceOrList;
import io.opendts.spec.FieldType.ChoiceOrMap;
import io.opendts.spec.FieldType.ListOf;
import io.opendts.spec.FieldType.Nested;
import io.opendts.spec.FieldType.Parsed;
import io.opendts.spec.FieldType.Scalar;
import io.opendts.spec.FieldType.TextMap;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The values of keys that a file leaves out, read from the definition by the same types. They stand at line 0. */
final class Defaults {

    private Defaults() {}

    static Optional<Item> of(Field field, Applies.Context context, Place section) {
        Place at = new Place(0, 0, section.path());
        String text = field.defaultIn(context);
        return switch (field.type()) {
            case Nested nested -> nested.section().fields().stream().anyMatch(Field::required)
                    ? Optional.empty() : Optional.of(group(nested.section(), context, at));
            case TextMap map -> Optional.of(new Item.Pairs(at, Map.of()));
            case Scalar scalar -> text.isEmpty() ? Optional.empty() : Optional.of(leaf(scalar, text, at));
            case ChoiceOrList either -> text.isEmpty() ? Optional.empty() : Optional.of(leaf(either.choice(), text, at));
            case ChoiceOrMap either -> text.isEmpty() ? Optional.empty() : Optional.of(leaf(either.choice(), text, at));
            case ListOf list -> text.isEmpty() ? Optional.empty() : Optional.of(listing(list, text, at));
        };
    }

    private static Item.Group group(Section section, Applies.Context context, Place at) {
        Map<String, Item> entries = new LinkedHashMap<>();
        for (Field field : section.fields()) {
            of(field, context, at.key(field.name())).ifPresent(item -> entries.put(field.name(), item));
        }
        return new Item.Group(at, section, entries);
    }

    private static Item leaf(Scalar type, String text, Place at) {
        String plain = text.startsWith("\"") ? text.substring(1, text.length() - 1) : text;
        return switch (type.parse(plain)) {
            case Parsed.Good(Object value) -> new Item.Leaf(at, plain, value, false);
            case Parsed.Bad bad -> throw new IllegalStateException("the default " + text + " of " + at.path() + " " + bad.why());
        };
    }

    private static Item listing(ListOf type, String text, Place at) {
        List<Item> items = new ArrayList<>();
        String inner = text.substring(1, text.length() - 1);
        for (String element : inner.isEmpty() ? new String[0] : inner.split(", ")) {
            items.add(leaf((Scalar) type.element(), element, at));
        }
        return new Item.Listing(at, items);
    }
}
