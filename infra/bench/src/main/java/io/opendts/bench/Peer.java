package io.opendts.bench;

import io.opendts.testkit.ClientProgram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Programs of others that a contestant needs. */
final class Peer {

    private Peer() {
    }

    static Optional<String> missing(String... names) {
        return Stream.of(names).map(ClientProgram::locate).flatMap(found -> switch (found) {
            case ClientProgram.Available available -> Stream.<String>empty();
            case ClientProgram.Unavailable(String name, String reason) -> Stream.of(name + ": " + reason);
        }).reduce((first, second) -> first + "; " + second);
    }

    static ClientProgram.Available located(String name) {
        return switch (ClientProgram.locate(name)) {
            case ClientProgram.Available available -> available;
            case ClientProgram.Unavailable(String missing, String reason) -> throw new ContestantFailed(missing + ": " + reason);
        };
    }

    static List<String> words(String name, String... more) {
        List<String> words = new ArrayList<>(located(name).launch());
        words.addAll(List.of(more));
        return words;
    }

    static Map<String, String> environment(String name) {
        return located(name).environment();
    }

    /** The program's own words about its version, with where it comes from. */
    static String version(String name, java.nio.file.Path folder) throws InterruptedException {
        Program.Outcome outcome = new Program(words(name, "--version"), folder, environment(name)).run();
        String line = outcome.lines().isEmpty() ? outcome.errorTail() : outcome.lines().getFirst().text();
        String plain = line.replaceAll("\\S*/(\\S+)", "$1").strip();
        return plain + " (" + located(name).origin() + ")";
    }
}
