package io.opendts.spec;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * A task file as it is kept and compared: keys in the order of the definition, defaults left out, references as they stand,
 * other secrets as "(secret)". A key with its default written out, or a new key of a later version, changes nothing.
 */
public final class Canonical {

    private final Map<String, Object> tree;

    private Canonical(Map<String, Object> tree) {
        this.tree = tree;
    }

    static Canonical of(Item.Group task, Applies.Context context) {
        return new Canonical(group(task, context));
    }

    public String json() {
        return JsonText.of(tree);
    }

    /** Equal for tasks that mean the same, but for the values of secrets. */
    public String hash() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(json().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    public String yaml() {
        StringBuilder out = new StringBuilder();
        block(tree, "", out);
        return out.toString();
    }

    private static Map<String, Object> group(Item.Group group, Applies.Context context) {
        Map<String, Object> out = new LinkedHashMap<>();
        for (Field field : group.section().fields()) {
            Optional<Item> item = group.get(field.name());
            if (item.isEmpty() || item.get().at().line() == 0) {
                continue;
            }
            Object value = plain(item.get(), context);
            boolean empty = value instanceof Map<?, ?> map && map.isEmpty();
            Optional<Object> standard = Defaults.of(field, context, group.at()).map(other -> plain(other, context));
            if (!empty && !standard.equals(Optional.of(value))) {
                out.put(field.name(), value);
            }
        }
        return out;
    }

    private static Object plain(Item item, Applies.Context context) {
        return switch (item) {
            case Item.Leaf leaf -> leaf(leaf);
            case Item.Listing listing -> sorted(listing, context);
            case Item.Pairs pairs -> {
                Map<String, Object> out = new LinkedHashMap<>();
                pairs.entries().entrySet().stream().sorted(Map.Entry.comparingByKey()).forEach(entry -> out.put(entry.getKey(),
                        leaf(entry.getValue())));
                yield out;
            }
            case Item.Group group -> group(group, context);
        };
    }

    /** Stages and operations are sets: their order in the file means nothing. */
    private static List<Object> sorted(Item.Listing listing, Applies.Context context) {
        boolean set = !listing.items().isEmpty()
                && listing.items().stream().allMatch(item -> item instanceof Item.Leaf leaf && leaf.value() instanceof Enum<?>);
        return listing.items().stream()
                .sorted((a, b) -> set ? Integer.compare(ordinal(a), ordinal(b)) : 0)
                .map(item -> plain(item, context)).toList();
    }

    private static int ordinal(Item item) {
        return ((Enum<?>) ((Item.Leaf) item).value()).ordinal();
    }

    private static Object leaf(Item.Leaf leaf) {
        if (leaf.secret()) {
            return References.isOne(leaf.raw()) ? leaf.raw() : TreeReader.KEPT_SECRET;
        }
        if (References.any(leaf.raw())) {
            return leaf.raw();
        }
        return switch (leaf.value()) {
            case Long number -> number;
            case BigDecimal number -> new BigDecimal(number.stripTrailingZeros().toPlainString());
            case Boolean flag -> flag;
            case OptionalInt workers when workers.isPresent() -> workers.getAsInt();
            case Object other -> leaf.raw();
        };
    }

    private static void block(Map<String, Object> map, String indent, StringBuilder out) {
        map.forEach((key, value) -> {
            out.append(indent).append(scalar(key)).append(':');
            switch (value) {
                case Map<?, ?> inner -> {
                    out.append('\n');
                    block(keyed(inner), indent + "  ", out);
                }
                case List<?> list when !list.isEmpty() && list.getFirst() instanceof Map<?, ?> -> {
                    out.append('\n');
                    for (Object element : list) {
                        StringBuilder entry = new StringBuilder();
                        block(keyed((Map<?, ?>) element), indent + "    ", entry);
                        out.append(indent).append("  - ").append(entry.substring(indent.length() + 4));
                    }
                }
                case List<?> list -> out.append(list.stream().map(Canonical::scalar)
                        .collect(Collectors.joining(", ", " [", "]\n")));
                case Object single -> out.append(' ').append(scalar(single)).append('\n');
            }
        });
    }

    private static Map<String, Object> keyed(Map<?, ?> map) {
        Map<String, Object> out = new LinkedHashMap<>();
        map.forEach((key, value) -> out.put((String) key, value));
        return out;
    }

    private static String scalar(Object value) {
        boolean plain = !(value instanceof String text) || text.matches("[A-Za-z][A-Za-z0-9_.-]*")
                && !text.matches("(?i)null|true|false|yes|no|on|off");
        return plain ? value.toString() : JsonText.of(value);
    }
}
