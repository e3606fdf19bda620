package io.opendts.spec;

import io.opendts.spec.FieldType.Choice;
import io.opendts.spec.FieldType.ChoiceOrList;
import io.opendts.spec.FieldType.ChoiceOrMap;
import io.opendts.spec.FieldType.ListOf;
import io.opendts.spec.FieldType.Nested;
import io.opendts.spec.FieldType.Parsed;
import io.opendts.spec.FieldType.Scalar;
import io.opendts.spec.FieldType.Text;
import io.opendts.spec.FieldType.TextMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** Holds nodes against the definition: types, unknown, doubled and missing keys, defaults. */
final class TreeReader {

    /** What stands for a secret in a canonical text; nobody can mean it as a value. */
    static final String KEPT_SECRET = "(secret)";
    private static final int SHOWN_CHARS_MAX = 60;

    private final Environment environment;
    private final Problems problems;
    private final Applies.Context context;

    TreeReader(Environment environment, Problems problems, Applies.Context context) {
        this.environment = environment;
        this.problems = problems;
        this.context = context;
    }

    /** The task's type and engines, read ahead: which keys make sense depends on them. */
    static Applies.Context context(MappingNode root, Environment environment) {
        Optional<String> type = peek(root, "type", environment);
        return new Applies.Context(
                type.flatMap(word -> Arrays.stream(TaskType.values()).filter(t -> t.key().equals(word)).findFirst()),
                child(root, "source").flatMap(node -> peek(node, "engine", environment)).flatMap(EngineName::of)
                        .filter(EngineName.sources()::contains),
                child(root, "target").flatMap(node -> peek(node, "engine", environment)).flatMap(EngineName::of)
                        .filter(EngineName.targets()::contains));
    }

