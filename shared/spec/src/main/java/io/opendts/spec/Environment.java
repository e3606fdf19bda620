package io.opendts.spec;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What `${...}` stands for. Empty where the variable is not set or the file cannot be read. */
@FunctionalInterface
public interface Environment {

    int FILE_BYTES_MAX = 64 * 1024;

    /** A reference of the task file: `${NAME}` or `${file:/path}`. */
    sealed interface Reference {
        record Variable(String name) implements Reference {}

        record FileContent(String path) implements Reference {}

        /** As it stands in the file. */
        default String text() {
            return switch (this) {
                case Variable variable -> "${" + variable.name() + "}";
                case FileContent file -> "${file:" + file.path() + "}";
            };
        }
    }

    Optional<String> value(Reference reference);

    /** This process's variables and this machine's files. */
    static Environment ofProcess() {
        return reference -> switch (reference) {
            case Reference.Variable variable -> Optional.ofNullable(System.getenv(variable.name()));
            case Reference.FileContent file -> content(file.path());
        };
    }

    /**
     * Values that were resolved elsewhere, by the text of their references. A server reads files that strangers send with
     * this one: its own variables and files are none of their business.
     */
    static Environment of(Map<String, String> valuesByReference) {
        Map<String, String> copy = Map.copyOf(valuesByReference);
        return reference -> Optional.ofNullable(copy.get(reference.text()));
    }

    private static Optional<String> content(String path) {
        try {
            Path file = Path.of(path);
            if (!Files.isRegularFile(file) || Files.size(file) > FILE_BYTES_MAX) {
                return Optional.empty();
            }
            return Optional.of(Files.readString(file, StandardCharsets.UTF_8).trim());
        } catch (IOException | InvalidPathException | SecurityException unreadable) {
            return Optional.empty();
        }
    }
}
