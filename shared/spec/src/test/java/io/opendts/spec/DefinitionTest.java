package io.opendts.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.spec.FieldType.ListOf;
import io.opendts.spec.FieldType.Nested;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** One definition: what it says, the schema and the reference say, and its examples hold. */
class DefinitionTest {

    private static List<Section> sections(Section section) {
        List<Section> all = new ArrayList<>(List.of(section));
        for (Field field : section.fields()) {
            FieldType type = field.type() instanceof ListOf list ? list.element() : field.type();
            if (type instanceof Nested(Section inner)) {
                all.addAll(sections(inner));
            }
        }
        return all;
    }

    @Test
    void everyKeyIsInTheSchemaAndInTheReference() {
        Object schema = new Yaml(new SafeConstructor(new LoaderOptions())).load(TaskSchema.json());
        assertThat(schema).isNotNull();
        for (Section section : sections(TaskFields.TASK)) {
            String page = TaskSchema.markdown().split("\n## " + java.util.regex.Pattern.quote(section.title()) + "\n")[1].split("\n## ")[0];
            for (Field field : section.fields()) {
                assertThat(TaskSchema.json()).contains("\"" + field.name() + "\":{\"description\":");
                assertThat(page).contains("| `" + field.name() + "` |").contains(field.says());
            }
        }
    }

    @Test
    void everyExampleIsAcceptedByItsOwnKey() {
        for (Section section : sections(TaskFields.TASK)) {
            for (Field field : section.fields()) {
                Problems problems = new Problems();
                Applies.Context context = new Applies.Context(java.util.Optional.empty(), java.util.Optional.empty(),
                        java.util.Optional.empty());
                Section alone = new Section("example", List.of(field.only(Applies.ALWAYS)));
                YamlText.compose(field.name() + ": " + field.example(), problems).ifPresent(node -> new TreeReader(
                        reference -> java.util.Optional.of("x"), problems, context)
                        .group((org.yaml.snakeyaml.nodes.MappingNode) node, alone, new Place(1, 1, ""), context));
                assertThat(problems.inFileOrder()).as(section.title() + " " + field.name()).isEmpty();
            }
        }
    }

    @Test
    void theSchemaIsShort() {
        assertThat(TaskSchema.json().length()).isLessThan(64 * 1024);
    }
}
