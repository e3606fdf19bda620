package io.opendts.standalone.output;

import static org.assertj.core.api.Assertions.assertThat;

import io.opendts.model.CheckItem;
import io.opendts.model.ErrorCode;
import io.opendts.model.event.Event;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TextLinesTest {

    private static final long SECOND_NANOS = 1_000_000_000L;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream errors = new ByteArrayOutputStream();
    private final AtomicLong clock = new AtomicLong();

    @Test
    void fullProgressAddsUpTablesAndTellsRateAndRemainder() {
        TextLines lines = lines(TextLines.Style.PLAIN);
        lines.emit(new Event.FullPlanned(3, 1_000_000));
        lines.emit(new Event.FullProgress("shop.a", 100_000, 400_000, 10_000_000, Event.UNKNOWN, false));
        clock.set(2 * SECOND_NANOS);
        lines.emit(new Event.FullProgress("shop.a", 200_000, 400_000, 20_000_000, Event.UNKNOWN, true));
        lines.emit(new Event.FullProgress("shop.b", 100_000, 400_000, 10_000_000, Event.UNKNOWN, false));
        lines.tick();

        assertThat(printed()).containsExactly(
                "to copy: 3 tables, about 1,000,000 rows",
                "full  1/3 tables  300,000 of ~1,000,000 rows (30 %)  10.0 MB/s  100,000 rows/s  ETA 7 s  shop.b");
    }

    @Test
    void rowsOfAnEarlierProcessAreNotTakenForSpeed() {
        TextLines lines = lines(TextLines.Style.PLAIN);
        lines.emit(new Event.FullProgress("shop.a", 5_000_000, 6_000_000, 0, Event.UNKNOWN, false));
        clock.set(SECOND_NANOS);
        lines.tick();
        assertThat(printed().getFirst()).contains("  0 rows/s  ");
    }

    @Test
    void incrementalProgressTellsLagAndEndsWithTheStage() {
        TextLines lines = lines(TextLines.Style.PLAIN);
        lines.emit(new Event.IncrementalProgress(1000, 5210, 3, "p"));
        lines.tick();
        lines.emit(new Event.StateChanged("shop", "paused", Instant.EPOCH));
        lines.tick();
        assertThat(printed()).containsExactly(
                "incremental  1,000 transactions  5,210 rows  0 rows/s  lag 3 ms", "shop: paused");
    }

    @Test
    void aTerminalsProgressLineIsErasedBeforeAnythingElseIsPrinted() {
        TextLines lines = lines(TextLines.Style.LIVE);
        lines.emit(new Event.IncrementalProgress(1, 1, 3, "p"));
        lines.tick();
        lines.emit(new Event.CaughtUp("p", 3));
        lines.close();
        String erase = "\r\u001b[2K";
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(
                erase + "\u001b[?7lincremental  1 transactions  1 rows  0 rows/s  lag 3 ms\u001b[?7h" + erase
                        + "caught up, lag 3 ms, at p" + System.lineSeparator());
    }

    @Test
    void errorsGoToStandardErrorWithTheirRemedy() {
        TextLines lines = lines(TextLines.Style.PLAIN);
        lines.emit(new Event.Failure("DTS-2001", "cannot reach 10.0.0.5:3306", "start it", true));
        lines.emit(new Event.Prechecked(CheckItem.failed("source.connection", ErrorCode.SOURCE_UNREACHABLE, "no", "do")));
        assertThat(errors.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("error DTS-2001: cannot reach 10.0.0.5:3306", "remedy: start it");
        assertThat(printed()).containsExactly("failed   source.connection  DTS-2001: no", "         remedy: do");
    }

    @Test
    void aMistakeNamesItsPlace() {
        TextLines lines = lines(TextLines.Style.PLAIN);
        lines.emit(new Event.Mistake("shop.yaml", 7, 3, "source.prot", "DTS-1003", "unknown key prot", "Write port."));
        assertThat(errors.toString(StandardCharsets.UTF_8).lines())
                .containsExactly("shop.yaml:7:3: error DTS-1003: unknown key prot", "remedy: Write port.");
    }

    @Test
    void dumbTerminalsPipesAndNoColorAreRespected() {
        assertThat(coloured(true, Map.of("TERM", "xterm"))).contains("\u001b[32mequal");
        assertThat(coloured(true, Map.of("TERM", "xterm", "NO_COLOR", "1"))).startsWith("equal");
        assertThat(coloured(true, Map.of("TERM", "dumb"))).startsWith("equal");
        assertThat(coloured(true, Map.of())).startsWith("equal");
        assertThat(coloured(false, Map.of("TERM", "xterm"))).startsWith("equal: 2 tables, 1,234,567 rows");
    }

    private String coloured(boolean terminal, Map<String, String> environment) {
        out.reset();
        try (Renderer renderer = Renderers.text(stream(out), stream(errors), terminal, environment)) {
            renderer.emit(new Event.Verified(2, 1_234_567, 0));
        }
        return out.toString(StandardCharsets.UTF_8);
    }

    private List<String> printed() {
        return out.toString(StandardCharsets.UTF_8).lines().toList();
    }

    /** Ticks are the test's own: the clock thread first waits for longer than the test lasts, or draws the same again. */
    private TextLines lines(TextLines.Style style) {
        return new TextLines(stream(out), stream(errors), style, false, clock::get);
    }

    private static PrintStream stream(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }
}
