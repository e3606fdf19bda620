package io.opendts.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opendts.model.DtsException;
import io.opendts.model.event.Event;
import io.opendts.model.event.EventSink;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskLogTest {

    private static final Instant AT = Instant.parse("2026-11-20T10:00:00Z");

    @TempDir
    private Path state;

    private final List<Event> passedOn = new ArrayList<>();

    @Test
    void keepsWhatHappenedAcrossProcessesAndPassesEverythingOn() {
        log().emit(new Event.StateChanged("shop", "full", AT));
        log().emit(new Event.FullProgress("shop.t", 1, 2, 3, 4, false));
        log().emit(new Event.Failure("DTS-2001", "cannot\nreach", "start it", true));
        assertThat(passedOn).hasSize(3);
        assertThat(read()).containsExactly(
                new Event.LogLine(AT, "INFO", "state full"),
                new Event.LogLine(AT, "ERROR", "DTS-2001: cannot reach - remedy: start it"));
    }

    @Test
    void aFullFileMakesRoomForANewOneAndBothAreRead() throws IOException {
        log().emit(new Event.Note("first"));
        Files.writeString(state.resolve("logs/shop.log"), AT + " INFO " + "x".repeat(5 << 20) + "\n");
        log().emit(new Event.Note("second"));
        log().emit(new Event.Note("third"));
        assertThat(Files.size(state.resolve("logs/shop.log"))).isLessThan(1000);
        assertThat(read()).hasSize(3).last().isEqualTo(new Event.LogLine(AT, "INFO", "third"));
    }

    @Test
    void aLogThatCannotBeWrittenDoesNotStopTheTask() throws IOException {
        Files.createFile(state.resolve("logs"));
        log().emit(new Event.Note("goes on"));
        assertThat(passedOn).containsExactly(new Event.Note("goes on"));
    }

    @Test
    void aDamagedLogIsAnErrorWithACode() throws IOException {
        Files.createDirectories(state.resolve("logs"));
        Files.writeString(state.resolve("logs/shop.log"), "no time here\n");
        assertThatThrownBy(this::read).isInstanceOf(DtsException.class).hasMessageContaining("shop.log");
    }

    @Test
    void aTaskWithoutALogHasNoLines() {
        assertThat(read()).isEmpty();
    }

    private EventSink log() {
        return TaskLog.inFrontOf(passedOn::add, state, "shop", Clock.fixed(AT, ZoneOffset.UTC));
    }

    private List<Event> read() {
        List<Event> lines = new ArrayList<>();
        TaskLog.read(state, "shop", lines::add);
        return lines;
    }
}
