package io.opendts.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A value of the file that its type has accepted. */
sealed interface Item {

    Place at();

    /** @param raw as it stands in the file, references unresolved */
    record Leaf(Place at, String raw, Object value, boolean secret) implements Item {}

    record Listing(Place at, List<Item> items) implements Item {}

    /** Free keys with texts. */
    record Pairs(Place at, Map<String, Leaf> entries) implements Item {}

    /** Known keys, in the order of their definition; those without value and default are absent. */
    record Group(Place at, Section section, Map<String, Item> entries) implements Item {

        Optional<Item> get(String key) {
            if (section.field(key).isEmpty()) {
                throw new IllegalArgumentException(section.title() + " has no key " + key);
            }
            return Optional.ofNullable(entries.get(key));
        }

        <T> Optional<T> value(String key, Class<T> type) {
            return get(key).filter(Leaf.class::isInstance).map(item -> type.cast(((Leaf) item).value()));
        }

        Optional<Group> group(String key) {
            return get(key).map(Group.class::cast);
        }

        List<Item> items(String key) {
            return get(key).filter(Listing.class::isInstance).map(item -> ((Listing) item).items()).orElse(List.of());
        }

        Map<String, Leaf> pairs(String key) {
            return get(key).map(item -> ((Pairs) item).entries()).orElse(Map.of());
        }

        /** Where a key stands, or this section where it has the default. */
        Place place(String key) {
            return get(key).map(Item::at).filter(place -> place.line() > 0).orElse(at);
        }

        /** Whether the file has the key: a default stands at line 0. */
        boolean written(String key) {
            return get(key).isPresent() && get(key).get().at().line() > 0;
        }
    }
}
