package io.opendts.spec;

import io.opendts.spec.FieldType.AutoOrWhole;
import io.opendts.spec.FieldType.Choice;
import io.opendts.spec.FieldType.ChoiceOrList;
import io.opendts.spec.FieldType.ChoiceOrMap;
import io.opendts.spec.FieldType.Flag;
import io.opendts.spec.FieldType.ListOf;
import io.opendts.spec.FieldType.Nested;
import io.opendts.spec.FieldType.Positive;
import io.opendts.spec.FieldType.Scalar;
import io.opendts.spec.FieldType.Text;
import io.opendts.spec.FieldType.TextMap;
import io.opendts.spec.FieldType.Whole;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The definition of the task file as JSON Schema and as Markdown. */
public final class TaskSchema {

    private static final Map<String, Object> REFERENCE = Map.of("$ref", "#/$defs/reference");
    private static final Map<String, Object> NOTHING = Map.of("type", "null");

    private TaskSchema() {}

    /** JSON Schema, draft 2020-12. */
    public static String json() {
        Map<String, Object> root = new LinkedHashMap<>();
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", "OpenDTS task file");
        root.putAll(section(TaskFields.TASK));
        root.put("$defs", Map.of("reference", ordered("type", "string", "pattern", "\\$\\{[^}]+\\}",
                "description", "${NAME} reads an environment variable, ${file:/path} a file.")));
        return JsonText.of(root);
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put((String) pairs[i], pairs[i + 1]);
        }
        return map;
    }

    private static Map<String, Object> section(Section section) {
        Map<String, Object> properties = new LinkedHashMap<>();
        List<String> required = new ArrayList<>();
        List<Object> conditions = new ArrayList<>();
        for (Field field : section.fields()) {
            properties.put(field.name(), field(field));
            boolean always = field.applies().equals(Applies.ALWAYS);
            if (field.required() && (always || section.field("engine").isPresent() && field.name().equals("engine"))) {
                required.add(field.name());
            }
            conditions.addAll(conditions(section, field));
        }
        Map<String, Object> schema = ordered("type", "object", "additionalProperties", false, "properties", properties);
        if (!required.isEmpty()) {
            schema.put("required", required);
        }
        if (!conditions.isEmpty()) {
            schema.put("allOf", conditions);
        }
        return schema;
    }

    /** Where a key makes no sense: the same as the reader's refusal, for editors. */
    private static List<Object> conditions(Section section, Field field) {
        List<Object> conditions = new ArrayList<>();
        Applies applies = field.applies();
        if (section.title().equals("source") || section.title().equals("target")) {
            Set<EngineName> engines = section.title().equals("source") ? applies.sources() : applies.targets();
            Set<EngineName> side = section.title().equals("source") ? EngineName.sources() : EngineName.targets();
            if (!engines.containsAll(side)) {
                Map<String, Object> when = Map.of("properties", ordered("engine", Map.of("enum", Choice.of(engines).keys())));
                Map<String, Object> then = field.required() ? Map.of("required", List.of(field.name())) : Map.of();
                conditions.add(ordered("if", when, "then", then, "else", absent(field)));
            }
        } else if (section == TaskFields.TASK) {
            if (!applies.sources().containsAll(EngineName.sources())) {
                conditions.add(ordered("if", side("source", applies.sources()), "else", absent(field)));
            }
            if (!applies.targets().containsAll(EngineName.targets())) {
                conditions.add(ordered("if", side("target", applies.targets()), "else", absent(field)));
            }
            if (!applies.types().containsAll(Set.of(TaskType.values()))) {
                Map<String, Object> types = ordered("type", Map.of("enum", Choice.of(applies.types()).keys()));
                conditions.add(ordered("if", Map.of("properties", types), "else", absent(field)));
            }
        }
        return conditions;
    }

    private static Map<String, Object> side(String side, Set<EngineName> engines) {
        return Map.of("properties", ordered(side, Map.of("properties", ordered("engine", Map.of("enum", Choice.of(engines).keys())))));
    }

    private static Map<String, Object> absent(Field field) {
        return Map.of("properties", ordered(field.name(), NOTHING));
    }

    private static Map<String, Object> field(Field field) {
        Map<String, Object> schema = ordered("description", field.says());
        if (!field.otherwise().isEmpty()) {
            schema.put("description", field.says() + " Default: " + field.otherwise());
        }
        schema.put("examples", List.of(field.example()));
        List<Object> forms = new ArrayList<>(forms(field.type()));
        if (!field.required()) {
            forms.add(NOTHING);
        }
        schema.put("anyOf", forms);
        return schema;
    }

    private static List<Object> forms(FieldType type) {
        return switch (type) {
            case Text text -> text.pattern().isEmpty()
                    ? List.of(Map.of("type", "string"))
                    : List.of(ordered("type", "string", "pattern", text.pattern()), REFERENCE);
            case Choice choice -> List.of(Map.of("enum", choice.keys()), REFERENCE);
            case Flag flag -> List.of(Map.of("type", "boolean"), REFERENCE);
            case Whole whole -> List.of(whole.max() == Long.MAX_VALUE ? ordered("type", "integer", "minimum", whole.min())
                    : ordered("type", "integer", "minimum", whole.min(), "maximum", whole.max()), REFERENCE);
            case Positive positive -> List.of(ordered("type", "number", "exclusiveMinimum", 0), REFERENCE);
            case AutoOrWhole auto -> List.of(Map.of("const", "auto"), ordered("type", "integer", "minimum", 1, "maximum", auto.max()),
                    REFERENCE);
            case ListOf list -> {
                Map<String, Object> schema = ordered("type", "array", "items", Map.of("anyOf", forms(list.element())));
                if (list.nonEmpty()) {
                    schema.put("minItems", 1);
                }
                yield List.of(schema);
            }
            case ChoiceOrList either -> {
                List<Object> both = new ArrayList<>(forms(either.choice()));
                both.addAll(forms(either.list()));
                yield both;
            }
            case Nested nested -> List.of(section(nested.section()));
            case ChoiceOrMap either -> {
                List<Object> both = new ArrayList<>(forms(either.choice()));
                both.addAll(forms(either.map()));
                yield both;
            }
            case TextMap(Choice keys, Scalar value) -> List.of(ordered("type", "object", "propertyNames", Map.of("enum", keys.keys()),
                    "additionalProperties", Map.of("anyOf", forms(value))));
            case TextMap map -> List.of(ordered("type", "object", "additionalProperties", Map.of("type", "string")));
        };
    }

    /** Every key with its meaning, for people. */
    public static String markdown() {
        StringBuilder out = new StringBuilder("# The task file\n");
        markdown(TaskFields.TASK, out);
        return out.toString();
    }

    private static void markdown(Section section, StringBuilder out) {
        out.append("\n## ").append(section.title()).append("\n\n| key | value | default | meaning | example |\n|---|---|---|---|---|\n");
        for (Field field : section.fields()) {
            String otherwise = field.required() ? "must be there" : field.otherwise().isEmpty() ? "" : "`" + field.otherwise() + "`";
            out.append("| `").append(field.name()).append("` | ").append(words(field.type())).append(" | ").append(otherwise).append(" | ")
                    .append(field.says()).append(where(section, field)).append(" | `").append(field.example()).append("` |\n");
        }
        for (Field field : section.fields()) {
            FieldType type = field.type() instanceof ListOf list ? list.element() : field.type();
            if (type instanceof Nested(Section inner)) {
                markdown(inner, out);
            }
        }
    }

    private static String where(Section section, Field field) {
        StringBuilder where = new StringBuilder();
        if (!field.applies().sources().containsAll(EngineName.sources()) && !section.title().equals("target")) {
            where.append(" Sources: ").append(String.join(", ", Choice.of(field.applies().sources()).keys())).append('.');
        }
        if (!field.applies().targets().containsAll(EngineName.targets()) && !section.title().equals("source")) {
            where.append(" Targets: ").append(String.join(", ", Choice.of(field.applies().targets()).keys())).append('.');
        }
        return where.toString();
    }

    private static String words(FieldType type) {
        return switch (type) {
            case Scalar scalar -> scalar.expects();
            case ListOf list -> list.element() instanceof Nested ? "a list of mappings" : "a list; each: " + words(list.element());
            case ChoiceOrList either -> words(either.choice()) + "; or " + words(either.list());
            case ChoiceOrMap either -> words(either.choice()) + "; or a mapping of kinds to one of these";
            case Nested nested -> "see below";
            case TextMap map -> "a mapping of texts";
        };
    }
}
