package io.opendts.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Statements that change schemas, and rows in between, for two databases {@code ddl_effect} and {@code ddl_effect_2} whose character set
 * is latin1. What a server refuses is there for others. Each group begins and ends without tables, but for the first one's. Tables whose
 * names begin with {@code empty} are to stay so: values of new columns are chosen by the server for each row.
 */
public final class DdlCorpus {

    /** One after the other, in one session. */
    public record Group(String name, List<String> statements) {
        public Group {
            statements = List.copyOf(statements);
        }
    }

    public static final List<String> DATABASES = List.of("ddl_effect", "ddl_effect_2");
    /** Of the session that a group begins with. */
    public static final List<String> SESSION = List.of("SET NAMES utf8mb4",
            "SET SESSION sql_mode = 'ALLOW_INVALID_DATES', foreign_key_checks = 0", "USE ddl_effect");

    private static final List<String> AS_WRITTEN = List.of("statements", "empty", "columns", "types", "charsets", "defaults", "keys",
            "foreign-keys", "partitions", "options", "tables", "text", "sessions", "mariadb");
    private static final List<String> UNCLEAR = List.of("unclear");
    private static final List<String> OTHERWISE = List.of("otherwise");

    private DdlCorpus() {}

    /** Those that a log has as they were written. */
    public static List<Group> asWritten() {
        return AS_WRITTEN.stream().map(DdlCorpus::group).toList();
    }

    /** From which nobody can tell for certain what the server makes of them, among others. */
    public static List<Group> unclear() {
        return UNCLEAR.stream().map(DdlCorpus::group).toList();
    }

    /** The first and those that a log has in another form, or not at all: of temporary tables, from a SELECT, out of a procedure. */
    public static List<Group> all() {
        return Stream.concat(asWritten().stream(), OTHERWISE.stream().map(DdlCorpus::group)).toList();
    }

    private static Group group(String name) {
        try (InputStream in = DdlCorpus.class.getResourceAsStream("/ddl/" + name + ".sql")) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new Group(name, Arrays.stream(text.split(";\n")).filter(statement -> !statement.isBlank()).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
