package io.opendts.spec;

import io.opendts.spec.Environment.Reference;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/** The door of this module: from a task file, YAML or JSON, to a task or to all of its mistakes. */
public final class TaskFile {

    private static final Place WHOLE = new Place(0, 0, "");

    /** What came of a file. */
    public sealed interface Result {
        record Valid(TaskSpec spec, Canonical canonical) implements Result {}

        /** In the order of the file; never empty. */
        record Invalid(List<SpecProblem> problems) implements Result {}
    }

    private TaskFile() {}

    public static Result read(Path file, Environment environment) {
        Problems problems = new Problems();
        return content(file, problems).map(text -> parse(text, environment)).orElseGet(() -> new Result.Invalid(problems.inFileOrder()));
    }

    public static Result parse(String text, Environment environment) {
        Problems problems = new Problems();
        Optional<Node> root = YamlText.compose(text, problems);
        if (root.isEmpty()) {
            return new Result.Invalid(problems.inFileOrder());
        }
        if (!(root.get() instanceof MappingNode mapping)) {
            problems.add(new Place(1, 1, ""), SpecCode.SYNTAX, "the file holds no keys",
                    "Begin with `name:`, `type:`, `source:`, `target:` and `objects:`.");
            return new Result.Invalid(problems.inFileOrder());
        }
        Applies.Context context = TreeReader.context(mapping, environment);
        Item.Group task = new TreeReader(environment, problems, context)
                .group(mapping, TaskFields.TASK, new Place(1, 1, ""), context);
        new TaskRules(task, context, problems).check();
        return problems.none() ? new Result.Valid(Binder.task(task), Canonical.of(task, context))
                : new Result.Invalid(problems.inFileOrder());
    }

    /** What a text refers to, so that a client can resolve it at home and send the values as secrets. Empty for text that is no YAML. */
    public static Set<Reference> references(String text) {
        Set<Reference> all = new LinkedHashSet<>();
        YamlText.compose(text, new Problems()).ifPresent(root -> YamlText.texts(root, value -> all.addAll(References.in(value))));
        return all;
    }

    private static Optional<String> content(Path file, Problems problems) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(YamlText.FILE_BYTES_MAX + 1);
            if (bytes.length > YamlText.FILE_BYTES_MAX) {
                problems.add(WHOLE, SpecCode.FILE_UNREADABLE, file + " has more than 1 MiB",
                        "Split the task, or select objects by /regex/.");
                return Optional.empty();
            }
            return Optional.of(StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(bytes)).toString());
        } catch (CharacterCodingException binary) {
            problems.add(WHOLE, SpecCode.FILE_UNREADABLE, file + " is not UTF-8 text", "Save it as UTF-8.");
        } catch (NoSuchFileException missing) {
            problems.add(WHOLE, SpecCode.FILE_UNREADABLE, file + " does not exist", "Check the path.");
        } catch (IOException unreadable) {
            problems.add(WHOLE, SpecCode.FILE_UNREADABLE, file + " cannot be read" + (Files.isDirectory(file) ? ": it is a folder" : ""),
                    "Name a file that this user may read.");
        }
        return Optional.empty();
    }
}
