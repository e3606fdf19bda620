package io.opendts.standalone.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.testkit.ClientProgram;
import io.opendts.testkit.ClientProgram.Available;
import io.opendts.testkit.DatabaseServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** The tool of that name, as Debian has it. */
record PtOnlineSchemaChange(DatabaseServer server, String database, String table, Path folder) {

    private static final int LIMIT_SECONDS = 120;

    private static Available program() {
        return switch (ClientProgram.locate("pt-online-schema-change")) {
            case Available available -> available;
            case ClientProgram.Unavailable(String name, String reason) -> {
                String message = "NOT TESTED: " + name + ": " + reason;
                if ("true".equals(System.getenv("DTS_REQUIRE_SERVERS"))) {
                    throw new AssertionError(message);
                }
                System.err.println(message);
                Assumptions.abort(message);
                throw new AssertionError(message);
            }
        };
    }

    /** To its end, which must be a good one. */
    void run(String alteration) throws Exception {
        Path told = folder.resolve("pt-online-schema-change.out");
        Process process = start(alteration, told);
        try {
            assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ended; it told: %s", Files.readString(told)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        assertThat(process.exitValue()).as("it told: %s", Files.readString(told)).isZero();
    }

    private Process start(String alteration, Path told) throws Exception {
        Available program = program();
        List<String> words = new ArrayList<>(program.launch());
        words.addAll(List.of("--alter", alteration, "--execute", "--chunk-size", "500", "--recursion-method", "none",
                "--no-version-check", "--alter-foreign-keys-method", "rebuild_constraints", "--max-load", "Threads_running=200",
                "--critical-load", "Threads_running=500",
                "h=" + server.host() + ",P=" + server.port() + ",u=" + server.user() + ",p=" + server.password() + ",D=" + database + ",t="
                        + table));
        ProcessBuilder builder = new ProcessBuilder(words).directory(folder.toFile()).redirectErrorStream(true)
                .redirectOutput(told.toFile());
        builder.environment().putAll(program.environment());
        builder.environment().put("HOME", folder.toString());
        return builder.start();
    }
}
