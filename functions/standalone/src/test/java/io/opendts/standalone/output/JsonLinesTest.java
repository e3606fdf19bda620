package io.opendts.standalone.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.event.Event;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

    @Test
    void linesAreUtf8AndWholeWhateverTheThreads() throws InterruptedException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        JsonLines lines = new JsonLines(new PrintStream(bytes, false, StandardCharsets.UTF_8));
        List<Thread> threads = List.of("\u00e9", "\u4f60", "x").stream()
                .map(text -> Thread.ofVirtual().start(() -> {
                    for (int i = 0; i < 500; i++) {
                        lines.emit(new Event.Note(text.repeat(50)));
                    }
                }))
                .toList();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(bytes.toString(StandardCharsets.UTF_8).split("\n"))
                .hasSize(1500)
                .allSatisfy(line -> assertThat(line).matches("\\{\"event\":\"note\",\"message\":\"(.)\\1{49}\"}"));
    }
}
