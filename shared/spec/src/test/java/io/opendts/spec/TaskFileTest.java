package io.opendts.spec;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.spec.TaskFile.Result;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Examples of task files and what becomes of them: `invalid/x.yaml` stands beside `x.expected`, rewritten by -Dgolden.update=true. */
class TaskFileTest {

    static final Environment EXAMPLE = Environment.of(Map.of("${SHOP_SOURCE_PASSWORD}", "hunter2", "${SHOP_TARGET_PASSWORD}", "hunter2",
            "${KAFKA_PASSWORD}", "hunter2", "${file:/run/secret}", "hunter2", "${PORT}", "3308", "${HOOK}", "hunter2"));
    private static final Path RESOURCES = Path.of("src/test/resources");

    static Stream<Path> valid() throws IOException {
        return Files.list(RESOURCES.resolve("valid")).sorted();
    }

    static Stream<Path> invalid() throws IOException {
        return Files.list(RESOURCES.resolve("invalid")).filter(file -> file.toString().endsWith(".yaml")).sorted();
    }

    static Result.Valid validTask(String text) {
        return switch (TaskFile.parse(text, EXAMPLE)) {
            case Result.Valid task -> task;
            case Result.Invalid invalid -> throw new AssertionError(text(invalid));
        };
    }

    static String text(Result result) {
        return switch (result) {
            case Result.Valid task -> "valid";
            case Result.Invalid invalid -> invalid.problems().stream()
                    .map(p -> p.line() + ": " + p.code() + ": " + p.path() + ": " + p.message() + " | " + p.remedy() + "\n")
                    .collect(Collectors.joining());
        };
    }

    @ParameterizedTest
    @MethodSource("valid")
    void aValidFileComesBackFromItsCanonicalFormsUnchanged(Path file) throws IOException {
        Result read = TaskFile.read(file, EXAMPLE);
        assertThat(text(read)).isEqualTo("valid");
        Canonical canonical = ((Result.Valid) read).canonical();
        assertThat(canonical.yaml() + canonical.json() + ((Result.Valid) read).spec()).doesNotContain("hunter2").doesNotContain("literal");
        for (String form : new String[] {canonical.yaml(), canonical.json()}) {
            Canonical again = validTask(form.replace("(secret)", "${PORT}")).canonical();
            assertThat(again.json()).isEqualTo(canonical.json().replace("(secret)", "${PORT}"));
        }
        assertThat(canonical.hash()).hasSize(64);
    }

    @ParameterizedTest
    @MethodSource("invalid")
    void everyMistakeIsListedWithLineAndRemedy(Path file) throws IOException {
        String found = text(TaskFile.read(file, EXAMPLE));
        Path expected = file.resolveSibling(file.getFileName().toString().replace(".yaml", ".expected"));
        if (Boolean.getBoolean("golden.update")) {
            Files.writeString(expected, found);
        }
        assertThat(found).isEqualTo(Files.readString(expected)).doesNotContain("hunter2");
    }

    @Test
    void whatIsWrittenAsItsDefaultChangesNothing() {
        String task = "name: t\ntype: migration\nsource: {engine: mysql, host: a, username: u}\n"
                + "target: {engine: mysql, host: b, username: u}\nobjects: [{database: d}]\n";
        String hash = validTask(task).canonical().hash();
        assertThat(validTask(task
                + "ddl: apply\nstages: [full, incremental, schema]\nretry: {other: 10m}\n").canonical().hash()).isEqualTo(hash);
        assertThat(validTask(task + "ddl: ignore\n").canonical().hash()).isNotEqualTo(hash);
        assertThat(validTask(task.replace("username: u}\nt", "username: u, password: x}\nt")).canonical().hash())
                .isEqualTo(validTask(task.replace("username: u}\nt", "username: u, password: y}\nt")).canonical().hash());
    }

    @Test
    void aDollarBeforeAReferenceKeepsItAsText() {
        String task = "name: t\ntype: migration\nsource: {engine: mysql, host: a, username: u, password: 'a$${b}'}\n"
                + "target: {engine: mysql, host: b, username: '${PORT}x'}\nobjects: [{database: d}]\n";
        assertThat(validTask(task).spec().source().password().reveal()).isEqualTo("a${b}");
        assertThat(validTask(task).spec().target().username()).isEqualTo("3308x");
    }

    @Test
    void aServerDoesNotLookUpWhatAClientRefersTo() {
        assertThat(TaskFile.references("a: ['${PATH}', {b: '${file:/etc/passwd}-$${NOT}'}]")).extracting(Environment.Reference::text)
                .containsExactlyInAnyOrder("${PATH}", "${file:/etc/passwd}");
        assertThat(text(TaskFile.parse("name: '${PATH}'",
                Environment.of(Map.of())))).contains("1: DTS-1008: name: the environment variable PATH");
    }

    @Test
    void hostileFilesAreRefusedAtOnce(@TempDir Path folder) throws IOException {
        StringBuilder laughs = new StringBuilder("a0: &a0 [x, x]\n");
        for (int i = 1; i < 30; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d, *a%d]\n".formatted(i, i, i - 1, i - 1, i - 1));
        }
        assertThat(text(TaskFile.parse(laughs.toString(), EXAMPLE))).contains("DTS-1002").contains("uses of anchors");
        assertThat(text(TaskFile.parse("a: " + "[".repeat(100_000), EXAMPLE))).contains("DTS-1002").contains("nested");
        assertThat(text(TaskFile.parse("objects: &o [*o]\ntags: &t {a: *t}", EXAMPLE))).contains("DTS-");
        assertThat(text(TaskFile.parse("x: !!javax.script.ScriptEngineManager []",
                EXAMPLE))).contains("DTS-1002").contains("begins with !");
        assertThat(text(TaskFile.parse("a: \u0000\u0001", EXAMPLE))).contains("1: DTS-1002").contains("U+0000");

        Path large = Files.writeString(folder.resolve("large.yaml"), "# " + "x".repeat(1 << 20));
        assertThat(text(TaskFile.read(large, EXAMPLE))).contains("DTS-1001").contains("more than 1 MiB");
        Path binary = Files.write(folder.resolve("binary"), new byte[] {(byte) 0xca, (byte) 0xfe, 0, (byte) 0x80});
        assertThat(text(TaskFile.read(binary, EXAMPLE))).contains("DTS-1001").contains("not UTF-8");
        assertThat(text(TaskFile.read(folder.resolve("none"), EXAMPLE))).contains("does not exist");
        assertThat(text(TaskFile.read(folder, EXAMPLE))).contains("is a folder");
        Path secret = Files.writeString(folder.resolve("secret"), "s3\n", StandardCharsets.UTF_8);
        assertThat(Environment.ofProcess().value(new Environment.Reference.FileContent(secret.toString()))).contains("s3");
    }
}
