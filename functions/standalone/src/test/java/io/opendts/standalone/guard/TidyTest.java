package io.opendts.standalone.guard;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The style rules that a machine can check (CONTRIBUTING.md). */
class TidyTest {

    private static final int FILE_LINES_MAX = 400;
    private static final int LINE_CHARS_MAX = 140;
    private static final Pattern LEFT_FOR_LATER = Pattern.compile("\\b(TODO|FIXME|XXX|HACK)\\b");
    private static final Pattern VAGUE_NAME = Pattern.compile("\\b(class|record|interface|enum) \\w*(Util|Utils|Manager|Helper)\\b");
    private static final Pattern SLEEP_IN_TEST = Pattern.compile("Thread\\.sleep\\(");

    @Test
    void files_are_short_and_finished() throws IOException {
        List<String> found = new ArrayList<>();
        for (Path file : sources()) {
            List<String> lines = Files.readAllLines(file);
            if (lines.size() > FILE_LINES_MAX) {
                found.add(file + " has " + lines.size() + " lines");
            }
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i);
                boolean rule = file.endsWith("TidyTest.java");
                if (line.length() > LINE_CHARS_MAX) {
                    found.add(file + ":" + (i + 1) + " has " + line.length() + " characters");
                }
                if (!rule && (LEFT_FOR_LATER.matcher(line).find() || VAGUE_NAME.matcher(line).find())) {
                    found.add(file + ":" + (i + 1) + ": " + line.strip());
                }
                if (!rule && file.toString().contains("/src/test/") && SLEEP_IN_TEST.matcher(line).find()) {
                    found.add(file + ":" + (i + 1) + " sleeps: await a condition with a limit");
                }
            }
        }
        assertThat(found).isEmpty();
    }

    @Test
    void an_error_code_has_one_meaning() {
        assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::code)).doesNotHaveDuplicates();
    }

    private static List<Path> sources() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.exists(root.resolve("mvnw"))) {
            root = root.getParent();
        }
        List<Path> all = new ArrayList<>();
        for (String top : List.of("shared", "functions", "infra")) {
            try (Stream<Path> files = Files.walk(root.resolve(top))) {
                files.filter(f -> f.toString().endsWith(".java") && !f.toString().contains("/target/")).forEach(all::add);
            }
        }
        assertThat(all).isNotEmpty();
        return all;
    }
}