    private static Optional<Node> child(Node node, String key) {
        if (node instanceof MappingNode mapping) {
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode() instanceof ScalarNode name && name.getValue().equals(key)) {
                    return Optional.of(tuple.getValueNode());
                }
            }
        }
        return Optional.empty();
    }

    private static Optional<String> peek(Node node, String key, Environment environment) {
        return child(node, key).filter(ScalarNode.class::isInstance).map(value -> ((ScalarNode) value).getValue())
                .flatMap(text -> References.resolve(text, environment, new Place(0, 0, key), new Problems()));
    }

    Item.Group group(MappingNode node, Section section, Place at, Applies.Context here) {
        Map<String, Node> values = new LinkedHashMap<>();
        Map<String, Place> places = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Place keyPlace = at.at(tuple.getKeyNode().getStartMark().getLine() + 1, tuple.getKeyNode().getStartMark().getColumn() + 1);
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                problems.add(keyPlace, SpecCode.SYNTAX, "a list or mapping stands where a key should", "Write `key: value`.");
                continue;
            }
            String key = keyNode.getValue();
            Optional<Field> field = section.field(key);
            Place place = keyPlace.key(shown(key));
            if (places.containsKey(key)) {
                problems.add(place, SpecCode.DUPLICATE_KEY,
                        "`" + shown(key) + "` stands here a second time; the first is in line " + places.get(key).line(),
                        "Remove one of the two.");
            } else if (field.isEmpty()) {
                KeyAdvice.unknown(place, key, shown(key), section, here, problems);
            } else if (!absent(tuple.getValueNode())) {
                values.put(key, tuple.getValueNode());
            }
            places.putIfAbsent(key, place);
        }
        return new Item.Group(at, section, known(section, at, here, values, places));
    }

    private Map<String, Item> known(Section section, Place at, Applies.Context here, Map<String, Node> values, Map<String, Place> places) {
        Map<String, Item> entries = new LinkedHashMap<>();
        for (Field field : section.fields()) {
            Optional<String> refusal = field.applies().refusal(here);
            Node value = values.get(field.name());
            if (value == null) {
                if (field.required() && needed(section, field, here) && !problems.concern(at.key(field.name()).path())) {
                    Place where = places.containsKey(field.name()) ? places.get(field.name()) : at.key(field.name());
                    problems.add(where, SpecCode.MISSING_KEY, "`" + field.name() + "` is missing" + (at.path().isEmpty() ? "" : " in "
                            + at.path()),
                            "Add it, for example `" + field.name() + ": " + field.example() + "`.");
                } else if (refusal.isEmpty() || !section.title().startsWith("source") && !section.title().startsWith("target")) {
                    Defaults.of(field, here, at.key(field.name())).ifPresent(item -> entries.put(field.name(), item));
                }
                continue;
            }
            Place place = places.get(field.name());
            if (refusal.isPresent()) {
                problems.add(place, SpecCode.KEY_DOES_NOT_APPLY, "`" + field.name() + "` cannot stand here: " + refusal.get(),
                        "Remove it.");
                continue;
            }
            read(value, field.type(), place, field.example(), here).ifPresent(item -> entries.put(field.name(), item));
        }
        return entries;
    }

    /** Whether a required key is called for: where the engine is unknown, its keys are not. */
    private static boolean needed(Section section, Field field, Applies.Context here) {
        boolean known = switch (section.title()) {
            case "source" -> here.source().isPresent() || field.applies().sources().containsAll(EngineName.sources());
            case "target" -> here.target().isPresent() || field.applies().targets().containsAll(EngineName.targets());
            default -> true;
        };
        return known && field.applies().refusal(here).isEmpty();
    }

    private Optional<? extends Item> read(Node node, FieldType type, Place at, String example, Applies.Context here) {
        return switch (type) {
            case Scalar scalar -> node instanceof ScalarNode text ? leaf(text, scalar, at, example) : wrongKind(node, "a single value", at,
                    example);
            case Nested nested -> node instanceof MappingNode mapping
                    ? Optional.of(group(mapping, nested.section(), at, inside(nested.section(), here)))
                    : wrongKind(node, "a mapping", at, example);
            case ListOf list -> node instanceof SequenceNode sequence ? list(sequence, list, at, example, here) : wrongKind(node, "a list",
                    at, example);
            case ChoiceOrList either -> node instanceof SequenceNode ? read(node, either.list(), at, "[id]", here) : read(node,
                    either.choice(), at, example, here);
            case ChoiceOrMap either -> node instanceof MappingNode ? read(node, either.map(), at, example, here) : read(node,
                    either.choice(), at, example, here);
            case TextMap map -> node instanceof MappingNode mapping ? pairs(mapping, map, at, example) : wrongKind(node, "a mapping", at,
                    example);
        };
    }

    private Applies.Context inside(Section section, Applies.Context here) {
        return switch (section.title()) {
            case "source" -> new Applies.Context(Optional.empty(), context.source(), Optional.empty());
            case "target" -> new Applies.Context(Optional.empty(), Optional.empty(), context.target());
            default -> here;
        };
    }

    private Optional<Item> wrongKind(Node node, String wanted, Place at, String example) {
        String is = node instanceof ScalarNode ? "a single value" : node instanceof SequenceNode ? "a list" : "a mapping";
        problems.add(at, SpecCode.BAD_VALUE, "`" + last(at) + "` is " + is + "; it must be " + wanted, "Write it like `" + last(at) + ": "
                + example + "`.");
        return Optional.empty();
    }

    private Optional<Item.Leaf> leaf(ScalarNode node, Scalar type, Place at, String example) {
        String raw = node.getValue();
        boolean secret = type instanceof Text text && text.secret();
        Optional<String> resolved = References.any(raw) ? References.resolve(raw, environment, at, problems) : Optional.of(raw);
        if (resolved.isEmpty()) {
            return Optional.empty();
        }
        if (secret && raw.equals(KEPT_SECRET)) {
            problems.add(at, SpecCode.BAD_VALUE, "`" + last(at) + "` was left out of this text, because it is secret",
                    "Write it in again, best as ${NAME}.");
            return Optional.empty();
        }
        return switch (type.parse(resolved.get())) {
            case Parsed.Good(Object value) -> Optional.of(new Item.Leaf(at, raw, value, secret));
            case Parsed.Bad(SpecCode kind, String why) -> {
                String reason = References.any(raw) ? "does not stand for what is wanted" : why;
                problems.add(at, kind, "`" + last(at) + (secret ? "` " : "` is \"" + shown(raw) + "\", which ") + reason,
                        "It must be " + type.expects() + ", for example `" + example + "`.");
                yield Optional.empty();
            }
        };
    }

    private Optional<Item> list(SequenceNode node, ListOf type, Place at, String example, Applies.Context here) {
        List<Item> items = new ArrayList<>();
        Map<Object, Place> seen = new LinkedHashMap<>();
        int index = 0;
        for (Node child : node.getValue()) {
            Place place = at.index(index++, child.getStartMark().getLine() + 1, child.getStartMark().getColumn() + 1);
            if (absent(child)) {
                problems.add(place, SpecCode.BAD_VALUE, "an entry of `" + last(at) + "` is empty", "Fill it in or remove it.");
                continue;
            }
            Optional<? extends Item> item = read(child, type.element(), place, element(example), here);
            item.ifPresent(items::add);
            if (item.isPresent() && item.get() instanceof Item.Leaf leaf && seen.putIfAbsent(leaf.value(), place) != null) {
                problems.add(place, SpecCode.CONTRADICTION, "`" + last(at) + "` names \"" + shown(leaf.raw()) + "\" twice",
                        "Remove one of the two.");
            }
        }
        if (type.nonEmpty() && node.getValue().isEmpty()) {
            problems.add(at, SpecCode.BAD_VALUE, "`" + last(at) + "` is an empty list", "Name at least one, for example `" + last(at)
                    + ": " + example + "`.");
        }
        return Optional.of(new Item.Listing(at, items));
    }

    private static String element(String example) {
        return example.startsWith("[") && example.length() > 2 ? example.substring(1, example.length() - 1).split(", ")[0] : example;
    }

    private Optional<Item> pairs(MappingNode node, TextMap type, Place at, String example) {
        Map<String, Item.Leaf> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : node.getValue()) {
            Place here = at.at(tuple.getKeyNode().getStartMark().getLine() + 1, tuple.getKeyNode().getStartMark().getColumn() + 1);
            if (!(tuple.getKeyNode() instanceof ScalarNode key) || !(tuple.getValueNode() instanceof ScalarNode value)) {
                problems.add(here, SpecCode.BAD_VALUE, "`" + last(at) + "` takes single values only", "Write it like `" + last(at) + ": "
                        + example + "`.");
                continue;
            }
            Place place = here.key(shown(key.getValue()));
            if (type.key().parse(key.getValue()) instanceof Parsed.Bad(SpecCode kind, String why)) {
                problems.add(place, kind, "the key \"" + shown(key.getValue()) + "\" of `" + last(at) + "` " + why, "It must be "
                        + type.key().expects() + ".");
            } else if (entries.containsKey(key.getValue())) {
                problems.add(place, SpecCode.DUPLICATE_KEY, "`" + last(at) + "` has \"" + shown(key.getValue()) + "\" twice",
                        "Remove one of the two.");
            } else if (absent(value)) {
                problems.add(place, SpecCode.MISSING_KEY, "\"" + shown(key.getValue()) + "\" of `" + last(at) + "` has no value",
                        "Fill it in or remove it.");
            } else {
                String one = type.value() instanceof Choice choice ? choice.keys().getFirst() : "text";
                leaf(value, type.value(), place, one).ifPresent(leaf -> entries.put(key.getValue(), leaf));
            }
        }
        return Optional.of(new Item.Pairs(at, entries));
    }

    /** A key without a value, `~` or `null`: the same as no key. */
    private static boolean absent(Node node) {
        return node instanceof ScalarNode scalar && scalar.getScalarStyle() == ScalarStyle.PLAIN
                && (scalar.getValue().isEmpty() || scalar.getValue().equals("~") || scalar.getValue().equals("null"));
    }

    private static String last(Place at) {
        return at.path().substring(at.path().lastIndexOf('.') + 1);
    }

    /** Short and on one line; `password:hunter2` without a blank is one long key, of which only the name may be seen. */
    static String shown(String text) {
        int secret = text.toLowerCase(Locale.ROOT).matches("(?s).*(pass|secret|token)\\w*[:=].*") ? text.indexOf(text.contains(":") ? ':'
                : '=') : -1;
        String safe = (secret >= 0 ? text.substring(0, secret) : text).replaceAll("\\p{Cntrl}", "?").replaceAll("(://|^)\\S*@", "$1...@");
        return safe.length() <= SHOWN_CHARS_MAX ? safe : safe.substring(0, SHOWN_CHARS_MAX) + "...";
    }
}
